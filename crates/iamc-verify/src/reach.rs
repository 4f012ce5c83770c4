//! What a principal reaches, and until when: a walk over the graph that visits what is held longest
//! first, so that the first visit to a group is the one that counts.

use std::collections::{BTreeMap, BinaryHeap};

use iamc_model::Timestamp;
use iamc_model::graph::{Edge, Graph, GroupId, PolicyId, Principal};

/// How long something is held. Of two, the longer is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Until {
    /// Until an instant.
    Time(Timestamp),
    /// For good.
    Forever,
}

impl Until {
    /// How long an edge holds whose holder is held until `self`.
    fn along<T>(self, edge: &Edge<T>) -> Self {
        self.min(edge.until.map_or(Self::Forever, Self::Time))
    }
}

/// Everything that a principal reaches.
#[derive(Debug, Default)]
pub(crate) struct Reached {
    /// Each with the latest end of all ways to it.
    pub(crate) policies: BTreeMap<PolicyId, Until>,
    /// The same.
    pub(crate) groups: BTreeMap<GroupId, Until>,
}

/// Walks from a principal to everything that it reaches.
pub(crate) fn reach(graph: &Graph, principal: &Principal) -> Reached {
    let mut reached = Reached::default();
    let mut waiting = BinaryHeap::new();
    reached.visit(Until::Forever, &principal.policies, &principal.groups, &mut waiting);
    while let Some((until, id)) = waiting.pop() {
        if reached.groups.contains_key(&id) {
            continue;
        }
        reached.groups.insert(id, until);
        let group = graph.group(id);
        reached.visit(until, &group.policies, &group.groups, &mut waiting);
    }
    reached
}

impl Reached {
    fn visit(
        &mut self,
        until: Until,
        policies: &[Edge<PolicyId>],
        groups: &[Edge<GroupId>],
        waiting: &mut BinaryHeap<(Until, GroupId)>,
    ) {
        for edge in policies {
            let known = self.policies.entry(edge.to).or_insert(until.along(edge));
            *known = until.along(edge).max(*known);
        }
        waiting.extend(groups.iter().map(|edge| (until.along(edge), edge.to)));
    }
}
