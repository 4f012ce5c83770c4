//! Statements made ready for many questions: patterns with variables filled, and for each reading the
//! classes of values for which their conditions hold.

use std::collections::BTreeMap;

use iamc_model::Operator;

use super::bits::Bits;
use super::budget::Budget;
use super::conditions::Condition;
use super::domain::{self, Atom, Domain};
use super::find::holds;
use super::pattern::Pattern;
use super::question::Reading;
use super::solve::{Query, Term};
use crate::condition::{self, Value, Wanted};
use crate::context::{Context, Known};
use crate::resolve::resources;
use crate::statement::Statement;
use crate::variable::{Filled, Template};

/// Statements with what is known of the context in which they are judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) statement: &'a Statement,
    pub(super) context: &'a Context,
}

/// Statements, and the keys that are free for all of them.
#[derive(Debug)]
pub(super) struct Space<'a> {
    /// What is known, wherever statements are judged.
    pub(super) contexts: Vec<&'a Context>,
    pub(super) statements: Vec<Prepared<'a>>,
    /// The domains of the free keys.
    pub(super) domains: Vec<Domain>,
    /// All classes of each.
    pub(super) everything: Vec<Bits>,
    /// Free keys that stand as variables in resources or values, as first written; by their lower-case
    /// names.
    pub(super) variables: BTreeMap<String, String>,
}

/// A statement that is ready.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub(super) given: Given<'a>,
    /// Where what is known stands among [`Space::contexts`].
    pub(super) context: usize,
    pub(super) actions: List,
    /// Whether what it says rests on policy variables whose values are not known.
    pub(super) is_open: bool,
    /// With its [`Manner`]s; none where it matches nothing. Where no variables are unknown, only those that
    /// read these as all else.
    reads: Vec<(Manner, Option<Read>)>,
}

/// How a statement is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    /// Where AWS's text leaves a doubt.
    pub(super) doubts: Reading,
    /// Where a policy variable is not known.
    pub(super) variables: Reading,
}

impl From<Reading> for Manner {
    fn from(reading: Reading) -> Self {
        Self { doubts: reading, variables: reading }
    }
}

impl Manner {
    /// All of them, those that read variables as all else first.
    fn all() -> impl Iterator<Item = Self> {
        use Reading::{Narrow, Wide};
        [[Wide, Wide], [Narrow, Narrow], [Wide, Narrow], [Narrow, Wide]]
            .into_iter()
            .map(|[doubts, variables]| Self { doubts, variables })
    }

    /// How a condition is read.
    fn of(self, has_unknown: bool) -> Reading {
        if has_unknown { self.variables } else { self.doubts }
    }
}

/// What one reading makes of a statement.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) resources: List,
    /// On free keys; no variable twice.
    pub(super) conditions: Vec<Condition>,
}

/// Patterns, or what is excepted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    pub(super) is_negated: bool,
    pub(super) patterns: Vec<Pattern>,
}

impl List {
    /// Whether everything is in it.
    pub(super) fn is_everything(&self) -> bool {
        match self.is_negated {
            false => self.patterns.iter().any(Pattern::is_anything),
            true => self.patterns.is_empty(),
        }
    }
}

impl Prepared<'_> {
    /// The statement as it is read; none where it matches nothing.
    pub(super) fn read(&self, manner: Manner) -> Option<&Read> {
        let manner = if self.is_open { manner } else { manner.doubts.into() };
        self.reads.iter().find(|(of, _)| *of == manner).and_then(|(_, read)| read.as_ref())
    }

    /// Whether AWS's text leaves a doubt about what it says.
    pub(super) fn has_doubts(&self) -> bool {
        let of = |doubts, variables| self.read(Manner { doubts, variables });
        [Reading::Wide, Reading::Narrow]
            .iter()
            .any(|&variables| of(Reading::Wide, variables) != of(Reading::Narrow, variables))
    }
}

