//! The paths by which something is held, and what stands above and below a node.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use iamc_model::graph::{Edge, Graph, GroupId, PolicyId, PrincipalId};
use iamc_model::{Span, Timestamp};

pub use crate::node::Node;

/// One membership on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'g> {
    /// The group that is entered, or the policy at the end.
    pub to: Node,
    /// The first instant at which it no longer holds; none is permanent.
    pub until: Option<Timestamp>,
    /// Where that is written.
    pub until_span: Option<Span>,
    /// Why, for people.
    pub reason: Option<&'g str>,
    /// Where the name of `to` is written.
    pub span: Span,
}

/// The ways from one node to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths<'g> {
    /// Shortest first, then by the names on the way; no more than were asked for. The last step of
    /// each leads to the target.
    pub paths: Vec<Vec<Step<'g>>>,
    /// How many there are in all; `u64::MAX` stands for that many or more.
    pub total: u64,
}

/// The ways from `from` to `to`, at most `limit` of them. From a node to itself leads one empty path.
pub fn find<'g>(graph: &'g Graph, from: Node, to: Node, limit: usize) -> Paths<'g> {
    let reach = Reach::towards(graph, from, to);
    let total = reach.nodes.get(&from).map_or(0, |node| node.paths);
    Paths { paths: reach.shortest(graph, from, to, limit), total }
}

/// The first instant at which a path no longer holds: the earliest `until` on it.
pub fn until(path: &[Step<'_>]) -> Option<Timestamp> {
    path.iter().filter_map(|step| step.until).min()
}

/// The memberships that are written in a node, as written: groups, then policies.
pub fn steps(graph: &Graph, node: Node) -> impl Iterator<Item = Step<'_>> {
    let (groups, policies): (&[Edge<GroupId>], &[Edge<PolicyId>]) = match node {
        Node::Principal(id) => (&graph.principal(id).groups, &graph.principal(id).policies),
        Node::Group(id) => (&graph.group(id).groups, &graph.group(id).policies),
        Node::Policy(_) => (&[], &[]),
    };
    let groups = groups.iter().map(|edge| step(edge, Node::Group(edge.to)));
    groups.chain(policies.iter().map(|edge| step(edge, Node::Policy(edge.to))))
}

fn step<T>(edge: &Edge<T>, to: Node) -> Step<'_> {
    Step {
        to,
        until: edge.until,
        until_span: edge.until_span,
        reason: edge.reason.as_deref(),
        span: edge.span,
    }
}

/// The groups and policies that a node reaches, itself left out.
pub fn descendants(graph: &Graph, of: Node) -> BTreeSet<Node> {
    let mut found = spread([of], |node| steps(graph, node).map(|step| step.to));
    found.remove(&of);
    found
}

/// The groups and principals that reach a node, itself left out. For many nodes of one graph make
/// one [`Holders`].
pub fn ancestors(graph: &Graph, of: Node) -> BTreeSet<Node> {
    Holders::of(graph).ancestors(of)
}

/// The nodes on the ways from one node to another, both included; empty where no way leads there.
pub fn between(graph: &Graph, from: Node, to: Node) -> BTreeSet<Node> {
    let below = spread([from], |node| steps(graph, node).map(|step| step.to));
    let mut holders: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    for &node in &below {
        steps(graph, node).for_each(|step| holders.entry(step.to).or_default().push(node));
    }
    let ends = below.contains(&to).then_some(to);
    spread(ends, |node| holders.get(&node).into_iter().flatten().copied())
}

/// Who holds what: the memberships of a graph the other way round.
#[derive(Debug, Clone)]
pub struct Holders {
    of: BTreeMap<Node, Vec<Node>>,
}

impl Holders {
    /// Turns the memberships of a graph round.
    pub fn of(graph: &Graph) -> Self {
        let mut of: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
        for node in holders(graph) {
            for step in steps(graph, node) {
                of.entry(step.to).or_default().push(node);
            }
        }
        Self { of }
    }

    /// The groups and principals in which a node is written.
    pub fn direct(&self, of: Node) -> &[Node] {
        self.of.get(&of).map_or(&[], Vec::as_slice)
    }

    /// The groups and principals that reach a node, itself left out.
    pub fn ancestors(&self, of: Node) -> BTreeSet<Node> {
        let mut found = spread([of], |node| self.direct(node).iter().copied());
        found.remove(&of);
        found
    }
}

/// All principals, then all groups, by name.
pub(crate) fn holders(graph: &Graph) -> impl Iterator<Item = Node> {
    let principals = (0..graph.principals.len() as u32).map(|id| Node::Principal(PrincipalId(id)));
    principals.chain((0..graph.groups.len() as u32).map(|id| Node::Group(GroupId(id))))
}

