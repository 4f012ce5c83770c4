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

#[cfg(test)]
mod tests {
    use iamc_model::source::Source;
    use iamc_model::{Graph, Sources};

    use super::*;

    fn graph(files: &[(&str, &str)]) -> Graph {
        let files = files.iter().map(|&(path, text)| Source::new(path, text)).collect();
        let (project, unread) = iamc_parser::parse(&Sources::new(files));
        let (graph, wrong) = iamc_graph::resolve(&project);
        assert!(unread.is_empty() && wrong.is_empty(), "{unread:#?}{wrong:#?}");
        graph
    }

    /// Each policy with the date on which it is no longer held.
    fn reached(groups: &str, engineer: &str) -> String {
        let policy = |name| format!("[policy.{name}]\nactions = ['s3:Get']\nresources = ['*']\n");
        let policies: String = ["A", "B", "C"].map(policy).concat();
        let engineers = format!("[engineer]\nJane = {engineer}\n");
        let graph = graph(&[
            ("engineers.toml", engineers.as_str()),
            ("groups/a.toml", groups),
            ("policies/a.toml", policies.as_str()),
        ]);
        let held = reach(&graph, &graph.principals[0]).policies.into_iter().map(|(id, until)| match until {
            Until::Time(time) => format!("{} {}", graph.policy(id).name, &time.to_string()[..10]),
            Until::Forever => graph.policy(id).name.to_string(),
        });
        held.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_earliest_end_along_a_way_and_the_latest_of_all_ways() {
        let groups = "
[group.Low]
policies = ['A', { name = 'B', until = 2027-01-31 }]
[group.Mid]
policies = [{ name = 'C', until = 2028-12-31 }]
groups = [{ name = 'Low', until = 2027-06-30 }]
[group.Top]
groups = ['Mid', { name = 'Low', until = 2027-03-31 }]
";
        assert_eq!(reached(groups, "['Top']"), "A 2027-07-01, B 2027-02-01, C 2029-01-01");
        assert_eq!(reached(groups, "['Top', 'Low']"), "A, B 2027-02-01, C 2029-01-01");
        assert_eq!(
            reached(groups, "[{ name = 'Top', until = 2026-12-31 }]"),
            "A 2027-01-01, B 2027-01-01, C 2027-01-01"
        );
        assert_eq!(
            reached(groups, "{ groups = ['Top'], policies = ['C'] }"),
            "A 2027-07-01, B 2027-02-01, C"
        );
    }

    #[test]
    fn a_long_chain_of_groups() {
        let link = |at: usize| format!("[group.G{at}]\ngroups = ['G{}']\n", at + 1);
        let chain: String = (0..3000).map(link).collect();
        assert_eq!(reached(&(chain + "[group.G3000]\npolicies = ['A']\n"), "['G0']"), "A");
    }
}