impl<'a> Space<'a> {
    /// Makes the statements ready, in their order.
    pub(super) fn new(statements: impl IntoIterator<Item = Given<'a>>, budget: &Budget<'_>) -> Self {
        let statements: Vec<Given<'a>> = statements.into_iter().collect();
        let free = Free::new(&statements, budget);
        let mut contexts: Vec<&Context> = Vec::new();
        let mut context = |context: &'a Context| {
            let known = contexts.iter().position(|known| std::ptr::eq(*known, context));
            known.unwrap_or_else(|| {
                contexts.push(context);
                contexts.len() - 1
            })
        };
        let prepared: Vec<Prepared<'a>> = statements
            .iter()
            .enumerate()
            .map(|(at, &given)| {
                let is_open = is_open(given);
                let manners = Manner::all().filter(|manner| is_open || manner.doubts == manner.variables);
                Prepared {
                    given,
                    context: context(given.context),
                    actions: actions(given.statement),
                    is_open,
                    reads: manners.map(|manner| (manner, free.read(at, given, manner))).collect(),
                }
            })
            .collect();
        let all = |domain: &Domain| Bits::of(domain.truths.len(), |_| true);
        Self {
            everything: free.domains.iter().map(all).collect(),
            statements: prepared,
            contexts,
            variables: named(statements.iter().flat_map(|&given| variables(given))),
            domains: free.domains,
        }
    }

    /// The variables whose values are not known, of the statements that take part in a question.
    pub(super) fn variables_of(&self, query: &Query) -> BTreeMap<String, String> {
        let negatives = query.negatives.iter().filter(|negative| self.may_meet(query, negative));
        let terms = query.positives.iter().chain(negatives);
        named(terms.flat_map(|&(at, _)| variables(self.statements[at].given)))
    }

    /// Whether the services of a negative's actions leave open that it matches where the positives do.
    pub(super) fn may_meet(&self, query: &Query, negative: &Term) -> bool {
        let statement = |&(at, _): &Term| self.statements[at].given.statement;
        let negative = statement(negative);
        query.positives.iter().map(statement).all(|positive| positive.may_share_action(negative))
    }
}

/// The conditions on free keys, by the variables that those keys are.
struct Free {
    domains: Vec<Domain>,
    /// For each variable, which statement has which of its conditions, and whether that rests on variables
    /// that are not known; sorted.
    uses: Vec<Vec<(usize, usize, bool)>>,
}

/// The conditions on one variable, each once.
#[derive(Default)]
struct Atoms<'a> {
    atoms: Vec<Atom<'a>>,
    indices: BTreeMap<(Operator, String, &'a [String], *const Context), usize>,
    uses: Vec<(usize, usize, bool)>,
}

impl<'a> Atoms<'a> {
    fn add(&mut self, statement: usize, atom: Atom<'a>) {
        let key = atom.key.to_ascii_lowercase();
        let same = (atom.operator, key, atom.values, std::ptr::from_ref(atom.given));
        let index = *self.indices.entry(same).or_insert_with(|| {
            self.atoms.push(atom);
            self.atoms.len() - 1
        });
        self.uses.push((statement, index, has_unknown(atom)));
    }
}

impl Free {
    fn new(statements: &[Given<'_>], budget: &Budget<'_>) -> Self {
        let mut variables: BTreeMap<String, Atoms<'_>> = BTreeMap::new();
        for (at, given) in statements.iter().enumerate() {
            for atom in conditions(*given).filter(|atom| given.context.get(atom.key) == Known::Unknown) {
                variables.entry(domain::variable(atom.key)).or_default().add(at, atom);
            }
        }
        let domains = variables.values().map(|variable| Domain::new(&variable.atoms, budget)).collect();
        Self { domains, uses: variables.into_values().map(|variable| variable.uses).collect() }
    }

    fn read(&self, at: usize, given: Given<'_>, manner: Manner) -> Option<Read> {
        let mut known = conditions(given).filter(|atom| given.context.get(atom.key) != Known::Unknown);
        let all_hold = known.all(|atom| {
            let truth = condition::evaluate(atom.operator, atom.key, atom.values, atom.given);
            holds(truth, manner.of(has_unknown(atom)))
        });
        if !all_hold {
            return None;
        }
        Some(Read { resources: list(given, manner)?, conditions: self.conditions(at, manner) })
    }

    fn conditions(&self, at: usize, manner: Manner) -> Vec<Condition> {
        let on = |variable: usize| -> Option<Condition> {
            let uses = &self.uses[variable];
            let own =
                uses.partition_point(|&(user, ..)| user < at)..uses.partition_point(|&(user, ..)| user <= at);
            let own = &uses[own];
            let truths = &self.domains[variable].truths;
            let holds_for = |class: usize, &(_, atom, has_unknown): &(usize, usize, bool)| {
                holds(truths[class][atom], manner.of(has_unknown))
            };
            let all_hold = |class: usize| own.iter().all(|own| holds_for(class, own));
            (!own.is_empty()).then(|| (variable, Bits::of(truths.len(), all_hold)))
        };
        (0..self.domains.len()).filter_map(on).collect()
    }
}

fn conditions<'a>(given: Given<'a>) -> impl Iterator<Item = Atom<'a>> {
    let Given { statement, context } = given;
    statement.conditions().iter().flat_map(move |(&operator, keys)| {
        keys.iter().map(move |(key, values)| Atom { operator, key, values, given: context })
    })
}

