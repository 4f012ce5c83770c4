//! Merging without loss: statements that differ in their actions alone, or in their resources alone, are
//! one statement.
//!
//! Statements are grouped by equality over the whole set, one axis and then the other, until nothing
//! changes, so that their order does not matter. `not-` lists, negated operators and policy variables are
//! left alone: AWS may discard a whole statement for one variable that it cannot resolve.

use std::collections::BTreeMap;

use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

use crate::stack::Statement;

use super::key::Key;
use super::unit::{Unit, sid, with_told_apart_sid};

/// The whole statements with those merged that can be. One of several categories belongs to `misc`.
pub(super) fn merge(units: &[Unit], misc: usize) -> Vec<Unit> {
    let (mergeable, mut rest): (Vec<Unit>, Vec<Unit>) =
        units.iter().cloned().partition(|unit| is_mergeable(&unit.statement));
    let mut groups: Vec<Group> = mergeable.into_iter().map(Group::new).collect();
    loop {
        let before = groups.len();
        groups = unite(groups, |group| &group.resources);
        groups = unite(groups, |group| &group.actions);
        if groups.len() == before {
            break;
        }
    }
    rest.extend(groups.into_iter().map(|group| group.into_unit(misc)));
    rest
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

    /// One of several that agree on effect, conditions and one axis.
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

fn unite(groups: Vec<Group>, axis: impl Fn(&Group) -> &Patterns) -> Vec<Group> {
    let mut alike: BTreeMap<(Effect, Conditions, Patterns), Vec<Group>> = BTreeMap::new();
    for group in groups {
        let key = (group.effect(), group.conditions().clone(), axis(&group).clone());
        alike.entry(key).or_default().push(group);
    }
    alike.into_values().map(Group::united).collect()
}

fn united<'a>(all: impl Iterator<Item = &'a Patterns>) -> Patterns {
    let mut patterns: Vec<String> = all.flat_map(|patterns| patterns.patterns.iter().cloned()).collect();
    patterns.sort();
    patterns.dedup();
    Patterns { negated: false, patterns }
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
