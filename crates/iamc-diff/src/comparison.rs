//! The two sides, and the principals on them.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use iamc_emitter::Stack;
use iamc_graph::paths::Node;
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Grant, Patterns, Statement, StatementId};
use iamc_model::graph::Principal;

use crate::{Presence, Side, SideOf};

/// Two sides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Comparison<'a> {
    pub(crate) base: Side<'a>,
    pub(crate) head: Side<'a>,
}

/// A principal on one side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct One<'a> {
    pub(crate) side: Side<'a>,
    pub(crate) principal: &'a Principal,
    pub(crate) grant: &'a Grant,
    /// None only where the emitter could not make it.
    pub(crate) stack: Option<&'a Stack>,
}

/// A name that is a principal's on either side.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pair<'a> {
    /// On both.
    Both(One<'a>, One<'a>),
    /// At the head.
    Added(One<'a>),
    /// At the base.
    Removed(One<'a>),
}

impl<'a> Comparison<'a> {
    pub(crate) fn side(&self, of: SideOf) -> Side<'a> {
        match of {
            SideOf::Base => self.base,
            SideOf::Head => self.head,
        }
    }

    /// Every principal of either side, sorted by name.
    pub(crate) fn pairs(&self) -> Vec<Pair<'a>> {
        let (mut base, mut head) = (ones(self.base).peekable(), ones(self.head).peekable());
        let mut pairs = Vec::new();
        loop {
            let order = match (base.peek(), head.peek()) {
                (None, None) => return pairs,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(base), Some(head)) => base.grant.name.cmp(&head.grant.name),
            };
            pairs.extend(match order {
                Ordering::Less => base.next().map(Pair::Removed),
                Ordering::Greater => head.next().map(Pair::Added),
                Ordering::Equal => base.next().zip(head.next()).map(|(base, head)| Pair::Both(base, head)),
            });
        }
    }
}

fn ones<'a>(side: Side<'a>) -> impl Iterator<Item = One<'a>> {
    let of = move |grant: &'a Grant| One {
        side,
        principal: side.graph.principal(grant.id),
        grant,
        stack: side.built.stacks.get(&grant.name),
    };
    side.built.grants.principals.iter().map(of)
}

impl<'a> One<'a> {
    /// Its node in the graph.
    pub(crate) fn node(&self) -> Node {
        Node::Principal(self.grant.id)
    }

    /// Its statements, by the names of the policies.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &'a Statement> {
        let grants = self.side.built.grants;
        self.grant.statements.iter().map(move |&id| grants.statement(id))
    }

    /// Its statement of a policy.
    pub(crate) fn statement(&self, policy: &str) -> Option<&'a Statement> {
        let grants = self.side.built.grants;
        let by_name = |id: &StatementId| grants.statement(*id).name.as_ref().cmp(policy);
        let at = self.grant.statements.binary_search_by(by_name).ok()?;
        Some(grants.statement(self.grant.statements[at]))
    }
}

impl<'a> Pair<'a> {
    pub(crate) fn base(&self) -> Option<&One<'a>> {
        match self {
            Self::Both(base, _) | Self::Removed(base) => Some(base),
            Self::Added(_) => None,
        }
    }

    pub(crate) fn head(&self) -> Option<&One<'a>> {
        match self {
            Self::Both(_, head) | Self::Added(head) => Some(head),
            Self::Removed(_) => None,
        }
    }

    pub(crate) fn on(&self, side: SideOf) -> Option<&One<'a>> {
        match side {
            SideOf::Base => self.base(),
            SideOf::Head => self.head(),
        }
    }

    /// The principal at the head, at the base where it is removed.
    pub(crate) fn latest(&self) -> &One<'a> {
        match self {
            Self::Both(_, one) | Self::Added(one) | Self::Removed(one) => one,
        }
    }

    pub(crate) fn name(&self) -> &'a Arc<str> {
        &self.latest().grant.name
    }

    pub(crate) fn presence(&self) -> Presence {
        match self {
            Self::Both(..) => Presence::Changed,
            Self::Added(_) => Presence::Added,
            Self::Removed(_) => Presence::Removed,
        }
    }
}

/// What a statement says, wherever it is written.
type Said<'a> = (&'a str, Effect, &'a Patterns, &'a Patterns, &'a Conditions);

fn said(statement: &Statement) -> Said<'_> {
    let Statement { name, effect, actions, resources, conditions, .. } = statement;
    (name, *effect, actions, resources, conditions)
}

/// Which statements are the same on both sides.
#[derive(Debug)]
pub(crate) struct Twins {
    /// By [`StatementId`] of the head.
    of_head: Vec<Option<StatementId>>,
}

impl Twins {
    pub(crate) fn new(comparison: &Comparison<'_>) -> Self {
        let [base, head] = [comparison.base, comparison.head].map(|side| &side.built.grants.statements);
        let ids = (0..).map(StatementId);
        let base: BTreeMap<Said<'_>, StatementId> = base.iter().map(said).zip(ids).collect();
        Self { of_head: head.iter().map(|statement| base.get(&said(statement)).copied()).collect() }
    }

    /// Whether two principals have the same statements of their own, under the same names.
    pub(crate) fn are_same(&self, base: &One<'_>, head: &One<'_>) -> bool {
        let (base, head) = (&base.grant.statements, &head.grant.statements);
        let mut pairs = base.iter().zip(head.iter());
        base.len() == head.len() && pairs.all(|(base, head)| self.of_head[head.0 as usize] == Some(*base))
    }
}
