//! The graph for Graphviz: <https://graphviz.org/doc/info/lang.html>

use iamc_graph::bounds;
use iamc_graph::paths::{Node, Step};
use iamc_model::PrincipalKind;
use iamc_model::declaration::Effect;

use super::Part;

/// Principals are ellipses and the like, groups folders, policies notes; a Deny is red, a bounded
/// membership dashed.
pub(super) fn write(part: &Part<'_>) -> String {
    let nodes = part.nodes.iter().map(|&node| write_node(part, node));
    let edges = part.edges().into_iter().map(|(from, step)| write_edge(part, from, &step));
    let lines: String = nodes.chain(edges).collect();
    format!("digraph iamc {{\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n{lines}}}\n")
}

fn write_node(part: &Part<'_>, node: Node) -> String {
    let label = quote(node.name(part.graph));
    format!("  {} [label={label}, {}];\n", id(part, node), style(part, node))
}

fn style(part: &Part<'_>, node: Node) -> &'static str {
    match node {
        Node::Principal(id) => match part.graph.principal(id).kind {
            PrincipalKind::Engineer => "shape=ellipse",
            PrincipalKind::ServiceUser => "shape=hexagon",
            PrincipalKind::Role => "shape=house",
        },
        Node::Group(_) => "shape=folder",
        Node::Policy(id) => match part.graph.policy(id).effect {
            Effect::Allow => "shape=note",
            Effect::Deny => "shape=note, color=red, fontcolor=red",
        },
    }
}

fn write_edge(part: &Part<'_>, from: Node, step: &Step<'_>) -> String {
    let style = step.until.map(|until| format!(" [label={}, style=dashed]", quote(&bounds::until(until))));
    format!("  {} -> {}{};\n", id(part, from), id(part, step.to), style.unwrap_or_default())
}

fn id(part: &Part<'_>, node: Node) -> String {
    quote(&format!("{}:{}", node.kind(part.graph), node.name(part.graph)))
}

fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
