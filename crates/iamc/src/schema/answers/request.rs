//! `iamc explain NAME ACTION [RESOURCE] --format json`

use iamc_model::Operator;
use serde_json::{Value, json};

use super::super::shared::definition;
use super::shared::{list, number, object, one_of, or_null, principal_kind, string};

/// The answer to a request.
pub(super) fn answer() -> Value {
    object(json!({
        "principal": string(),
        "kind": principal_kind(),
        "request": definition("request"),
        "decision": definition("decision"),
        "statements": list(statement(&["matched", "conditional"])),
        "near-misses": list(statement(&["missed", "conditional"])),
        "resources": or_null(list(string())),
        "examples": list(definition("example")),
        "doubts": list(string()),
        "unknown-documents": list(string()),
    }))
}

fn statement(results: &[&str]) -> Value {
    object(json!({
        "policy": or_null(string()),
        "effect": one_of(&["Allow", "Deny"]),
        "result": one_of(results),
        "source": or_null(definition("place")),
        "template": or_null(object(json!({ "name": string(), "source": definition("place") }))),
        "emitted": or_null(emitted()),
        "attached": or_null(object(json!({
            "arn": string(),
            "version": or_null(string()),
            "sid": or_null(string()),
            "source": or_null(definition("place")),
        }))),
        "until": or_null(definition("instant")),
        "unmet": list(json!({ "oneOf": [part("action"), part("resource"), condition()] })),
        "paths": definition("paths"),
        "paths-total": number(),
    }))
}

/// A statement that had to be divided can stand in several managed policies.
fn emitted() -> Value {
    let mut emitted = object(json!({ "file": string(), "managed-policy": string() }));
    emitted["properties"]["also-in"] = list(string());
    emitted
}

/// An action or a resource that fails or is not known.
fn part(name: &str) -> Value {
    let patterns = |key: String| object(json!({ (key): list(string()) }));
    let got = if name == "resource" { or_null(string()) } else { string() };
    let mut part = object(json!({
        "part": one_of(&[name]),
        "wanted": { "oneOf": [patterns(format!("{name}s")), patterns(format!("not-{name}s"))] },
        "got": got,
        "open": { "type": "boolean" },
    }));
    if name == "resource" {
        part["properties"]["doubt"] = or_null(string());
    }
    part
}

fn condition() -> Value {
    let operators: Vec<String> = Operator::all().map(|operator| operator.to_string()).collect();
    object(json!({
        "part": one_of(&["condition"]),
        "wanted": object(json!({
            "operator": { "type": "string", "enum": operators },
            "key": string(),
            "values": list(string()),
        })),
        "got": or_null(list(string())),
        "open": { "type": "boolean" },
        "words": string(),
        "doubt": or_null(string()),
    }))
}
