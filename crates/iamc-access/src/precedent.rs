//! Deciding one request for many: what told the decision for one often tells it for others.

use std::cell::OnceCell;

use iamc_model::declaration::Effect;

use crate::context::Context;
use crate::decide::{Permissions, Request, decide_by, is_settled};
use crate::exact::{ActionNames, Judgement, judge_open};
use crate::glob::Glob;
use crate::judge::judge;
use crate::target::Target;
use crate::tri::Tri;
use crate::verdict::{Decision, Example, Verdict};

/// Examples of what one action and one resource cover, found for some. Tried on others they cost next to
/// nothing; where they do not tell, the decision is sought as ever. Decisions do not depend on them, only
/// which examples are shown.
#[derive(Debug, Clone, Default)]
pub struct Precedents {
    examples: Vec<Precedent>,
}

#[derive(Debug, Clone)]
struct Precedent {
    example: Example,
    target: Target,
}

impl Precedent {
    fn new(example: Example) -> Self {
        let resource = Some(Glob::literal(&example.resource));
        let target = Target { resource, ..Target::new(&example.action, None) };
        Self { example, target }
    }
}

impl Precedents {
    /// Seeks a decision that the examples do not tell, and keeps the examples that told it.
    pub fn learn(&mut self, permissions: Permissions<'_>, request: &Request, names: &dyn ActionNames) {
        let target = Target::new(&request.action, request.resource.as_deref());
        if is_settled(permissions, request) || self.tell(permissions, request, &target).is_some() {
            return;
        }
        let found = judge_open(permissions, request, names).examples;
        let is_new = |example: &Example| !self.examples.iter().any(|known| known.example == *example);
        let new: Vec<Precedent> = found.into_iter().filter(is_new).map(Precedent::new).collect();
        self.examples.extend(new);
    }

    /// As [`crate::decide_with`].
    pub fn decide(
        &self,
        permissions: Permissions<'_>,
        request: &Request,
        names: &dyn ActionNames,
    ) -> Verdict {
        decide_by(permissions, request, |target| {
            self.tell(permissions, request, target).unwrap_or_else(|| judge_open(permissions, request, names))
        })
    }

    /// What the examples tell of a request that leaves something open, if they do.
    fn tell(&self, permissions: Permissions<'_>, request: &Request, target: &Target) -> Option<Judgement> {
        let trials = Trials::new(&self.examples, permissions, &request.context);
        if target.is_concrete() {
            trials.allowed_somehow()?;
            trials.denied_somehow()?;
            return Some(judgement(Decision::Conditional, []));
        }
        let surely = trials.allowed_surely()?;
        match request.resource {
            Some(_) => Some(judgement(Decision::PartlyAllowed, [surely, trials.denied_somehow()?])),
            None if target.action.is_literal() => Some(judgement(Decision::Allowed, [surely])),
            None => None,
        }
    }
}

fn judgement<const N: usize>(decision: Decision, examples: [Example; N]) -> Judgement {
    Judgement { decision, examples: examples.into(), doubts: vec![] }
}

/// Examples, tried on somebody's statements.
struct Trials<'a> {
    permissions: Permissions<'a>,
    context: &'a Context,
    trials: Vec<Trial<'a>>,
}

/// An example, with what is decided of it here, once that was asked for.
struct Trial<'a> {
    precedent: &'a Precedent,
    in_any_context: OnceCell<Option<Decision>>,
    in_its_own: OnceCell<Option<Decision>>,
}

impl<'a> Trials<'a> {
    /// Those examples that assume nothing of what is known.
    fn new(examples: &'a [Precedent], permissions: Permissions<'a>, context: &'a Context) -> Self {
        let examples = examples.iter().filter(|it| context.is_open_to(&it.example.context));
        let trial =
            |precedent| Trial { precedent, in_any_context: OnceCell::new(), in_its_own: OnceCell::new() };
        Self { permissions, context, trials: examples.map(trial).collect() }
    }

    /// A request that is allowed whatever the context.
    fn allowed_surely(&self) -> Option<Example> {
        let surely = |it: &&Trial<'_>| self.in_any_context(it) == Some(Decision::Allowed);
        let example = &self.trials.iter().find(surely)?.precedent.example;
        Some(Example { decision: Decision::Allowed, context: Context::new(), ..example.clone() })
    }

    /// A request that is allowed with a context of its own.
    fn allowed_somehow(&self) -> Option<Example> {
        self.in_its_own_context(&[Decision::Allowed])
    }

    /// A request that is denied with a context of its own.
    fn denied_somehow(&self) -> Option<Example> {
        self.in_its_own_context(&[Decision::ExplicitlyDenied, Decision::ImplicitlyDenied])
    }

    /// The first of which one of these is decided with a context of its own.
    fn in_its_own_context(&self, wanted: &[Decision]) -> Option<Example> {
        self.trials.iter().find_map(|trial| {
            let decision = self.in_its_own(trial).filter(|decision| wanted.contains(decision))?;
            Some(Example { decision, ..trial.precedent.example.clone() })
        })
    }

    fn in_any_context(&self, trial: &Trial<'_>) -> Option<Decision> {
        *trial.in_any_context.get_or_init(|| self.decide(&trial.precedent.target, self.context))
    }

    fn in_its_own(&self, trial: &Trial<'_>) -> Option<Decision> {
        let Precedent { example, target } = trial.precedent;
        *trial.in_its_own.get_or_init(|| {
            if example.context.is_empty() {
                return self.in_any_context(trial);
            }
            let mut context = self.context.clone();
            context.extend(&example.context);
            self.decide(target, &context)
        })
    }

    /// What is decided of a request in a context; none where that is open.
    fn decide(&self, target: &Target, context: &Context) -> Option<Decision> {
        let any = |effect| {
            let of_effect = self.permissions.statements.iter().filter(|it| it.effect() == effect);
            Tri::any(of_effect.map(|statement| judge(statement, target, context)))
        };
        match (any(Effect::Deny), any(Effect::Allow)) {
            (Tri::True, _) => Some(Decision::ExplicitlyDenied),
            (_, Tri::False) => Some(Decision::ImplicitlyDenied),
            (Tri::False, Tri::True) => Some(Decision::Allowed),
            _ => None,
        }
    }
}
