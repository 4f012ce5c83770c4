//! The ways to act as roles that are new, or surer than they were.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use iamc_access::Decision;
use iamc_access::assume::{Certainty, Reach, Ways, reach};
use iamc_model::grants::TrustStatement;

use super::actors::Actors;

/// Both sides, and the ways at the head.
pub(super) struct Changes<'a> {
    base: Actors<'a>,
    pub(super) head: Actors<'a>,
    /// For each principal of the head the roles that it may be able to assume.
    roles: Vec<Vec<usize>>,
    /// Who can assume which role at the head, and not as surely at the base.
    new: BTreeSet<(usize, usize)>,
}

/// Somebody who can act as a role, and not as surely before.
pub(super) struct Acting {
    pub(super) actor: usize,
    /// By acting as which roles, the last one last.
    pub(super) through: Vec<usize>,
    pub(super) is_sure: bool,
}

impl<'a> Changes<'a> {
    pub(super) fn new(base: Actors<'a>, head: Actors<'a>) -> Self {
        let mut roles = vec![vec![]; head.len()];
        let mut changes = Self { base, head, roles: vec![], new: BTreeSet::new() };
        let mut known = BTreeMap::new();
        for role in 0..changes.head.len() {
            let is_changed = changes.has_new_trust(role);
            for actor in changes.head.candidates(role) {
                roles[actor].push(role);
                let mut has_new_rights =
                    || *known.entry(actor).or_insert_with(|| changes.has_new_rights(actor));
                if (is_changed || has_new_rights()) && changes.is_surer(actor, role) {
                    changes.new.insert((actor, role));
                }
            }
        }
        changes.roles = roles;
        changes
    }

    /// Whether somebody can assume a role more surely than before, not by way of another.
    pub(super) fn is_new(&self, actor: usize, role: usize) -> bool {
        self.new.contains(&(actor, role))
    }

    /// Roles that somebody may come to act as in a new way.
    pub(super) fn targets(&self) -> BTreeSet<usize> {
        self.new.iter().flat_map(|&(_, role)| self.within_reach(role)).collect()
    }

    /// A principal and the roles that it might come to be by any chain.
    pub(super) fn within_reach(&self, from: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(actor) = open.pop() {
            open.extend(self.roles[actor].iter().filter(|&&role| found.insert(role)));
        }
        found
    }

    /// Those who can come to act as a role, by any chain, and not as surely before.
    pub(super) fn newly_acting(&self, role: usize) -> Vec<Acting> {
        let before = self.base.number(&self.head.grant(role).name);
        let before = before.map(|role| reaching(&self.base, &BTreeSet::from([role])));
        let rank = |found: Option<&Reach>| found.map_or(0, |found| rank(found.decision));
        let was = |actor: usize| {
            let actor = self.base.number(&self.head.grant(actor).name)?;
            before.as_ref().map(|before| &before[actor])
        };
        let after = reaching(&self.head, &BTreeSet::from([role])).into_iter().enumerate();
        let new = after.filter(|(actor, found)| *actor != role && rank(Some(found)) > rank(was(*actor)));
        new.map(|(actor, Reach { decision, through })| Acting {
            actor,
            through,
            is_sure: decision == Decision::Allowed,
        })
        .collect()
    }

    /// The shortest chain from a principal to one of some roles; empty where it is one of them.
    pub(super) fn chain(&self, from: usize, to: &BTreeSet<usize>) -> Vec<usize> {
        reaching(&self.head, to).swap_remove(from).through
    }

    /// The trust of the principal of the same name at the base.
    pub(super) fn trust_before(&self, at: usize) -> Option<&'a [TrustStatement]> {
        let before = self.base.number(&self.head.grant(at).name)?;
        Some(&self.base.grant(before).trust)
    }

    fn has_new_trust(&self, role: usize) -> bool {
        let Some(before) = self.base.number(&self.head.grant(role).name) else { return true };
        let trust = |actors: &Actors<'_>, at: usize| -> Vec<_> {
            let of = |it: &TrustStatement| {
                (it.kind, it.principals.clone(), it.actions.clone(), it.conditions.clone())
            };
            actors.grant(at).trust.iter().map(of).collect()
        };
        self.base.arn(before) != self.head.arn(role) || trust(&self.base, before) != trust(&self.head, role)
    }

    fn has_new_rights(&self, actor: usize) -> bool {
        let Some(before) = self.base.number(&self.head.grant(actor).name) else { return true };
        self.base.arn(before) != self.head.arn(actor) || self.base.rights(before) != self.head.rights(actor)
    }

    fn is_surer(&self, actor: usize, role: usize) -> bool {
        let before = |at: usize| -> Option<usize> {
            let name: &Arc<str> = &self.head.grant(at).name;
            self.base.number(name)
        };
        let was = before(actor).zip(before(role)).map(|(actor, role)| self.base.can_assume(actor, role));
        self.head.can_assume(actor, role) > was.unwrap_or(Certainty::Never)
    }
}

/// Who can come to act as one of some roles.
fn reaching(actors: &Actors<'_>, roles: &BTreeSet<usize>) -> Vec<Reach> {
    let own = |at: usize| match roles.contains(&at) {
        true => Decision::Allowed,
        false => Decision::ImplicitlyDenied,
    };
    reach(&(0..actors.len()).map(own).collect::<Vec<_>>(), actors)
}

fn rank(decision: Decision) -> u8 {
    match decision {
        Decision::ExplicitlyDenied | Decision::ImplicitlyDenied => 0,
        Decision::PartlyAllowed | Decision::Conditional => 1,
        Decision::Allowed => 2,
    }
}
