//! Which of the actions and resources of a statement are gained: a sentence names those alone.

use std::collections::BTreeSet;

use iamc_access::exact::{Gain, Witness};
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
    /// Whether it is gained however AWS's text is read.
    is_sure: bool,
}

/// Actions and resources that are asked about, each alone; a list of what is excepted is one.
pub(super) struct Grid<'g> {
    pub(super) actions: Vec<Patterns>,
    pub(super) resources: Vec<Patterns>,
    conditions: &'g Conditions,
    /// Denies of what the statement itself excepts, where its parts do not say so.
    guards: Vec<Statement>,
}

/// Of parts those that are gained.
pub(super) type Ask<'q> = dyn FnMut(&[Statement]) -> Vec<Option<Gain>> + 'q;

impl Part {
    /// The same in fewer: parts with the same actions have their resources united, then parts with the
    /// same resources their actions. What is sure and what is not are not united.
    pub(super) fn united(mut parts: Vec<Self>) -> Vec<Self> {
        parts.sort_by_key(|part| !part.is_sure);
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
            let may_unite = it.is_sure == part.is_sure && !known.negated && !added.negated;
            own == equal && (known == added || may_unite)
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

    /// What an Allow and a Deny have in common, as far as one of them names it, and what it names means
    /// the same to both.
    pub(super) fn common(allow: &'g Statement, deny: &Statement, same_context: bool) -> Self {
        let actions = common(allow.actions(), deny.actions(), str::to_ascii_lowercase, |_| true);
        let is_fixed = |pattern: &str| same_context || !pattern.contains("${");
        let resources = common(allow.resources(), deny.resources(), str::to_owned, is_fixed);
        Self { actions, resources, conditions: allow.conditions(), guards: guards(allow) }
    }

    /// All of it.
    pub(super) fn whole(&self, gain: Gain) -> Part {
        part(&self.actions, &self.resources, gain)
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
            false => found.into_iter().flatten().map(|gain| part(&actions, &resources, gain)).collect(),
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

    fn ask(&self, ask: &mut Ask<'_>, mut parts: Vec<Statement>) -> Vec<Option<Gain>> {
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

/// For each pattern of the one what it has in common with the other: narrower patterns of the other that
/// mean the same here, where those are all that it meets, else itself.
fn common(
    one: &Patterns,
    other: &Patterns,
    spelt: fn(&str) -> String,
    is_fixed: impl Fn(&str) -> bool,
) -> Vec<Patterns> {
    match (one.negated, other.negated) {
        (_, true) => single(one),
        (true, false) if other.patterns.iter().all(|pattern| is_fixed(pattern)) => single(other),
        (true, false) => single(one),
        (false, false) => {
            let narrowed =
                one.patterns.iter().flat_map(|pattern| narrowed(pattern, &other.patterns, spelt, &is_fixed));
            let narrowed: BTreeSet<&String> = narrowed.collect();
            narrowed.into_iter().map(|pattern| listed(vec![pattern.clone()])).collect()
        }
    }
}

fn narrowed<'p>(
    own: &'p String,
    others: &'p [String],
    spelt: fn(&str) -> String,
    is_fixed: impl Fn(&str) -> bool,
) -> Vec<&'p String> {
    let word = spelt(own);
    let met: Vec<&String> = others.iter().filter(|it| pattern::may_meet(&word, &spelt(it))).collect();
    let is_narrower = |other: &&String| {
        let spelt = spelt(other);
        spelt != word && pattern::covers(&word, &spelt) && is_fixed(other)
    };
    if met.iter().all(is_narrower) { met } else { vec![own] }
}

fn gained(lists: &[Patterns], found: Vec<Option<Gain>>) -> Vec<Patterns> {
    lists.iter().zip(found).filter(|(_, gain)| gain.is_some()).map(|(list, _)| list.clone()).collect()
}

fn part(actions: &[Patterns], resources: &[Patterns], Gain { witness, is_sure, .. }: Gain) -> Part {
    Part { actions: united(actions), resources: united(resources), witness, is_sure }
}

/// Actions that are gained on the same resources, as surely.
struct Group {
    is_sure: bool,
    /// On which of the resources.
    on: Vec<bool>,
    actions: Vec<Patterns>,
    /// Of the first of the actions.
    gain: Gain,
}

/// Actions that are gained on the same resources as surely together, in the order of their first.
fn grouped(actions: &[Patterns], resources: &[Patterns], found: Vec<Option<Gain>>) -> Vec<Part> {
    let mut groups: Vec<Group> = Vec::new();
    for (action, row) in actions.iter().zip(found.chunks(resources.len().max(1))) {
        for is_sure in [true, false] {
            let of = |gain: &&Gain| gain.is_sure == is_sure;
            let Some(gain) = row.iter().flatten().find(of) else { continue };
            let on: Vec<bool> = row.iter().map(|gain| gain.as_ref().is_some_and(|gain| of(&gain))).collect();
            match groups.iter_mut().find(|group| group.is_sure == is_sure && group.on == on) {
                Some(group) => group.actions.push(action.clone()),
                None => groups.push(Group { is_sure, on, actions: vec![action.clone()], gain: gain.clone() }),
            }
        }
    }
    let of_group = |Group { on, actions, gain, .. }: Group| {
        let on = resources.iter().zip(on).filter(|(_, is_gained)| *is_gained);
        let on: Vec<Patterns> = on.map(|(resource, _)| resource.clone()).collect();
        part(&actions, &on, gain)
    };
    groups.into_iter().map(of_group).collect()
}
