//! What each group gives to whoever holds it, and until when.

use std::collections::BTreeMap;

use iamc_model::Timestamp;
use iamc_model::graph::{Edge, Graph, Group, GroupId, PolicyId};

/// Something that a membership gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gift<'g> {
    /// A policy.
    Policy(PolicyId),
    /// A Kubernetes group.
    Kubernetes(&'g str),
    /// A group of which an assertion speaks.
    Group(GroupId),
}

/// Until when something is held; the greatest is for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Until {
    /// The first instant at which it is no longer held.
    Time(Timestamp),
    /// For good.
    Ever,
}

impl Until {
    pub(super) fn of(until: Option<Timestamp>) -> Self {
        until.map_or(Self::Ever, Self::Time)
    }
}

/// Gifts, sorted and distinct, each with the latest bound by which it is reached.
pub(super) type Gifts<'g> = Vec<(Gift<'g>, Until)>;

/// What all groups give, each computed when it is first asked for.
pub(super) struct Gives<'g> {
    graph: &'g Graph,
    /// Whether an assertion speaks of the group; by its id.
    mentioned: Vec<bool>,
    groups: Vec<Option<Gifts<'g>>>,
}

impl<'g> Gives<'g> {
    pub(super) fn new(graph: &'g Graph, mentioned: Vec<bool>) -> Self {
        let mut gives = Self { graph, mentioned, groups: vec![None; graph.groups.len()] };
        (0..graph.groups.len() as u32).for_each(|group| gives.complete(GroupId(group)));
        gives
    }

    /// What holding a policy gives.
    pub(super) fn of_policy(edge: &Edge<PolicyId>) -> Gifts<'g> {
        vec![(Gift::Policy(edge.to), Until::of(edge.until))]
    }

    /// What holding a group gives.
    pub(super) fn of_group(&self, edge: &Edge<GroupId>) -> Gifts<'g> {
        let until = Until::of(edge.until);
        let gifts = self.groups[edge.to.0 as usize].iter().flatten();
        gifts.map(|&(gift, bound)| (gift, bound.min(until))).collect()
    }

    /// Computes a group and those below it, without recursion: memberships can be deep.
    fn complete(&mut self, group: GroupId) {
        let mut open = vec![group];
        while let Some(&top) = open.last() {
            let group = self.graph.group(top);
            let is_missing = |edge: &&Edge<GroupId>| self.groups[edge.to.0 as usize].is_none();
            let missing: Vec<GroupId> = group.groups.iter().filter(is_missing).map(|edge| edge.to).collect();
            if missing.is_empty() || self.groups[top.0 as usize].is_some() {
                open.pop();
                let gifts = self.groups[top.0 as usize].take().unwrap_or_else(|| self.sum(top, group));
                self.groups[top.0 as usize] = Some(gifts);
            } else {
                open.extend(missing);
            }
        }
    }

    fn sum(&self, id: GroupId, group: &'g Group) -> Gifts<'g> {
        let kubernetes = group.kubernetes_groups.iter().map(|name| (Gift::Kubernetes(name), Until::Ever));
        let own = self.mentioned[id.0 as usize].then_some((Gift::Group(id), Until::Ever));
        let mut sum: BTreeMap<Gift<'g>, Until> = kubernetes.chain(own).collect();
        let of_policies = group.policies.iter().map(Self::of_policy);
        let of_groups = group.groups.iter().map(|edge| self.of_group(edge));
        for (gift, until) in of_policies.chain(of_groups).flatten() {
            let known = sum.entry(gift).or_insert(until);
            *known = until.max(*known);
        }
        sum.into_iter().collect()
    }
}
