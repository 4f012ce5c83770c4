//! Merging without loss: statements that differ in their actions alone, or in their resources alone, are
//! one statement.
//!
//! Statements are grouped by equality over the whole set, one axis and then the other, until nothing
//! changes, so that their order does not matter. Of `not-` lists, negated operators and policy variables
//! only what is equal throughout is united: AWS may discard a whole statement for one variable that it
//! cannot resolve.

use std::collections::BTreeMap;

use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

use crate::stack::Statement;

use super::key::Key;
use super::unit::{Unit, sid, with_told_apart_sid};

/// The whole statements with those merged that can be. One of several categories belongs to `misc`.
pub(super) fn merge(units: &[Unit], misc: usize) -> Vec<Unit> {
    let groups = units.iter().cloned().map(Group::new).collect();
    let distinct = unite(groups, |group| (group.actions.clone(), group.resources.clone()));
    let (mut groups, rest): (Vec<Group>, Vec<Group>) =
        distinct.into_iter().partition(|group| is_mergeable(&group.members[0].statement));
    loop {
        let before = groups.len();
        groups = unite(groups, |group| group.resources.clone());
        groups = unite(groups, |group| group.actions.clone());
        if groups.len() == before {
            break;
        }
    }
    rest.into_iter().chain(groups).map(|group| group.into_unit(misc)).collect()
}

fn is_mergeable(statement: &Statement) -> bool {
    let values = statement.conditions.values().flat_map(|keys| keys.values()).flatten();
    let mut texts = statement.actions.patterns.iter().chain(&statement.resources.patterns).chain(values);
    !statement.actions.negated
        && !statement.resources.negated
        && !statement.conditions.keys().any(|operator| operator.base.is_negated())
        && !texts.any(|text| text.contains("${"))
}

/// Statements that are to be one.
struct Group {
    actions: Patterns,
    resources: Patterns,
    members: Vec<Unit>,
}

impl Group {
    fn new(unit: Unit) -> Self {
        let (actions, resources) = (unit.statement.actions.clone(), unit.statement.resources.clone());
        Self { actions, resources, members: vec![unit] }
    }

    fn effect(&self) -> Effect {
        self.members[0].statement.effect
    }

    fn conditions(&self) -> &Conditions {
        &self.members[0].statement.conditions
    }

    /// One of several that agree on effect, conditions and one axis at least.
    fn united(alike: Vec<Self>) -> Self {
        let actions = united(alike.iter().map(|group| &group.actions));
        let resources = united(alike.iter().map(|group| &group.resources));
        Self { actions, resources, members: alike.into_iter().flat_map(|group| group.members).collect() }
    }

    fn into_unit(self, misc: usize) -> Unit {
        match <[Unit; 1]>::try_from(self.members) {
            Ok([unit]) => unit,
            Err(members) => merged(&members, self.actions, self.resources, misc),
        }
    }
}

fn unite<T: Ord>(groups: Vec<Group>, axes: impl Fn(&Group) -> T) -> Vec<Group> {
    let mut alike: BTreeMap<(Effect, Conditions, T), Vec<Group>> = BTreeMap::new();
    for group in groups {
        let key = (group.effect(), group.conditions().clone(), axes(&group));
        alike.entry(key).or_default().push(group);
    }
    alike.into_values().map(Group::united).collect()
}

fn united<'a>(all: impl Iterator<Item = &'a Patterns> + Clone) -> Patterns {
    let negated = all.clone().any(|patterns| patterns.negated);
    let mut patterns: Vec<String> = all.flat_map(|patterns| patterns.patterns.iter().cloned()).collect();
    patterns.sort();
    patterns.dedup();
    Patterns { negated, patterns }
}

fn merged(members: &[Unit], actions: Patterns, resources: Patterns, misc: usize) -> Unit {
    let first = &members[0];
    let mut policies: Vec<_> = members.iter().flat_map(|unit| unit.statement.policies.clone()).collect();
    policies.sort();
    let sid = first.statement.sid.is_some().then(|| sid(&policies[0]));
    let key = Key::of(&policies.join("\n"));
    let category =
        if members.iter().all(|unit| unit.category == first.category) { first.category } else { misc };
    let Statement { effect, conditions, .. } = Statement::clone(&first.statement);
    let statement = Statement { policies, sid, effect, actions, resources, conditions };
    Unit::whole(with_told_apart_sid(statement, &key), category)
}
