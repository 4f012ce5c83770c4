//! What a principal may do of all that a region covers: each answer a few questions.

use iamc_model::declaration::Effect;

use super::budget::Budget;
use super::classes::{Class, worst_action};
use super::domain;
use super::find::{Inquiry, Setting, TOO_LONG};
use super::question::{ActionNames, Answer, Caps, Reading, Region, Witness};
use super::solve::{Query, Term};
use super::space::Given;
use crate::context::Context;
use crate::decide::{Permissions, Request};
use crate::glob::Glob;
use crate::judge::judge;
use crate::statement::Statement;
use crate::target::Target;
use crate::tri::Tri;
use crate::verdict::{Decision, Example};

/// At most so many examples are tried for one that is allowed whatever the context.
const MOST_TRIALS: usize = 8;

/// A decision over all that a request leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Over all requests that the patterns cover, all resources where none is named, and all values of
    /// the keys that are unknown.
    pub decision: Decision,
    /// One of each decision that was met, allowed first.
    pub examples: Vec<Example>,
    /// Why it is conditional only because more could not be told; in words.
    pub doubts: Vec<String>,
}

/// Decides a request that leaves something open: patterns, no resource, or keys that are unknown.
/// Documents that are not known are the caller's to think of.
pub fn judge_open(permissions: Permissions<'_>, request: &Request, names: &dyn ActionNames) -> Judgement {
    let context = domain::complete(&request.context);
    let region = Region { context: &context, ..Region::of(request) };
    let statements = concerned(permissions, &region);
    let Caps { steps, all_steps } = Caps::default();
    let budget = Budget::new(all_steps);
    let court = Court::new(&statements, Setting { region: &region, names, steps, budget: &budget });
    match request.resource {
        Some(_) => court.over_all(),
        None => court.over_any(),
    }
}

/// Whether some request in the region may be allowed, with some context: Allows are read wide, Denies
/// narrow. Where it is one that a document which is not known might allow, that is unknown.
pub fn grants_any(
    permissions: Permissions<'_>,
    region: &Region<'_>,
    caps: Caps,
    names: &dyn ActionNames,
) -> Answer {
    let context = domain::complete(region.context);
    let region = Region { context: &context, ..region.clone() };
    let statements = concerned(permissions, &region);
    let budget = Budget::new(caps.all_steps);
    let setting = Setting { region: &region, names, steps: caps.steps, budget: &budget };
    match Court::new(&statements, setting).possibly_allowed() {
        Answer::None if permissions.unknown_documents => {
            Answer::Unknown("policies are attached whose documents are not known".to_owned())
        }
        answer => answer,
    }
}

fn concerned<'a>(permissions: Permissions<'a>, region: &Region<'_>) -> Vec<&'a Statement> {
    let concerns = |statement: &&&Statement| {
        region.resources.iter().any(|resource| statement.may_concern(region.action, Some(resource)))
    };
    permissions.statements.iter().filter(concerns).copied().collect()
}

/// The statements of one principal before a region of requests.
struct Court<'a> {
    inquiry: Inquiry<'a>,
    setting: Setting<'a>,
    statements: &'a [&'a Statement],
}