fn actions(statement: &Statement) -> List {
    let patterns = statement.action_globs().iter().map(Pattern::wide).collect();
    List { is_negated: statement.actions().negated, patterns }
}

/// The resources as they are read; none where AWS discards the statement, as a variable has no value.
fn list(given: Given<'_>, manner: Manner) -> Option<List> {
    let is_negated = given.statement.resources().negated;
    let [wide_doubts, wide_variables] =
        [manner.doubts, manner.variables].map(|reading| is_generous(reading, is_negated));
    let mut patterns = Vec::new();
    for filled in resources(given.statement, given.context) {
        match filled {
            Filled::Absent(_) if manner.doubts == Reading::Narrow => return None,
            Filled::Unknown { may_be_absent: true, .. } if manner == Reading::Narrow.into() => return None,
            Filled::Known(glob) if wide_doubts => patterns.push(Pattern::wide(&glob)),
            Filled::Known(glob) => patterns.extend(Pattern::narrow(&glob)),
            Filled::Unknown { widest, is_in_last_field: true, .. } if wide_variables && !wide_doubts => {
                patterns.extend(Pattern::narrow(&widest));
            }
            Filled::Unknown { widest, .. } if wide_variables => patterns.push(Pattern::wide(&widest)),
            Filled::Absent(_) | Filled::Unknown { .. } => {}
        }
    }
    Some(List { is_negated, patterns })
}

/// Whether the patterns themselves are read wide: those of a NotResource make the statement narrower.
fn is_generous(reading: Reading, is_negated: bool) -> bool {
    (reading == Reading::Wide) != is_negated
}

fn is_open(given: Given<'_>) -> bool {
    let is_unknown = |filled: Filled<'_>| matches!(filled, Filled::Unknown { .. });
    resources(given.statement, given.context).any(is_unknown) || conditions(given).any(has_unknown)
}

/// Whether a value that is compared with rests on variables that are not known.
fn has_unknown(atom: Atom<'_>) -> bool {
    let base = atom.operator.base;
    let is_unknown =
        |wanted: &Wanted<'_>| matches!(wanted.fill(base, atom.given), Value::Pattern(Filled::Unknown { .. }));
    Wanted::of(base, atom.values).iter().any(is_unknown)
}

/// Keys as first written, by their lower-case names.
fn named(keys: impl Iterator<Item = String>) -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    keys.for_each(|key| _ = named.entry(key.to_ascii_lowercase()).or_insert(key));
    named
}

/// The free keys that stand as variables in a statement, as written.
fn variables(given: Given<'_>) -> Vec<String> {
    let Given { statement, context } = given;
    let of_resources = statement.resource_templates().iter().flat_map(Template::keys);
    let mut keys: Vec<String> = of_resources.map(str::to_owned).collect();
    for atom in conditions(given) {
        let wanted = Wanted::of(atom.operator.base, atom.values);
        keys.extend(wanted.iter().flat_map(Wanted::keys).map(str::to_owned));
    }
    keys.retain(|key| context.get(key) == Known::Unknown);
    keys
}
