//! Which of the actions and resources of a statement are gained: a sentence names those alone.

use std::collections::{BTreeMap, BTreeSet};

use iamc_access::exact::Witness;
use iamc_access::{Statement, pattern};
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

/// At most so many pairs of an action and a resource are asked about; of more first the actions, then the
/// resources.
const MOST_PAIRS: usize = 100;

/// A part of a statement that is gained.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) actions: Patterns,
    pub(super) resources: Patterns,
    pub(super) witness: Witness,
}

/// Actions and resources that are asked about, each alone; a list of what is excepted is one.
pub(super) struct Grid<'g> {
    pub(super) actions: Vec<Patterns>,
    pub(super) resources: Vec<Patterns>,
    conditions: &'g Conditions,
    /// Denies of what the statement itself excepts, where its parts do not say so.
    guards: Vec<Statement>,
}

/// Of parts those that are gained, each with a request.
pub(super) type Ask<'q> = dyn FnMut(&[Statement]) -> Vec<Option<Witness>> + 'q;

impl Part {
    /// The same in fewer: parts with the same actions have their resources united, then parts with the
    /// same resources their actions.
    pub(super) fn united(parts: Vec<Self>) -> Vec<Self> {
        let parts = merged(parts, |part| (&part.actions, &part.resources), |part| &mut part.resources);
        merged(parts, |part| (&part.resources, &part.actions), |part| &mut part.actions)
    }
}

/// Unites parts that are equal in one list, where the other is no list of what is excepted.
fn merged(
    parts: Vec<Part>,
    lists: fn(&Part) -> (&Patterns, &Patterns),
    other: fn(&mut Part) -> &mut Patterns,
) -> Vec<Part> {
    let mut merged: Vec<Part> = Vec::new();
    for part in parts {
        let (equal, added) = lists(&part);
        let is_same = |it: &&mut Part| {
            let (own, known) = lists(it);
            own == equal && (known == added || !known.negated && !added.negated)
        };
        match merged.iter_mut().find(is_same) {
            Some(same) if lists(same).1 == added => {}
            Some(same) => *other(same) = united(&[lists(same).1.clone(), added.clone()]),
            None => merged.push(part),
        }
    }
    merged
}

impl<'g> Grid<'g> {
    /// A statement.
    pub(super) fn of(statement: &'g Statement) -> Self {
        let [actions, resources] = [statement.actions(), statement.resources()].map(single);
        Self { actions, resources, conditions: statement.conditions(), guards: vec![] }
    }

    /// What an Allow and a Deny have in common, as far as one of them names it.
    pub(super) fn common(allow: &'g Statement, deny: &Statement) -> Self {
        let actions = common(allow.actions(), deny.actions(), str::to_ascii_lowercase);
        let resources = common(allow.resources(), deny.resources(), str::to_owned);
        Self { actions, resources, conditions: allow.conditions(), guards: guards(allow) }
    }

    /// All of it.
    pub(super) fn whole(&self, witness: Witness) -> Part {
        Part { actions: united(&self.actions), resources: united(&self.resources), witness }
    }

    /// The parts that are gained: actions that are gained on the same resources are one.
    pub(super) fn parts(&self, ask: &mut Ask<'_>) -> Vec<Part> {
        let (actions, resources) = match self.actions.len() * self.resources.len() <= MOST_PAIRS {
            true => (self.actions.clone(), self.resources.clone()),
            false => self.gained_lists(ask),
        };
        let pairs = actions.len() * resources.len();
        let is_asked = pairs <= MOST_PAIRS;
        let found = match is_asked {
            true => self.ask(ask, self.product(&actions, &resources)),
            false => self.ask(ask, vec![self.allow(united(&actions), united(&resources))]),
        };
        match is_asked {
            true => grouped(&actions, &resources, found),
            false => found
                .into_iter()
                .flatten()
                .map(|witness| Part { actions: united(&actions), resources: united(&resources), witness })
                .collect(),
        }
    }

    /// The actions that are gained on some resource, and the resources on which one of those is.
    fn gained_lists(&self, ask: &mut Ask<'_>) -> (Vec<Patterns>, Vec<Patterns>) {
        let all = united(&self.resources);
        let of_actions: Vec<Statement> =
            self.actions.iter().map(|actions| self.allow(actions.clone(), all.clone())).collect();
        let actions = gained(&self.actions, self.ask(ask, of_actions));
        if actions.is_empty() {
            return (actions, vec![]);
        }
        let all = united(&actions);
        let of_resources: Vec<Statement> =
            self.resources.iter().map(|resources| self.allow(all.clone(), resources.clone())).collect();
        let resources = gained(&self.resources, self.ask(ask, of_resources));
        (actions, resources)
    }

