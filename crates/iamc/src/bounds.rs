//! Until when a node holds what it reaches.

use std::collections::{BTreeMap, BinaryHeap};

use iamc_graph::paths::{self, Node};
use iamc_model::{Graph, Timestamp};

/// Until when something is held; permanently is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bound {
    /// The first instant at which it is no longer held.
    Until(Timestamp),
    /// Without end.
    Permanent,
}

impl Bound {
    fn of(until: Option<Timestamp>) -> Self {
        until.map_or(Self::Permanent, Self::Until)
    }

    /// The instant; none is permanent.
    pub(crate) fn until(self) -> Option<Timestamp> {
        match self {
            Self::Until(until) => Some(until),
            Self::Permanent => None,
        }
    }
}

/// Everything that `from` reaches, itself left out, with the latest bound over all paths. What is held
/// longest is followed first, so that each node's first bound is its latest.
pub(crate) fn reached(graph: &Graph, from: Node) -> BTreeMap<Node, Bound> {
    let mut reached = BTreeMap::from([(from, Bound::Permanent)]);
    let mut open = BinaryHeap::from([(Bound::Permanent, from)]);
    while let Some((bound, node)) = open.pop() {
        if reached.get(&node).is_some_and(|&known| known > bound) {
            continue;
        }
        for step in paths::steps(graph, node) {
            let bound = bound.min(Bound::of(step.until));
            if reached.get(&step.to).is_none_or(|&known| known < bound) {
                reached.insert(step.to, bound);
                open.push((bound, step.to));
            }
        }
    }
    reached.remove(&from);
    reached
}

/// `until 2026-12-31`, the day that is still covered, or the instant where it is no midnight.
pub(crate) fn until(until: Timestamp) -> String {
    format!("until {}", until.last_day().unwrap_or_else(|| until.to_string()))
}
