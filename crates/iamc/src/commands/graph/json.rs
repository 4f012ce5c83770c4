//! The graph for programs, in the shape that `--help` describes.

use iamc_graph::paths::{Node, Step};
use serde_json::{Value, json};

use super::Part;
use crate::answer::Places;

/// For `--help`.
pub(super) const SHAPE: &str = r#"JSON:
  { "nodes": [ { "id", "kind", "name", "effect", "file", "line" } ],
    "edges": [ { "from", "to", "until", "reason", "file", "line" } ] }
  An id is kind:name; "effect" stands on policies only; "until" is the first
  instant at which the membership no longer holds, or null."#;

/// Nodes by kind and name, edges by their ends.
pub(super) fn write(part: &Part<'_>, places: Places<'_>) -> Value {
    let nodes: Vec<Value> = part.nodes.iter().map(|&node| write_node(part, places, node)).collect();
    let edges = part.edges();
    let edges: Vec<Value> = edges.iter().map(|(from, step)| write_edge(part, places, *from, step)).collect();
    json!({ "nodes": nodes, "edges": edges })
}

fn write_node(part: &Part<'_>, places: Places<'_>, node: Node) -> Value {
    let mut object = json!({
        "id": id(part, node),
        "kind": node.kind(part.graph),
        "name": node.name(part.graph),
    });
    if let Node::Policy(id) = node {
        object["effect"] = json!(part.graph.policy(id).effect.name());
    }
    places.add(node.span(part.graph), &mut object);
    object
}

fn write_edge(part: &Part<'_>, places: Places<'_>, from: Node, step: &Step<'_>) -> Value {
    let mut object = json!({
        "from": id(part, from),
        "to": id(part, step.to),
        "until": step.until.map(|until| until.to_string()),
        "reason": step.reason,
    });
    places.add(step.span, &mut object);
    object
}

fn id(part: &Part<'_>, node: Node) -> String {
    format!("{}:{}", node.kind(part.graph), node.name(part.graph))
}
