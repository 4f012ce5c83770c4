//! Which combinations each closure holds, and by which policies.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::grants::Grant;

use super::table::{Combination, PASS_ROLE};
use crate::closure::ask::{Ask, Scope, Wanted};
use crate::closure::held::Origin;
use crate::closure::holdings::{Closure, Holdings};

/// Policies that together give combinations, by their place in the table, the shortest first.
pub(super) type Ways<'a> = BTreeMap<Vec<Origin<'a>>, Vec<usize>>;

/// What is found, with who has it.
pub(super) type Found<'a> = BTreeMap<(Vec<Origin<'a>>, Vec<usize>), Vec<&'a Grant>>;

/// Permissions, as bits of their places in [`Search::permissions`].
type Set = u128;

pub(super) struct Search<'h, 'a> {
    holdings: &'h Holdings<'a>,
    ask: Ask<'h, 'a>,
    combinations: &'h [Combination],
    /// All that stand in combinations, sorted and distinct.
    permissions: Vec<&'static str>,
    /// For each combination what it needs.
    needs: Vec<Set>,
    /// For each statement what it may give.
    gives: Vec<Set>,
}

impl<'h, 'a> Search<'h, 'a> {
    pub(super) fn new(holdings: &'h Holdings<'a>, combinations: &'h [Combination]) -> Self {
        let all = combinations.iter().flat_map(|combination| &combination.permissions);
        let all: BTreeSet<&'static str> = all.copied().collect();
        let permissions: Vec<&'static str> = all.into_iter().collect();
        let ask = Ask::new(holdings);
        let gives = holdings.statements.iter().map(|held| {
            let can_allow =
                |action: &str| ask.can_allow(held, Wanted { action, scope: Scope::Some, passed_to: None });
            let asked = held.asked.iter();
            let places = asked.filter_map(|action| permissions.binary_search(action).ok());
            places.filter(|&at| can_allow(permissions[at])).fold(0, |set, at| set | 1 << at)
        });
        let gives = gives.collect();
        let needs = combinations.iter().map(|combination| {
            set(permissions.iter().map(|permission| combination.permissions.contains(permission)))
        });
        let needs = needs.collect();
        Self { holdings, ask, combinations, permissions, needs, gives }
    }

    /// What all closures hold.
    pub(super) fn found(&self) -> Found<'a> {
        let mut found = Found::new();
        for (number, closure) in self.holdings.closures.iter().enumerate() {
            for (origins, mut combinations) in self.ways(number, closure) {
                combinations.sort_by_key(|&at| self.combinations[at].permissions.len());
                found.entry((origins, combinations)).or_default().extend(&closure.principals);
            }
        }
        found.values_mut().for_each(|principals| principals.sort_by(|a, b| a.name.cmp(&b.name)));
        found
    }

    fn ways(&self, number: usize, closure: &Closure<'a>) -> Ways<'a> {
        let held = closure.statements.iter().fold(0, |held, &at| held | self.gives[at]);
        let mut givers = Vec::new();
        for (at, combination) in self.combinations.iter().enumerate() {
            if self.needs[at] & !held == 0
                && let Some(by) = self.givers(number, closure, combination)
            {
                givers.push((at, by));
            }
        }
        let mut ways = Ways::new();
        for (at, by) in &givers {
            if !givers.iter().any(|(other, _)| self.is_part(*other, *at)) {
                share(by).into_iter().for_each(|origins| ways.entry(origins).or_default().push(*at));
            }
        }
        ways
    }

    /// Whether a combination is another without some of its permissions, which then add nothing.
    fn is_part(&self, part: usize, whole: usize) -> bool {
        let [part, whole] = [part, whole].map(|at| &self.combinations[at].permissions);
        part.len() < whole.len() && part.iter().all(|permission| whole.contains(permission))
    }

    /// For each permission of a combination what gives it; none where one is not held.
    fn givers(
        &self,
        number: usize,
        closure: &Closure<'a>,
        combination: &Combination,
    ) -> Option<Vec<BTreeSet<Origin<'a>>>> {
        let of = |permission: &&'static str| {
            let bit = set(self.permissions.iter().map(|action| action == permission));
            let giving = closure.statements.iter().copied().filter(|&at| self.gives[at] & bit != 0);
            let giving = giving.filter(|&at| self.is_given(number, at, permission, combination));
            let origins: BTreeSet<_> = giving.map(|at| self.holdings.statements[at].origin).collect();
            (!origins.is_empty()).then_some(origins)
        };
        combination.permissions.iter().map(of).collect()
    }

    fn is_given(&self, closure: usize, statement: usize, action: &str, combination: &Combination) -> bool {
        if combination.is_of_others && self.is_of_oneself(closure, statement) {
            return false;
        }
        let scope = if combination.works_on_others() { Scope::Unbound } else { Scope::Some };
        let held = &self.holdings.statements[statement];
        if scope == Scope::Unbound && !self.ask.can_allow(held, Wanted { action, scope, passed_to: None }) {
            return false;
        }
        let allows = |passed_to| self.ask.allows(closure, statement, Wanted { action, scope, passed_to });
        match action {
            PASS_ROLE => combination.passed_to().iter().any(|service| allows(Some(*service))),
            _ => allows(None),
        }
    }

    /// Whether a statement is for the user alone who holds it, as one of their own access keys.
    fn is_of_oneself(&self, closure: usize, statement: usize) -> bool {
        let resources = self.holdings.statements[statement].resources;
        let principals = &self.holdings.closures[closure].principals;
        let is_own = |resource: &String| {
            resource.to_ascii_lowercase().contains("${aws:username}")
                || principals.iter().all(|principal| resource.ends_with(&format!(":user/{}", principal.name)))
        };
        !resources.negated && resources.patterns.iter().all(is_own)
    }
}

/// The set of the places at which it is so.
fn set(members: impl Iterator<Item = bool>) -> Set {
    members.enumerate().filter(|&(_, is_member)| is_member).fold(0, |set, (at, _)| set | 1 << at)
}

/// Each policy that gives all of a combination; where none does, all that have a part in it.
fn share<'a>(givers: &[BTreeSet<Origin<'a>>]) -> Vec<Vec<Origin<'a>>> {
    let Some((first, others)) = givers.split_first() else { return vec![] };
    let alone: Vec<_> = first
        .iter()
        .filter(|origin| others.iter().all(|by| by.contains(origin)))
        .map(|&it| vec![it])
        .collect();
    match alone.is_empty() {
        false => alone,
        true => vec![givers.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect()],
    }
}
