//! Who may newly act as a role that has what nobody may gain.

mod actors;
mod ways;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use iamc_model::PrincipalKind;
use iamc_model::grants::TrustStatement;
use iamc_model::sensitive::SensitiveDecl;

use super::World;
use super::closure::Holdings;
use super::half::Half;
use super::number::Numbers;
use super::pair::Pair;
use super::sensitive::{Finding, Touched};
use crate::structure::trust;
use crate::{Cause, Side, SideOf};
use actors::Actors;
use ways::{Acting, Changes};

/// Principals that can come to act as a role with sensitive access and could not before, and roles with
/// sensitive access that trust somebody beyond the project whom they did not trust before.
pub(super) fn touched(
    base: Side<'_>,
    head: Side<'_>,
    world: &World<'_>,
    sensitive: &[SensitiveDecl],
) -> Vec<Touched> {
    let actors = [base, head].map(|side| Actors::new(side, world.catalog, world.now));
    let [before, after] = actors;
    let changes = Changes::new(before, after);
    let mut numbers = Numbers::default();
    let holdings = Holdings::new(head, SideOf::Head, world.catalog, &mut numbers);
    let mut all = Vec::new();
    for (at, declared) in sensitive.iter().enumerate() {
        let found = RefCell::default();
        let gate =
            Gate { at, declared, changes: &changes, holdings: &holdings, numbers: &numbers, world, found };
        all.extend(gate.acting());
        all.extend(gate.trusting(head));
    }
    all
}

/// One of the declarations, with what is known of the head's principals.
struct Gate<'g, 'a> {
    at: usize,
    declared: &'g SensitiveDecl,
    changes: &'g Changes<'a>,
    holdings: &'g Holdings<'a>,
    numbers: &'g Numbers,
    world: &'g World<'g>,
    /// What each principal may do of it, as far as it was asked for.
    found: RefCell<BTreeMap<usize, Option<Finding>>>,
}

impl<'g, 'a: 'g> Gate<'g, 'a> {
    /// What a principal itself may do of it.
    fn access(&self, at: usize) -> Option<Finding> {
        let ask = || {
            let grant = self.changes.head.grant(at);
            let [nobody, one] =
                [None, Some(grant)].map(|grant| Half::new(self.holdings, grant, self.numbers));
            let Declared { actions, resources } = Declared::of(self.declared);
            Pair::of([nobody, one])?.touches(&actions, &resources, self.world)
        };
        self.found.borrow_mut().entry(at).or_insert_with(ask).clone()
    }

    fn touched(&self, at: usize, finding: Finding) -> Touched {
        let (principal, kind) = self.who(at);
        Touched { sensitive: self.at, principal, kind, finding }
    }

    fn who(&self, at: usize) -> (Arc<str>, PrincipalKind) {
        let grant = self.changes.head.grant(at);
        (Arc::clone(&grant.name), grant.kind)
    }

    fn names(&self, through: &[usize]) -> Vec<Arc<str>> {
        through.iter().map(|&role| self.who(role).0).collect()
    }

    fn is_excepted(&self, name: &str) -> bool {
        self.declared.except.iter().any(|excepted| excepted.value == *name)
    }

    /// Of each principal the surest way, then the shortest.
    fn acting(&self) -> Vec<Touched> {
        let mut best: BTreeMap<usize, (Acting, Finding)> = BTreeMap::new();
        for role in self.changes.targets() {
            let Some(access) = self.access(role) else { continue };
            for acting in self.changes.newly_acting(role) {
                let rank = |it: &Acting| (!it.is_sure, it.through.len());
                let is_better = best.get(&acting.actor).is_none_or(|(other, _)| rank(&acting) < rank(other));
                if is_better && !self.is_excepted(&self.who(acting.actor).0) {
                    best.insert(acting.actor, (acting, access.clone()));
                }
            }
        }
        let finding = |(Acting { actor, through, is_sure }, access): (Acting, Finding)| {
            let access = Box::new(access);
            self.touched(actor, Finding::Acts { through: self.names(&through), is_sure, access })
        };
        best.into_values().map(finding).collect()
    }

    /// By whom roles are newly trusted that have sensitive access, or come to it by a chain.
    fn trusting(&self, head: Side<'_>) -> Vec<Touched> {
        let mut all = Vec::new();
        for at in 0..self.changes.head.len() {
            let grant = self.changes.head.grant(at);
            let new = trust::new(head, grant, self.changes.trust_before(at));
            let new: Vec<_> = new.into_iter().filter_map(|it| self.beyond_the_project(at, it)).collect();
            if new.is_empty() {
                continue;
            }
            let within = self.changes.within_reach(at).into_iter();
            let targets: BTreeSet<usize> = within.filter(|&role| self.access(role).is_some()).collect();
            let through = self.changes.chain(at, &targets);
            let Some(access) = self.access(*through.last().unwrap_or(&at)) else { continue };
            all.extend(new.into_iter().map(|statement| {
                let words = trust::words(&statement, SideOf::Head);
                let cause = Cause { side: SideOf::Head, span: statement.span, words };
                let (through, access) = (self.names(&through), Box::new(access.clone()));
                self.touched(at, Finding::Trusts { cause, through, access })
            }));
        }
        all
    }

    /// Of an entry of a role's trust those who are not excepted, and not told of as principals that newly
    /// act as it.
    fn beyond_the_project(&self, role: usize, statement: TrustStatement) -> Option<TrustStatement> {
        let Changes { head, .. } = self.changes;
        let is_told = |entry: &str| head.meant(entry).is_some_and(|actor| self.changes.is_new(actor, role));
        let mut principals = statement.principals.clone();
        principals.retain(|entry| !is_told(entry) && !self.is_excepted(entry));
        (!principals.is_empty()).then_some(TrustStatement { principals, ..statement })
    }
}

/// What is sensitive, as patterns.
pub(super) struct Declared<'d> {
    pub(super) actions: Vec<&'d str>,
    pub(super) resources: Vec<&'d str>,
}

impl<'d> Declared<'d> {
    pub(super) fn of(declared: &'d SensitiveDecl) -> Self {
        let [actions, resources] = [&declared.actions, &declared.resources]
            .map(|words| words.iter().map(|word| word.value.as_str()).collect());
        Self { actions, resources }
    }
}
