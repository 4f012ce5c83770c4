//! By which of its own memberships each principal comes to a policy: where its shortest path begins.

use std::collections::{BTreeMap, VecDeque};

use iamc_model::graph::{Graph, GroupId, PolicyId, PrincipalId};

use crate::paths::Node;

/// Which groups hold which policies and groups: what many policies are looked up in.
#[derive(Debug, Clone)]
pub struct Entrances<'g> {
    graph: &'g Graph,
    /// By [`PolicyId`].
    of_policies: Vec<Vec<GroupId>>,
    /// By [`GroupId`].
    of_groups: Vec<Vec<GroupId>>,
}

/// How far each group that reaches a policy is from it.
#[derive(Debug, Clone)]
pub struct Distances<'g> {
    graph: &'g Graph,
    policy: PolicyId,
    groups: BTreeMap<GroupId, usize>,
}

impl<'g> Entrances<'g> {
    /// Turns the memberships of groups round.
    pub fn of(graph: &'g Graph) -> Self {
        let mut of_policies = vec![vec![]; graph.policies.len()];
        let mut of_groups = vec![vec![]; graph.groups.len()];
        for (group, id) in graph.groups.iter().zip((0..).map(GroupId)) {
            group.policies.iter().for_each(|edge| of_policies[edge.to.0 as usize].push(id));
            group.groups.iter().for_each(|edge| of_groups[edge.to.0 as usize].push(id));
        }
        Self { graph, of_policies, of_groups }
    }

    /// The distances of all groups from a policy.
    pub fn towards(&self, policy: PolicyId) -> Distances<'g> {
        let mut groups = BTreeMap::new();
        let mut open: VecDeque<_> = self.of_policies[policy.0 as usize].iter().map(|&id| (id, 1)).collect();
        while let Some((group, distance)) = open.pop_front() {
            if groups.contains_key(&group) {
                continue;
            }
            groups.insert(group, distance);
            open.extend(self.of_groups[group.0 as usize].iter().map(|&id| (id, distance + 1)));
        }
        Distances { graph: self.graph, policy, groups }
    }
}

impl Distances<'_> {
    /// The first step of the first path that [`crate::paths::find`] lists: a group, or the policy
    /// itself; none where the principal does not reach it.
    pub fn entrance(&self, principal: PrincipalId) -> Option<Node> {
        let principal = self.graph.principal(principal);
        if principal.policies.iter().any(|edge| edge.to == self.policy) {
            return Some(Node::Policy(self.policy));
        }
        let groups = principal.groups.iter().filter_map(|edge| Some((*self.groups.get(&edge.to)?, edge.to)));
        groups.min().map(|(_, group)| Node::Group(group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;
    use crate::testing::run;

    const PROJECT: &str = "\
--- policies/p.toml
[policy.Read]
actions = ['s3:GetObject']
resources = ['*']
[policy.Write]
actions = ['s3:PutObject']
resources = ['*']
--- groups/g.toml
[group.Base]
policies = ['Read']
[group.Ahead]
groups = ['Between']
[group.Between]
groups = ['Base']
policies = ['Write']
[group.Writers]
policies = ['Write']
--- engineers.toml
[engineer]
Ann = ['Ahead', 'Base']
Bob = ['Writers', 'Between']
Cid = { groups = ['Base'], policies = ['Read'] }
Dan = ['Ahead']
Eve = []
";

    #[test]
    fn an_entrance_is_where_the_shortest_path_begins() {
        let graph = run(PROJECT).graph;
        let entrances = Entrances::of(&graph);
        let mut found = vec![];
        for policy in (0..2).map(PolicyId) {
            let distances = entrances.towards(policy);
            for principal in (0..5).map(PrincipalId) {
                let paths = paths::find(&graph, Node::Principal(principal), Node::Policy(policy), 1);
                let first = paths.paths.first().map(|path| path[0].to);
                let entrance = distances.entrance(principal);
                assert_eq!(entrance, first);
                found.push(entrance.map_or("-", |node| node.name(&graph)));
            }
        }
        assert_eq!(found.join(" "), "Base Between Read Ahead - Ahead Between - Ahead -");
    }
}