impl<'a> Court<'a> {
    fn new(statements: &'a [&'a Statement], setting: Setting<'a>) -> Self {
        let context = setting.region.context;
        let given = statements.iter().map(|statement| Given { statement, context });
        Self { inquiry: Inquiry::new(given, setting), setting, statements }
    }

    /// Where every request counts.
    fn over_all(&self) -> Judgement {
        let allowed = match self.possibly_allowed() {
            Answer::Witness(witness) => witness,
            answer => return self.denied(answer),
        };
        let other = match self.not_surely_allowed() {
            Answer::None => return self.judgement(Decision::Allowed, [Some(allowed)], None),
            Answer::Witness(witness) => Ok(witness),
            Answer::Unknown(doubt) => Err(doubt),
        };
        match (self.surely_allowed(), other) {
            (Some(surely), Ok(other)) => {
                self.judgement(Decision::PartlyAllowed, [Some(surely), Some(other)], None)
            }
            (_, other) => {
                let doubt = other.as_ref().err().cloned();
                self.judgement(Decision::Conditional, [Some(allowed), other.ok()], doubt)
            }
        }
    }

    /// Where one resource is enough, for each action.
    fn over_any(&self) -> Judgement {
        let allowed = match self.possibly_allowed() {
            Answer::Witness(witness) => witness,
            answer => return self.denied(answer),
        };
        match self.surely_allowed() {
            Some(surely) => match self.action_without_allow() {
                Answer::None => self.judgement(Decision::Allowed, [Some(surely)], None),
                Answer::Witness(other) => {
                    self.judgement(Decision::PartlyAllowed, [Some(surely), Some(other)], None)
                }
                Answer::Unknown(doubt) => self.judgement(Decision::Conditional, [Some(surely)], Some(doubt)),
            },
            None => self.judgement(Decision::Conditional, [Some(allowed)], None),
        }
    }

    /// Where nothing can be allowed, or that could not be told.
    fn denied(&self, allowed: Answer) -> Judgement {
        if let Answer::Unknown(doubt) = allowed {
            return self.judgement::<0>(Decision::Conditional, [], Some(doubt));
        }
        match self.ask(vec![], self.terms(Effect::Deny, Reading::Narrow)) {
            Answer::None => self.judgement::<0>(Decision::ExplicitlyDenied, [], None),
            Answer::Witness(witness) => self.judgement(Decision::ImplicitlyDenied, [Some(witness)], None),
            Answer::Unknown(doubt) => self.judgement::<0>(Decision::Conditional, [], Some(doubt)),
        }
    }

    /// A request that some Allow may match and no Deny surely does.
    fn possibly_allowed(&self) -> Answer {
        let denies = self.terms(Effect::Deny, Reading::Narrow);
        first(
            self.terms(Effect::Allow, Reading::Wide)
                .iter()
                .map(|&allow| self.ask(vec![allow], denies.clone())),
        )
    }

    /// A request that no Allow surely matches, or that a Deny may match.
    fn not_surely_allowed(&self) -> Answer {
        let unmatched = || self.ask(vec![], self.terms(Effect::Allow, Reading::Narrow));
        let denies = self.terms(Effect::Deny, Reading::Wide);
        let denied = denies.iter().map(|&deny| self.ask(vec![deny], vec![]));
        first(std::iter::once_with(unmatched).chain(denied))
    }

    /// A request that is allowed whatever the context.
    fn surely_allowed(&self) -> Option<Witness> {
        let denies = self.terms(Effect::Deny, Reading::Wide);
        let allows = self.terms(Effect::Allow, Reading::Narrow);
        let by_one = allows.iter().find_map(|&allow| {
            let query = Query {
                positives: vec![allow],
                negatives: denies.clone(),
                for_all_values: true,
                ..Query::default()
            };
            self.inquiry.ask(&query).into_witness()
        });
        by_one.or_else(|| self.allowed_by_several(&allows, &denies))
    }

    /// A request of which several Allows leave no context out.
    fn allowed_by_several(&self, allows: &[Term], denies: &[Term]) -> Option<Witness> {
        let trials = allows.iter().filter_map(|&allow| self.ask(vec![allow], denies.to_vec()).into_witness());
        trials.take(MOST_TRIALS).find(|witness| {
            let resources = vec![witness.resource.as_str()];
            let region = Region { action: &witness.action, resources, context: self.setting.region.context };
            let is_concrete = !witness.resource.contains(['*', '?']);
            let court = Court::new(self.statements, Setting { region: &region, ..self.setting });
            is_concrete && court.not_surely_allowed() == Answer::None
        })
    }

    /// An action of which no resource is allowed whatever the context.
    fn action_without_allow(&self) -> Answer {
        let indices = |effect| -> Vec<usize> {
            self.terms(effect, Reading::Wide).into_iter().map(|(statement, _)| statement).collect()
        };
        let lists = [&indices(Effect::Allow)[..], &indices(Effect::Deny)[..]];
        let budget = Budget::within(self.setting.budget, self.setting.steps);
        let is_without = |action: &str| {
            let region = Region { action, ..self.setting.region.clone() };
            Court::new(self.statements, Setting { region: &region, ..self.setting })
                .surely_allowed()
                .is_none()
        };
        let (space, place) = (&self.inquiry.space, &self.inquiry.place);
        match worst_action(space, place, lists, &budget, is_without) {
            Class::None => Answer::None,
            Class::OverBudget => Answer::Unknown(TOO_LONG.to_owned()),
            Class::Found(action) => self.denied_for(&action),
        }
    }

    /// A request with this action that is not surely allowed.
    fn denied_for(&self, action: &str) -> Answer {
        let region = Region { action, ..self.setting.region.clone() };
        Court::new(self.statements, Setting { region: &region, ..self.setting }).not_surely_allowed()
    }

    fn ask(&self, positives: Vec<Term>, negatives: Vec<Term>) -> Answer {
        self.inquiry.ask(&Query { positives, negatives, ..Query::default() })
    }

    fn terms(&self, effect: Effect, reading: Reading) -> Vec<Term> {
        let statements = self.statements.iter().enumerate();
        statements.filter(|(_, it)| it.effect() == effect).map(|(at, _)| (at, reading.into())).collect()
    }

    fn judgement<const N: usize>(
        &self,
        decision: Decision,
        witnesses: [Option<Witness>; N],
        doubt: Option<String>,
    ) -> Judgement {
        let mut examples: Vec<Example> =
            witnesses.into_iter().flatten().map(|witness| self.example(witness)).collect();
        examples.sort_by_key(|example| example.decision);
        examples.dedup_by_key(|example| example.decision);
        Judgement { decision, examples, doubts: doubt.into_iter().collect() }
    }

    /// A request with what is decided of it.
    fn example(&self, witness: Witness) -> Example {
        let Witness { action, resource, context, .. } = witness;
        let mut whole = self.setting.region.context.clone();
        whole.extend(&context);
        domain::settle(&mut whole);
        Example { decision: self.decide(&action, &resource, &whole), action, resource, context }
    }

    /// Decides one request.
    fn decide(&self, action: &str, resource: &str, context: &Context) -> Decision {
        let target = Target { resource: Some(Glob::literal(resource)), ..Target::new(action, None) };
        let any = |effect| {
            let of_effect = self.statements.iter().filter(|statement| statement.effect() == effect);
            Tri::any(of_effect.map(|statement| judge(statement, &target, context)))
        };
        match (any(Effect::Deny), any(Effect::Allow)) {
            (Tri::True, _) => Decision::ExplicitlyDenied,
            (_, Tri::False) => Decision::ImplicitlyDenied,
            (Tri::False, Tri::True) => Decision::Allowed,
            _ => Decision::Conditional,
        }
    }
}

/// The first request that is found; where there is none, whether that could be told of all.
fn first(answers: impl Iterator<Item = Answer>) -> Answer {
    let mut all = Answer::None;
    for answer in answers {
        match answer {
            Answer::Witness(_) => return answer,
            Answer::Unknown(_) if all == Answer::None => all = answer,
            Answer::None | Answer::Unknown(_) => {}
        }
    }
    all
}
