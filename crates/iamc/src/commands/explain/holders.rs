//! Who holds a group or a policy, and by which paths.

use iamc_graph::paths::{self, Node, Step};
use iamc_model::Graph;

use super::View;
use crate::answer::{Cell, Table, count};
use iamc_graph::bounds::{self, Bound};

/// Paths that are shown for each principal.
const PATHS: usize = 3;

impl View<'_> {
    /// Every principal that reaches the node, with its shortest paths.
    pub(super) fn holders(&self, node: Node) -> String {
        let graph = &self.compilation.graph;
        let holders = principals_above(graph, node);
        let mut table = Table::indented(2);
        for &holder in &holders {
            table.row([
                Cell::plain(holder.kind(graph)),
                Cell::painted(holder.name(graph), |text| self.paint.strong(text)),
                self.bound(latest(graph, holder, node)),
            ]);
            self.paths(holder, node).into_iter().for_each(|path| table.line(path));
        }
        match holders.len() {
            0 => format!("{}\n", self.paint.strong("Held by nobody")),
            number => self.section(&format!("Held by {}", count(number, "principal", "principals")), &table),
        }
    }

    fn paths(&self, holder: Node, node: Node) -> Vec<String> {
        let found = paths::find(&self.compilation.graph, holder, node, PATHS);
        let mut lines: Vec<String> = found.paths.iter().map(|path| self.path(path)).collect();
        let more = found.total.saturating_sub(found.paths.len() as u64);
        if more > 0 {
            lines.push(self.paint.dim(&format!("    and {}", count(more, "more path", "more paths"))));
        }
        lines
    }

    /// `TeamML engineers.toml:4 › Base groups/teams.toml:8`
    fn path(&self, path: &[Step<'_>]) -> String {
        let steps: Vec<String> = path.iter().map(|step| self.step(step)).collect();
        format!("    {}", steps.join(" › "))
    }

    fn step(&self, step: &Step<'_>) -> String {
        let name = step.to.name(&self.compilation.graph);
        let name = if matches!(step.to, Node::Group(_)) { self.paint.group(name) } else { name.to_owned() };
        let place = self.paint.dim(&self.places.line(step.span));
        let until = step.until.map(|until| format!(" {}", self.paint.bounded(&bounds::until(until))));
        format!("{name} {place}{}", until.unwrap_or_default())
    }
}

/// The principals that reach a node, by name.
pub(super) fn principals_above(graph: &Graph, node: Node) -> Vec<Node> {
    let above = paths::ancestors(graph, node).into_iter();
    above.filter(|above| matches!(above, Node::Principal(_))).collect()
}

/// Until when `holder` reaches `node`.
pub(super) fn latest(graph: &Graph, holder: Node, node: Node) -> Bound {
    bounds::reached(graph, holder).get(&node).copied().unwrap_or(Bound::Permanent)
}
