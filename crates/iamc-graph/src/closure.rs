//! The transitive closure over the lattice of time bounds: along a path the earliest `until` counts,
//! over several paths the latest, and permanent is the top.

use std::collections::{BTreeMap, HashMap};

use iamc_model::graph::{Edge, Graph, GroupId, PolicyId, Principal};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use rayon::prelude::*;

use crate::bounds::Bound;

/// Everything that is reached, with its bound, each sorted by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Closure {
    pub(crate) groups: Vec<(GroupId, Bound)>,
    pub(crate) policies: Vec<(PolicyId, Bound)>,
}

/// Which closure of [`Closures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClosureId(usize);

impl ClosureId {
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// The closures of all principals; those with the same memberships share one.
pub(crate) struct Closures<'g> {
    graph: &'g Graph,
    closures: Vec<Closure>,
    /// By principal.
    held: Vec<ClosureId>,
}

#[derive(PartialEq, Eq, Hash)]
struct Memberships {
    groups: Vec<(GroupId, Bound)>,
    policies: Vec<(PolicyId, Bound)>,
}

impl<'g> Closures<'g> {
    pub(crate) fn of(graph: &'g Graph) -> Self {
        let memberships: Vec<_> = graph.principals.par_iter().map(Memberships::of).collect();
        let (mut known, mut distinct) = (HashMap::with_capacity(memberships.len()), vec![]);
        let id = |held| {
            *known.entry(held).or_insert_with(|| {
                distinct.push(held);
                ClosureId(distinct.len() - 1)
            })
        };
        let held = memberships.iter().map(id).collect();
        let order = Topological::of(graph);
        let closures = distinct.into_par_iter().map(|held| close(graph, &order, held)).collect();
        Self { graph, closures, held }
    }

    /// The closure of each principal.
    pub(crate) fn held(&self) -> &[ClosureId] {
        &self.held
    }

    pub(crate) fn get(&self, id: ClosureId) -> &Closure {
        &self.closures[id.0]
    }

    /// All closures, by their index.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Closure> {
        self.closures.iter()
    }

    /// As [`Self::iter`], for all cores.
    pub(crate) fn par_iter(&self) -> impl IndexedParallelIterator<Item = &Closure> {
        self.closures.par_iter()
    }

    /// For each policy, whether a principal reaches it.
    pub(crate) fn policies(&self) -> Vec<bool> {
        let reached = self.closures.iter().flat_map(|closure| &closure.policies).map(|&(id, _)| id.0);
        flags(self.graph.policies.len(), reached)
    }

    /// For each group, whether a principal reaches it.
    pub(crate) fn groups(&self) -> Vec<bool> {
        let reached = self.closures.iter().flat_map(|closure| &closure.groups).map(|&(id, _)| id.0);
        flags(self.graph.groups.len(), reached)
    }
}

impl Memberships {
    fn of(principal: &Principal) -> Self {
        Self { groups: latest(bounds(&principal.groups)), policies: latest(bounds(&principal.policies)) }
    }
}

/// One pass in topological order: when a group's turn comes, all paths to it are known.
fn close(graph: &Graph, order: &Topological, held: &Memberships) -> Closure {
    let mut open = BTreeMap::new();
    let mut groups = Vec::new();
    let mut policies = held.policies.clone();
    held.groups.iter().for_each(|&(group, bound)| order.reach(&mut open, group, bound));
    while let Some((rank, bound)) = open.pop_first() {
        let id = order.groups[rank];
        let group = graph.group(id);
        groups.push((id, bound));
        policies.extend(bounds(&group.policies).map(|(to, until)| (to, until.min(bound))));
        bounds(&group.groups).for_each(|(to, until)| order.reach(&mut open, to, until.min(bound)));
    }
    Closure { groups: latest(groups.into_iter()), policies: latest(policies.into_iter()) }
}

fn flags(length: usize, set: impl Iterator<Item = u32>) -> Vec<bool> {
    let mut flags = vec![false; length];
    set.for_each(|at| flags[at as usize] = true);
    flags
}

fn bounds<T: Copy>(edges: &[Edge<T>]) -> impl Iterator<Item = (T, Bound)> {
    edges.iter().map(|edge| (edge.to, Bound::of(edge.until)))
}

/// Sorted by id, each id once with its latest bound.
fn latest<T: Ord + Copy>(held: impl Iterator<Item = (T, Bound)>) -> Vec<(T, Bound)> {
    let mut held: Vec<_> = held.collect();
    held.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    held.dedup_by_key(|&mut (id, _)| id);
    held
}

/// The groups, each before all that it holds.
struct Topological {
    groups: Vec<GroupId>,
    ranks: Vec<usize>,
}

impl Topological {
    fn of(graph: &Graph) -> Self {
        let mut groups: Vec<GroupId> = components(graph).into_iter().flatten().collect();
        groups.reverse();
        let mut ranks = vec![0; groups.len()];
        groups.iter().enumerate().for_each(|(rank, group)| ranks[group.0 as usize] = rank);
        Self { groups, ranks }
    }

    fn reach(&self, open: &mut BTreeMap<usize, Bound>, group: GroupId, bound: Bound) {
        let known = open.entry(self.ranks[group.0 as usize]).or_insert(bound);
        *known = bound.max(*known);
    }
}

/// The strongly connected components of the groups, each after those that it leads to come: what
/// is held stands before its holders.
pub(crate) fn components(graph: &Graph) -> Vec<Vec<GroupId>> {
    let mut digraph: DiGraph<(), (), u32> = DiGraph::with_capacity(graph.groups.len(), graph.groups.len());
    graph.groups.iter().for_each(|_| {
        digraph.add_node(());
    });
    for (from, group) in (0u32..).zip(&graph.groups) {
        for edge in &group.groups {
            digraph.add_edge(from.into(), edge.to.0.into(), ());
        }
    }
    let of = |component: Vec<petgraph::graph::NodeIndex<u32>>| {
        component.into_iter().map(|node| GroupId(node.index() as u32)).collect()
    };
    kosaraju_scc(&digraph).into_iter().map(of).collect()
}
