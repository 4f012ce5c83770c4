//! Until when a node holds what it reaches.

use std::collections::{BTreeMap, BinaryHeap};

use iamc_model::declaration::Effect;
use iamc_model::{Graph, Timestamp};

use crate::paths::{self, Node};

/// Until when something is held; permanently is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The first instant at which it is no longer held.
    Until(Timestamp),
    /// Without end.
    Permanent,
}

impl Bound {
    pub(crate) fn of(until: Option<Timestamp>) -> Self {
        until.map_or(Self::Permanent, Self::Until)
    }

    /// The instant; none is permanent.
    pub fn until(self) -> Option<Timestamp> {
        match self {
            Self::Until(until) => Some(until),
            Self::Permanent => None,
        }
    }
}

/// Everything that `from` reaches, itself left out, with the latest bound over all paths; a Deny is not
/// bounded, whichever way leads to it. What is held longest is followed first, so that each node's first
/// bound is its latest.
pub fn reached(graph: &Graph, from: Node) -> BTreeMap<Node, Bound> {
    let mut reached = BTreeMap::from([(from, Bound::Permanent)]);
    let mut open = BinaryHeap::from([(Bound::Permanent, from)]);
    while let Some((bound, node)) = open.pop() {
        if reached.get(&node).is_some_and(|&known| known > bound) {
            continue;
        }
        for step in paths::steps(graph, node) {
            let bound =
                if is_deny(graph, step.to) { Bound::Permanent } else { bound.min(Bound::of(step.until)) };
            if reached.get(&step.to).is_none_or(|&known| known < bound) {
                reached.insert(step.to, bound);
                open.push((bound, step.to));
            }
        }
    }
    reached.remove(&from);
    reached
}

fn is_deny(graph: &Graph, node: Node) -> bool {
    matches!(node, Node::Policy(id) if graph.policy(id).effect == Effect::Deny)
}

/// `until 2026-12-31`, the day that is still covered, or the instant where it is no midnight.
pub fn until(until: Timestamp) -> String {
    format!("until {}", until.last_day().unwrap_or_else(|| until.to_string()))
}

#[cfg(test)]
mod tests {
    use iamc_model::{Source, Sources};

    use super::*;

    /// What JaneDoe reaches, as `name: bound`.
    fn reached_by_jane(groups: &str, engineers: &str) -> Vec<String> {
        let policies = "[policy.Read]\nactions = [\"s3:Get*\"]\nresources = [\"*\"]\n\
                        [policy.Stop]\neffect = \"Deny\"\nactions = [\"s3:Put*\"]\nresources = [\"*\"]\n";
        let sources = Sources::new(vec![
            Source::new("policies/p.toml", policies),
            Source::new("groups/g.toml", groups),
            Source::new("engineers.toml", engineers),
        ]);
        let (graph, _) = crate::resolve(&iamc_parser::parse(&sources).0);
        let jane = graph.principal_id("JaneDoe").map(Node::Principal).unwrap();
        let described = |(node, bound): (Node, Bound)| {
            let bound = bound.until().map_or("permanent".to_owned(), until);
            format!("{}: {bound}", node.name(&graph))
        };
        reached(&graph, jane).into_iter().map(described).collect()
    }

    #[test]
    fn along_a_path_the_earliest_bound_counts_and_over_several_the_latest() {
        let groups = "[group.A]\npolicies = [{ name = \"Read\", until = 2030-01-01 }]\n\
                      [group.B]\ngroups = [{ name = \"A\", until = 2029-01-01 }]\n\
                      [group.C]\ngroups = [{ name = \"A\", until = 2028-01-01 }]\n";
        let engineers = "[engineer]\nJaneDoe = [\"B\", { name = \"C\", until = 2031-01-01 }]\n";
        assert_eq!(
            reached_by_jane(groups, engineers),
            ["A: until 2029-01-01", "B: permanent", "C: until 2031-01-01", "Read: until 2029-01-01"]
        );
    }

    #[test]
    fn a_deny_is_not_bounded() {
        let groups = "[group.A]\npolicies = [\"Stop\", \"Read\"]\n";
        let engineers = "[engineer]\nJaneDoe = [{ name = \"A\", until = 2029-01-01 }]\n";
        assert_eq!(
            reached_by_jane(groups, engineers),
            ["A: until 2029-01-01", "Read: until 2029-01-01", "Stop: permanent"]
        );
    }
}
