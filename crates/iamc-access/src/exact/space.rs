//! Statements made ready for many questions: patterns with variables filled, and for each reading the
//! classes of values for which their conditions hold.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::Operator;

use super::bits::Bits;
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
    /// Free keys, in lower case, that stand as variables in resources or values.
    pub(super) variables: BTreeSet<String>,
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
    /// None where it matches nothing.
    wide: Option<Read>,
    narrow: Option<Read>,
}

/// What one reading makes of a statement.
#[derive(Debug)]
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
    /// The statement in a reading; none where it matches nothing.
    pub(super) fn read(&self, reading: Reading) -> Option<&Read> {
        match reading {
            Reading::Wide => self.wide.as_ref(),
            Reading::Narrow => self.narrow.as_ref(),
        }
    }
}

impl<'a> Space<'a> {
    /// Makes the statements ready, in their order.
    pub(super) fn new(statements: impl IntoIterator<Item = Given<'a>>) -> Self {
        let statements: Vec<Given<'a>> = statements.into_iter().collect();
        let free = Free::new(&statements);
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
            .map(|(at, &given)| Prepared {
                given,
                context: context(given.context),
                actions: actions(given.statement),
                is_open: is_open(given),
                wide: free.read(at, given, Reading::Wide),
                narrow: free.read(at, given, Reading::Narrow),
            })
            .collect();
        let all = |domain: &Domain| Bits::of(domain.truths.len(), |_| true);
        Self {
            everything: free.domains.iter().map(all).collect(),
            statements: prepared,
            contexts,
            variables: statements.iter().flat_map(|&given| variables(given)).collect(),
            domains: free.domains,
        }
    }

    /// Whether the services of a negative's actions leave open that it matches where the positives do.
    pub(super) fn may_meet(&self, query: &Query, negative: &Term) -> bool {
        let listed = |&(at, _): &Term| {
            let statement = self.statements[at].given.statement;
            (!statement.actions().negated).then(|| statement.services())
        };
        let Some(negative) = listed(negative) else { return true };
        query.positives.iter().filter_map(listed).all(|positive| positive.may_meet(negative))
    }
}

/// The conditions on free keys, by the variables that those keys are.
struct Free {
    domains: Vec<Domain>,
    /// For each variable, which statement has which of its conditions; sorted.
    uses: Vec<Vec<(usize, usize)>>,
}

/// The conditions on one variable, each once.
#[derive(Default)]
struct Atoms<'a> {
    atoms: Vec<Atom<'a>>,
    indices: BTreeMap<(Operator, String, &'a [String], *const Context), usize>,
    uses: Vec<(usize, usize)>,
}

impl<'a> Atoms<'a> {
    fn add(&mut self, statement: usize, atom: Atom<'a>) {
        let key = atom.key.to_ascii_lowercase();
        let same = (atom.operator, key, atom.values, std::ptr::from_ref(atom.given));
        let index = *self.indices.entry(same).or_insert_with(|| {
            self.atoms.push(atom);
            self.atoms.len() - 1
        });
        self.uses.push((statement, index));
    }
}

impl Free {
    fn new(statements: &[Given<'_>]) -> Self {
        let mut variables: BTreeMap<String, Atoms<'_>> = BTreeMap::new();
        for (at, given) in statements.iter().enumerate() {
            for atom in conditions(*given).filter(|atom| given.context.get(atom.key) == Known::Unknown) {
                variables.entry(domain::variable(atom.key)).or_default().add(at, atom);
            }
        }
        let domains = variables.values().map(|variable| Domain::new(&variable.atoms)).collect();
        Self { domains, uses: variables.into_values().map(|variable| variable.uses).collect() }
    }

    fn read(&self, at: usize, given: Given<'_>, reading: Reading) -> Option<Read> {
        let known = conditions(given).filter(|atom| given.context.get(atom.key) != Known::Unknown);
        let mut known = known
            .map(|Atom { operator, key, values, given }| condition::evaluate(operator, key, values, given));
        if !known.all(|truth| holds(truth, reading)) {
            return None;
        }
        Some(Read { resources: list(given, reading)?, conditions: self.conditions(at, reading) })
    }

    fn conditions(&self, at: usize, reading: Reading) -> Vec<Condition> {
        let on = |variable: usize| -> Option<Condition> {
            let uses = &self.uses[variable];
            let own =
                uses.partition_point(|&(user, _)| user < at)..uses.partition_point(|&(user, _)| user <= at);
            let own = &uses[own];
            let truths = &self.domains[variable].truths;
            let all_hold = |class: usize| own.iter().all(|&(_, atom)| holds(truths[class][atom], reading));
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

/// The resources in a reading; none where AWS discards the statement, as a variable has no value.
fn list(given: Given<'_>, reading: Reading) -> Option<List> {
    let is_negated = given.statement.resources().negated;
    let mut patterns = Vec::new();
    for filled in resources(given.statement, given.context) {
        match (filled, reading) {
            (Filled::Absent(_) | Filled::Unknown { may_be_absent: true, .. }, Reading::Narrow) => {
                return None;
            }
            (Filled::Absent(_), Reading::Wide) => {}
            (Filled::Known(glob), reading) if is_generous(reading, is_negated) => {
                patterns.push(Pattern::wide(&glob));
            }
            (Filled::Known(glob), _) => patterns.extend(Pattern::narrow(&glob)),
            (Filled::Unknown { widest, .. }, reading) if is_generous(reading, is_negated) => {
                patterns.push(Pattern::wide(&widest));
            }
            (Filled::Unknown { .. }, _) => {}
        }
    }
    Some(List { is_negated, patterns })
}

/// Whether the patterns themselves are read wide: those of a NotResource make the statement narrower.
fn is_generous(reading: Reading, is_negated: bool) -> bool {
    (reading == Reading::Wide) != is_negated
}

fn is_open(given: Given<'_>) -> bool {
    let is_unknown = |filled: &Filled<'_>| matches!(filled, Filled::Unknown { .. });
    let of_condition = |atom: Atom<'_>| {
        let base = atom.operator.base;
        let mut wanted = Wanted::of(base, atom.values).into_iter();
        wanted.any(|it| matches!(it.fill(base, given.context), Value::Pattern(it) if is_unknown(&it)))
    };
    resources(given.statement, given.context).any(|it| is_unknown(&it)) || conditions(given).any(of_condition)
}

/// The free keys that stand as variables in a statement, in lower case.
fn variables(given: Given<'_>) -> Vec<String> {
    let Given { statement, context } = given;
    let of_resources = statement.resource_templates().iter().flat_map(Template::keys);
    let mut keys: Vec<String> = of_resources.map(str::to_ascii_lowercase).collect();
    for atom in conditions(given) {
        let wanted = Wanted::of(atom.operator.base, atom.values);
        keys.extend(wanted.iter().flat_map(Wanted::keys).map(str::to_ascii_lowercase));
    }
    keys.retain(|key| context.get(key) == Known::Unknown);
    keys
}