    fn product(&self, actions: &[Patterns], resources: &[Patterns]) -> Vec<Statement> {
        let with = |action: &Patterns| {
            let action = action.clone();
            resources.iter().map(move |resource| self.allow(action.clone(), resource.clone()))
        };
        actions.iter().flat_map(with).collect()
    }

    fn ask(&self, ask: &mut Ask<'_>, mut parts: Vec<Statement>) -> Vec<Option<Witness>> {
        let length = parts.len();
        parts.extend(self.guards.iter().cloned());
        let mut found = ask(&parts);
        found.truncate(length);
        found
    }

    fn allow(&self, actions: Patterns, resources: Patterns) -> Statement {
        Statement::new(Effect::Allow, actions, resources, self.conditions.clone())
    }
}

/// Denies of what a statement excepts.
fn guards(statement: &Statement) -> Vec<Statement> {
    let everything = || listed(vec!["*".to_owned()]);
    let excepted = |patterns: &Patterns| listed(patterns.patterns.clone());
    let deny = |actions, resources| Statement::new(Effect::Deny, actions, resources, Conditions::new());
    let (actions, resources) = (statement.actions(), statement.resources());
    let of_actions = actions.negated.then(|| deny(excepted(actions), everything()));
    let of_resources = resources.negated.then(|| deny(everything(), excepted(resources)));
    of_actions.into_iter().chain(of_resources).collect()
}

/// Each pattern alone.
fn single(patterns: &Patterns) -> Vec<Patterns> {
    match patterns.negated {
        true => vec![patterns.clone()],
        false => patterns.patterns.iter().map(|one| listed(vec![one.clone()])).collect(),
    }
}

fn listed(patterns: Vec<String>) -> Patterns {
    Patterns { negated: false, patterns }
}

/// All of them, sorted. Of lists of what is excepted there is never more than one.
fn united(lists: &[Patterns]) -> Patterns {
    match lists {
        [one] => one.clone(),
        lists => {
            let mut all: Vec<String> = lists.iter().flat_map(|list| list.patterns.clone()).collect();
            all.sort_unstable();
            all.dedup();
            listed(all)
        }
    }
}

/// For each pattern of the one what it has in common with the other: narrower patterns of the other, where
/// those are all that it meets, else itself.
fn common(one: &Patterns, other: &Patterns, spelt: fn(&str) -> String) -> Vec<Patterns> {
    match (one.negated, other.negated) {
        (_, true) => single(one),
        (true, false) => single(other),
        (false, false) => {
            let narrowed = one.patterns.iter().flat_map(|pattern| narrowed(pattern, &other.patterns, spelt));
            let narrowed: BTreeSet<&String> = narrowed.collect();
            narrowed.into_iter().map(|pattern| listed(vec![pattern.clone()])).collect()
        }
    }
}

fn narrowed<'p>(own: &'p String, others: &'p [String], spelt: fn(&str) -> String) -> Vec<&'p String> {
    let word = spelt(own);
    let met: Vec<&String> = others.iter().filter(|it| pattern::may_meet(&word, &spelt(it))).collect();
    let is_narrower = |other: &&String| {
        let other = spelt(other);
        other != word && pattern::covers(&word, &other)
    };
    if met.iter().all(is_narrower) { met } else { vec![own] }
}

fn gained(lists: &[Patterns], found: Vec<Option<Witness>>) -> Vec<Patterns> {
    lists.iter().zip(found).filter(|(_, witness)| witness.is_some()).map(|(list, _)| list.clone()).collect()
}

/// Actions that are gained on the same resources together, in the order of their first.
fn grouped(actions: &[Patterns], resources: &[Patterns], found: Vec<Option<Witness>>) -> Vec<Part> {
    let mut groups: BTreeMap<Vec<bool>, (usize, Vec<Patterns>, Witness)> = BTreeMap::new();
    for (at, (action, row)) in actions.iter().zip(found.chunks(resources.len().max(1))).enumerate() {
        let Some(witness) = row.iter().flatten().next() else { continue };
        let mark = row.iter().map(Option::is_some).collect();
        let group = groups.entry(mark).or_insert_with(|| (at, vec![], witness.clone()));
        group.1.push(action.clone());
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, (first, ..))| *first);
    let part = |(mark, (_, actions, witness)): (Vec<bool>, (usize, Vec<Patterns>, Witness))| {
        let on = resources.iter().zip(mark).filter(|(_, is_gained)| *is_gained);
        let on: Vec<Patterns> = on.map(|(resource, _)| resource.clone()).collect();
        Part { actions: united(&actions), resources: united(&on), witness }
    };
    groups.into_iter().map(part).collect()
}
