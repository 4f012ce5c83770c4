//! Whom an assertion is about.

use std::collections::{BTreeMap, BTreeSet};

use iamc_graph::paths::{Holders, Node};
use iamc_model::assertion::AssertDecl;
use iamc_model::graph::PrincipalId;
use iamc_model::{Grants, Graph, Spanned};

/// Finds principals by the names and groups of assertions.
pub(super) struct Subjects<'a> {
    graph: &'a Graph,
    holders: Holders,
    /// By their numbers in the grants.
    numbers: BTreeMap<PrincipalId, usize>,
}

impl<'a> Subjects<'a> {
    pub(super) fn new(graph: &'a Graph, grants: &Grants) -> Self {
        let ids = grants.principals.iter().map(|grant| grant.id);
        Self { graph, holders: Holders::of(graph), numbers: ids.zip(0..).collect() }
    }

    /// Those that an assertion is about, by their numbers in the grants, in the order of their names.
    pub(super) fn of(&self, assertion: &AssertDecl) -> Vec<usize> {
        let mut subjects = match assertion.everyone {
            true => self.numbers.values().copied().collect(),
            false => self.named(&assertion.who, &assertion.groups),
        };
        let excepted = self.named(&assertion.except_who, &assertion.except_groups);
        subjects.retain(|subject| !excepted.contains(subject));
        subjects.into_iter().collect()
    }

    /// Principals by name, and all who hold one of the groups by any path.
    fn named(&self, who: &[Spanned<String>], groups: &[Spanned<String>]) -> BTreeSet<usize> {
        let who = who.iter().filter_map(|name| self.graph.principal_id(name));
        let groups = groups.iter().filter_map(|name| self.graph.group_id(name)).map(Node::Group);
        let holders = groups.flat_map(|group| self.holders.ancestors(group)).filter_map(|node| match node {
            Node::Principal(id) => Some(id),
            Node::Group(_) | Node::Policy(_) => None,
        });
        who.chain(holders).filter_map(|id| self.numbers.get(&id).copied()).collect()
    }
}