/// The nodes from which one starts, and all that are reached from them.
pub(crate) fn spread<I: Iterator<Item = Node>>(
    from: impl IntoIterator<Item = Node>,
    next: impl Fn(Node) -> I,
) -> BTreeSet<Node> {
    let mut open: Vec<Node> = from.into_iter().collect();
    let mut found: BTreeSet<Node> = open.iter().copied().collect();
    while let Some(node) = open.pop() {
        open.extend(next(node).filter(|&node| found.insert(node)));
    }
    found
}

/// For each node that leads to the target: in how many ways, and in how few steps.
struct Reach {
    nodes: BTreeMap<Node, Ways>,
}

#[derive(Clone, Copy)]
struct Ways {
    paths: u64,
    fewest: usize,
}

/// A path that has been begun: how long it will at least be, and its steps, each by the node that it
/// enters (ids order as names do) and its number among the memberships of the node that it leaves.
type Begun = Reverse<(usize, Vec<(Node, usize)>)>;

impl Reach {
    fn towards(graph: &Graph, from: Node, to: Node) -> Self {
        let mut nodes = BTreeMap::from([(to, Ways { paths: 1, fewest: 0 })]);
        for node in postorder(graph, from, to) {
            let ways = steps(graph, node).filter_map(|step| nodes.get(&step.to).copied());
            if let Some(ways) = ways.reduce(Ways::or) {
                nodes.entry(node).or_insert(Ways { paths: ways.paths, fewest: ways.fewest + 1 });
            }
        }
        Self { nodes }
    }

    /// Best-first: what is begun is extended only if it is among the shortest, so that each extension
    /// lies on a path that is listed.
    fn shortest<'g>(&self, graph: &'g Graph, from: Node, to: Node, limit: usize) -> Vec<Vec<Step<'g>>> {
        let mut found = Vec::new();
        let mut begun: BinaryHeap<Begun> =
            self.nodes.get(&from).map(|ways| Reverse((ways.fewest, vec![]))).into_iter().collect();
        while found.len() < limit {
            let Some(Reverse((_, mut path))) = begun.pop() else { break };
            let next = self.follow(graph, from, to, &mut path);
            if next.is_empty() {
                found.push(written(graph, from, &path));
            }
            for (node, number, ways) in next {
                let longer: Vec<_> = path.iter().copied().chain([(node, number)]).collect();
                begun.push(Reverse((longer.len() + ways.fewest, longer)));
            }
        }
        found
    }

    /// Extends a path up to the target, or to where there are several ways on: these. With one way on it
    /// stays what is to be extended next, since nothing comes between a path and what begins with it.
    fn follow(
        &self,
        graph: &Graph,
        from: Node,
        to: Node,
        path: &mut Vec<(Node, usize)>,
    ) -> Vec<(Node, usize, Ways)> {
        loop {
            let end = path.last().map_or(from, |&(node, _)| node);
            let next = if end == to { vec![] } else { self.next(graph, end) };
            let [(node, number, _)] = next[..] else { return next };
            path.push((node, number));
        }
    }

    /// The nodes by which one comes nearer to the target, with the numbers of the memberships.
    fn next(&self, graph: &Graph, node: Node) -> Vec<(Node, usize, Ways)> {
        let leading =
            |(number, step): (usize, Step<'_>)| self.nodes.get(&step.to).map(|&ways| (step.to, number, ways));
        steps(graph, node).enumerate().filter_map(leading).collect()
    }
}

impl Ways {
    fn or(self, other: Self) -> Self {
        Self { paths: self.paths.saturating_add(other.paths), fewest: self.fewest.min(other.fewest) }
    }
}

fn written<'g>(graph: &'g Graph, from: Node, path: &[(Node, usize)]) -> Vec<Step<'g>> {
    let starts = std::iter::once(from).chain(path.iter().map(|&(node, _)| node));
    starts.zip(path).filter_map(|(start, &(_, number))| steps(graph, start).nth(number)).collect()
}

/// The groups that `from` reaches, and `from`, each after all that it holds.
fn postorder(graph: &Graph, from: Node, to: Node) -> Vec<Node> {
    let mut order = Vec::new();
    let mut entered = BTreeSet::from([to]);
    let mut open = vec![(from, false)];
    while let Some((node, left)) = open.pop() {
        if left {
            order.push(node);
        } else if entered.insert(node) {
            open.push((node, true));
            let groups = steps(graph, node).map(|step| step.to).filter(|to| matches!(to, Node::Group(_)));
            open.extend(groups.map(|group| (group, false)));
        }
    }
    order
}
