//! Asking a question: what is found is confirmed, and what rests on variables whose value is not known
//! is tried with values that would do.

use super::budget::Budget;
use super::domain;
use super::guess::guesses;
use super::place::Place;
use super::question::{ActionNames, Answer, Premise, Question, Reading, Region, Witness};
use super::solve::{Found, Query, Solved, Term, solve};
use super::space::{Given, Space};
use super::witness::witness;
use crate::context::Context;
use crate::glob::Glob;
use crate::judge::judge;
use crate::target::Target;
use crate::tri::Tri;

/// Why a search that was cut off does not know.
pub(super) const TOO_LONG: &str = "the patterns are too many to tell in time";

/// Why what is asked once all steps are spent is not known.
pub(super) const TOO_MUCH: &str = "there is too much to search through to tell all of it in time";

/// Answers a question. Names make examples read like the world; they never change whether there is one.
pub fn find(question: &Question<'_>, names: &dyn ActionNames) -> Answer {
    let context = domain::complete(question.region.context);
    let premises = || question.positives.iter().chain(&question.negatives);
    let given = premises().map(|premise| Given { statement: premise.statement, context: &context });
    let term = |(at, premise): (usize, &Premise<'_>)| (at, premise.reading.into());
    let mut positives: Vec<Term> = premises().enumerate().map(term).collect();
    let negatives = positives.split_off(question.positives.len());
    let budget = Budget::new(question.caps.all_steps);
    let steps = question.caps.steps;
    let setting = Setting { region: &question.region, names, steps, budget: &budget };
    Inquiry::new(given, setting).ask(&Query { positives, negatives, ..Query::default() })
}

/// Where a request is sought, and at what cost.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) region: &'a Region<'a>,
    pub(super) names: &'a dyn ActionNames,
    /// Steps for each question.
    pub(super) steps: u64,
    /// Steps for all of them.
    pub(super) budget: &'a Budget<'a>,
}

/// Statements of which many questions are asked.
pub(super) struct Inquiry<'a> {
    pub(super) space: Space<'a>,
    pub(super) place: Place,
    pub(super) setting: Setting<'a>,
}

impl<'a> Inquiry<'a> {
    /// Makes the statements ready, each with what is known where it is judged. Terms count them in this
    /// order.
    pub(super) fn new(statements: impl IntoIterator<Item = Given<'a>>, setting: Setting<'a>) -> Self {
        let space = Space::new(statements, setting.budget);
        Self { space, place: Place::new(setting.region), setting }
    }

    /// Answers a question.
    pub(super) fn ask(&self, query: &Query) -> Answer {
        if self.setting.budget.is_spent() {
            return Answer::Unknown(TOO_MUCH.to_owned());
        }
        match self.solve(query) {
            Solved::None => self.none(query),
            Solved::OverBudget => Answer::Unknown(TOO_LONG.to_owned()),
            Solved::Found(found) => self.confirmed(query, &found),
        }
    }

    fn solve(&self, query: &Query) -> Solved {
        let Setting { steps, budget, .. } = self.setting;
        solve(&self.space, query, &self.place, &Budget::within(budget, steps))
    }

    /// There is none, unless a class of values was left out that could have made one.
    fn none(&self, query: &Query) -> Answer {
        let terms = query.positives.iter().chain(&query.negatives);
        let reads = terms.filter_map(|&(at, manner)| self.space.statements[at].read(manner));
        let variables = reads.flat_map(|read| &read.conditions).map(|&(variable, _)| variable);
        let ignored: Vec<usize> =
            variables.filter(|&variable| !self.space.domains[variable].is_complete).collect();
        match ignored.first().map(|&variable| &self.space.domains[variable].key) {
            Some(key) if !matches!(self.solve(&Query { ignored, ..query.clone() }), Solved::None) => {
                Answer::Unknown(format!(
                    "the conditions on `{key}` are too many, or of too many kinds, to tell all values apart"
                ))
            }
            _ => Answer::None,
        }
    }

    fn confirmed(&self, query: &Query, found: &Found) -> Answer {
        let readable = self.readable(query, found);
        if self.confirms(query, &readable) {
            return Answer::Witness(readable);
        }
        match self.guess(query, found) {
            Some(witness) => Answer::Witness(witness),
            None => Answer::Unknown(self.why_not_confirmed(query)),
        }
    }

    fn readable(&self, query: &Query, found: &Found) -> Witness {
        let Setting { region, names, .. } = self.setting;
        witness(&self.space, (query, found), (region, &self.place), names)
    }

    fn why_not_confirmed(&self, query: &Query) -> String {
        let variables = self.space.variables_of(query);
        let variables: Vec<String> = variables.values().map(|key| format!("`${{{key}}}`")).collect();
        match variables.is_empty() {
            true => "what was found could not be confirmed".to_owned(),
            false => format!("it depends on {}, whose value is not known", variables.join(", ")),
        }
    }

    /// Asks again with values for the variables that are not known.
    fn guess(&self, query: &Query, found: &Found) -> Option<Witness> {
        guesses(&self.space, query, found).iter().find_map(|guess| self.ask_knowing(guess, query))
    }

    /// Asks what follows from more that is known. Where nothing is found there may be something all the
    /// same.
    fn ask_knowing(&self, guess: &Context, query: &Query) -> Option<Witness> {
        let negatives = query.negatives.iter().filter(|negative| self.space.may_meet(query, negative));
        let terms: Vec<Term> = query.positives.iter().chain(negatives).copied().collect();
        let mut positives: Vec<Term> = terms.iter().enumerate().map(|(at, term)| (at, term.1)).collect();
        let negatives = positives.split_off(query.positives.len());
        let query = &Query { positives, negatives, ..query.clone() };
        let contexts: Vec<Context> = self.space.contexts.iter().map(|given| known(given, guess)).collect();
        let given = terms.iter().map(|&(at, _)| {
            let prepared = &self.space.statements[at];
            Given { statement: prepared.given.statement, context: &contexts[prepared.context] }
        });
        let inquiry = Inquiry::new(given, self.setting);
        let Solved::Found(found) = inquiry.solve(query) else { return None };
        let mut witness = inquiry.readable(query, &found);
        let is_confirmed = inquiry.confirms(query, &witness);
        witness.context.extend(guess);
        is_confirmed.then_some(witness)
    }

    /// Whether the evaluator of concrete requests says the same.
    fn confirms(&self, query: &Query, witness: &Witness) -> bool {
        let resource = Some(Glob::literal(&witness.resource));
        let target = Target { resource, ..Target::new(&witness.action, None) };
        let contexts = self.space.contexts.iter().map(|given| {
            let mut context = known(given, &witness.context);
            domain::settle(&mut context);
            context
        });
        let contexts: Vec<Context> = contexts.collect();
        let matches = |&(at, manner): &Term| {
            let prepared = &self.space.statements[at];
            holds(judge(prepared.given.statement, &target, &contexts[prepared.context]), manner.doubts)
        };
        query.positives.iter().all(matches) && !query.negatives.iter().any(matches)
    }
}

/// What is known, and beside it what is chosen.
fn known(given: &Context, chosen: &Context) -> Context {
    let mut context = chosen.clone();
    context.extend(given);
    context.set_exact(given.is_exact());
    context
}

/// Whether a statement of which this is true matches in a reading.
pub(super) fn holds(truth: Tri, reading: Reading) -> bool {
    match reading {
        Reading::Wide => truth != Tri::False,
        Reading::Narrow => truth == Tri::True,
    }
}
