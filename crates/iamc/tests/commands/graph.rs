use serde_json::Value;

use crate::{golden, json, usage_error};

#[test]
fn for_graphviz() {
    golden("graph", "graph.dot");
}

#[test]
fn for_mermaid() {
    golden("graph --format mermaid", "graph.mmd");
}

#[test]
fn for_programs() {
    golden("graph --format json", "graph.json");
}

#[test]
fn a_focus_has_what_is_above_and_below() {
    golden("graph --focus OnCall", "graph-focus.dot");
}

#[test]
fn a_focus_is_on_all_that_share_a_name() {
    let graph = json("graph --focus Audit --format json");
    let ids: Vec<&str> = graph["nodes"].as_array().unwrap().iter().map(|node| text(&node["id"])).collect();
    assert_eq!(ids, ["engineer:Audit", "role:Deploy", "group:Audit", "policy:Audit"]);
}

#[test]
fn an_unknown_focus() {
    usage_error(
        "graph --focus Basse",
        "error: no principal, group or policy is named `Basse`\n  help: did you mean `Base`?\n",
    );
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
