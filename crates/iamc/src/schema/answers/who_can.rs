//! `iamc who-can --format json`

use serde_json::{Value, json};

use super::super::shared::definition;
use super::shared::{list, object, or_null, principal_kind, string};

/// Everybody who was asked for.
pub(super) fn answer() -> Value {
    object(json!({ "request": definition("request"), "principals": list(principal()) }))
}

fn principal() -> Value {
    object(json!({
        "principal": string(),
        "kind": principal_kind(),
        "decision": definition("decision"),
        "policies": list(string()),
        "groups": list(or_null(string())),
        "through": list(string()),
        "depends-on": list(string()),
        "examples": list(definition("example")),
        "unknown-documents": list(string()),
    }))
}
