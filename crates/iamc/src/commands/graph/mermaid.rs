//! The graph for Mermaid: <https://mermaid.js.org/syntax/flowchart.html>

use iamc_graph::bounds;
use iamc_graph::paths::{Node, Step};
use iamc_model::PrincipalKind;
use iamc_model::declaration::Effect;

use super::Part;

/// Principals are rounded, groups boxes, policies slanted; a Deny is red, a bounded membership dotted.
pub(super) fn write(part: &Part<'_>) -> String {
    let nodes = part.nodes.iter().map(|&node| write_node(part, node));
    let edges = part.edges().into_iter().map(|(from, step)| write_edge(part, from, &step));
    let lines: String = nodes.chain(edges).collect();
    let deny = if has_deny(part) { "  classDef deny color:#c00,stroke:#c00\n" } else { "" };
    format!("flowchart LR\n{lines}{deny}")
}

fn has_deny(part: &Part<'_>) -> bool {
    part.nodes.iter().any(|&node| is_deny(part, node))
}

fn is_deny(part: &Part<'_>, node: Node) -> bool {
    matches!(node, Node::Policy(id) if part.graph.policy(id).effect == Effect::Deny)
}

fn write_node(part: &Part<'_>, node: Node) -> String {
    let (open, close) = shape(part, node);
    let class = if is_deny(part, node) { ":::deny" } else { "" };
    format!("  {}{open}{}{close}{class}\n", id(part, node), quote(node.name(part.graph)))
}

fn shape(part: &Part<'_>, node: Node) -> (&'static str, &'static str) {
    match node {
        Node::Principal(id) => match part.graph.principal(id).kind {
            PrincipalKind::Engineer => ("([", "])"),
            PrincipalKind::ServiceUser => ("{{", "}}"),
            PrincipalKind::Role => ("[[", "]]"),
        },
        Node::Group(_) => ("[", "]"),
        Node::Policy(_) => ("[/", "/]"),
    }
}

fn write_edge(part: &Part<'_>, from: Node, step: &Step<'_>) -> String {
    let arrow = match step.until {
        Some(until) => format!("-. {} .->", quote(&bounds::until(until))),
        None => "-->".to_owned(),
    };
    format!("  {} {arrow} {}\n", id(part, from), id(part, step.to))
}

/// A word that Mermaid takes for a name and that no two nodes share: what is not a letter or digit is
/// written as its number.
fn id(part: &Part<'_>, node: Node) -> String {
    let name = node.name(part.graph).chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() => c.to_string(),
        c => format!("_{:x}_", u32::from(c)),
    });
    format!("{}_{}", node.kind(part.graph).replace('-', ""), name.collect::<String>())
}

fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('#', "#35;").replace('"', "#quot;"))
}
