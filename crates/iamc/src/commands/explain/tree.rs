//! The tree of what a node holds, each membership with the place where it is written.

use std::collections::BTreeSet;

use iamc_graph::paths::{self, Node, Step};
use iamc_model::Graph;
use iamc_model::declaration::Effect;

use super::View;
use crate::answer::{Cell, Table};
use crate::{bounds, nodes};

/// One membership in the tree.
struct Branch<'g> {
    step: Step<'g>,
    /// The lines that lead to it from above.
    rails: String,
    /// Whether what it holds was shown before.
    repeated: bool,
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
        self.section("Holds", &table)
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
        let name = nodes::name(graph, node);
        match node {
            Node::Policy(id) if graph.policy(id).effect == Effect::Deny => {
                Cell::plain(name).then(Cell::painted(" Deny", |text| self.paint.deny(text)))
            }
            Node::Policy(_) => Cell::plain(name),
            Node::Group(_) | Node::Principal(_) => Cell::painted(name, |text| self.paint.group(text)),
        }
    }
}

/// The tree in the order of its lines. A group that is met again is not entered again.
fn branches(graph: &Graph, root: Node) -> Vec<Branch<'_>> {
    let mut branches = Vec::new();
    let mut entered = BTreeSet::new();
    let mut open = below(graph, root, "", true);
    while let Some((step, rails, under)) = open.pop() {
        let is_new = entered.insert(step.to);
        let is_full = paths::steps(graph, step.to).next().is_some();
        if is_new {
            open.extend(below(graph, step.to, &under, false));
        }
        branches.push(Branch { step, rails, repeated: !is_new && is_full });
    }
    branches
}

/// The memberships of a node with the rails that lead to each and to what is under it, last first.
fn below<'g>(graph: &'g Graph, node: Node, rails: &str, top: bool) -> Vec<(Step<'g>, String, String)> {
    let mut steps: Vec<Step<'_>> = paths::steps(graph, node).collect();
    steps.sort_by_key(|step| (matches!(step.to, Node::Group(_)), step.to, step.span));
    let last = steps.len().saturating_sub(1);
    let branch = |(at, step)| match (top, at == last) {
        (true, _) => (step, String::new(), String::new()),
        (false, false) => (step, format!("{rails}├─ "), format!("{rails}│  ")),
        (false, true) => (step, format!("{rails}└─ "), format!("{rails}   ")),
    };
    steps.into_iter().enumerate().map(branch).rev().collect()
}
