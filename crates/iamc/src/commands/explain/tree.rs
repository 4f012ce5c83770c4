//! The tree of what a node holds, each membership with the place where it is written.

use std::collections::BTreeSet;

use iamc_graph::bounds;
use iamc_graph::paths::{self, Node, Step};
use iamc_model::Graph;
use iamc_model::declaration::Effect;

use super::View;
use crate::answer::{Cell, Table, count};

/// How many memberships below one another are drawn.
const LEVELS: usize = 60;

/// One membership in the tree.
struct Branch<'g> {
    step: Step<'g>,
    /// The lines that lead to it from above.
    rails: String,
    /// Whether what it holds was shown before.
    repeated: bool,
}

/// A membership that is yet to be drawn.
struct Open<'g> {
    step: Step<'g>,
    rails: String,
    /// The lines that lead to what is under it.
    under: String,
    level: usize,
}

impl View<'_> {
    /// What a node holds, policies before groups, each by name.
    pub(super) fn tree(&self, node: Node) -> String {
        let mut table = Table::indented(2);
        let branches = branches(&self.compilation.graph, node);
        branches.iter().for_each(|branch| table.row(self.branch(branch)));
        if branches.is_empty() {
            table.line("  nothing");
        }
        if let Some(deeper) = self.deeper(node, &branches) {
            table.line(self.paint.dim(&format!("  deeper than {LEVELS} levels: {deeper}")));
        }
        self.section("Holds", &table)
    }

    /// What is held and stands nowhere in the tree: `3 groups and 1 policy`.
    fn deeper(&self, node: Node, branches: &[Branch<'_>]) -> Option<String> {
        let drawn: BTreeSet<Node> = branches.iter().map(|branch| branch.step.to).collect();
        let held = paths::descendants(&self.compilation.graph, node);
        let (groups, policies): (Vec<Node>, Vec<Node>) =
            held.difference(&drawn).partition(|node| matches!(node, Node::Group(_)));
        let counts = [
            (groups.len(), count(groups.len(), "group", "groups")),
            (policies.len(), count(policies.len(), "policy", "policies")),
        ];
        let some: Vec<String> = counts.into_iter().filter(|it| it.0 > 0).map(|(_, count)| count).collect();
        (!some.is_empty()).then(|| some.join(" and "))
    }

    fn branch(&self, branch: &Branch<'_>) -> [Cell; 4] {
        let step = &branch.step;
        let repeated = if branch.repeated { " (shown above)" } else { "" };
        let label = Cell::painted(&branch.rails, |text| self.paint.dim(text))
            .then(self.member(step.to))
            .then(Cell::painted(repeated, |text| self.paint.dim(text)));
        let until = step.until.map(bounds::until).unwrap_or_default();
        [
            label,
            Cell::painted(&until, |text| self.paint.bounded(text)),
            self.place(step.span),
            Cell::plain(step.reason.unwrap_or_default()),
        ]
    }

    fn member(&self, node: Node) -> Cell {
        let graph = &self.compilation.graph;
        let name = node.name(graph);
        match node {
            Node::Policy(id) if graph.policy(id).effect == Effect::Deny => {
                Cell::plain(name).then(Cell::painted(" Deny", |text| self.paint.deny(text)))
            }
            Node::Policy(_) => Cell::plain(name),
            Node::Group(_) | Node::Principal(_) => Cell::painted(name, |text| self.paint.group(text)),
        }
    }
}

/// The tree in the order of its lines. A group that is met again is not entered again, nor one at the last
/// level.
fn branches(graph: &Graph, root: Node) -> Vec<Branch<'_>> {
    let mut branches = Vec::new();
    let mut entered = BTreeSet::new();
    let mut open = below(graph, root, "", 1);
    while let Some(Open { step, rails, under, level }) = open.pop() {
        let is_full = paths::steps(graph, step.to).next().is_some();
        let repeated = is_full && entered.contains(&step.to);
        if level < LEVELS && entered.insert(step.to) {
            open.extend(below(graph, step.to, &under, level + 1));
        }
        branches.push(Branch { step, rails, repeated });
    }
    branches
}

/// The memberships of a node with the rails that lead to each and to what is under it, last first.
fn below<'g>(graph: &'g Graph, node: Node, rails: &str, level: usize) -> Vec<Open<'g>> {
    let mut steps: Vec<Step<'_>> = paths::steps(graph, node).collect();
    steps.sort_by_key(|step| (matches!(step.to, Node::Group(_)), step.to, step.span));
    let last = steps.len().saturating_sub(1);
    let signs = |at| match (level, at == last) {
        (1, _) => ("", ""),
        (_, false) => ("├─ ", "│  "),
        (_, true) => ("└─ ", "   "),
    };
    let open = |(at, step)| {
        let (to_it, to_what_is_under) = signs(at);
        Open { step, rails: format!("{rails}{to_it}"), under: format!("{rails}{to_what_is_under}"), level }
    };
    steps.into_iter().enumerate().map(open).rev().collect()
}
