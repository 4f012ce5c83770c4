//! `iamc diff --format json`

use iamc_diff::{Aspect, Risk};
use serde_json::{Value, json};

use super::super::shared::definition;
use super::shared::{list, number, object, one_of, or_null, principal_kind, string};

/// Everything that differs.
pub(super) fn answer() -> Value {
    object(json!({
        "base": string(),
        "head": string(),
        "principals": list(principal()),
        "project": list(change()),
    }))
}

fn principal() -> Value {
    object(json!({
        "principal": string(),
        "kind": principal_kind(),
        "change": one_of(&["changed", "added", "removed"]),
        "gains": list(access()),
        "losses": list(access()),
        "unknown": list(object(json!({ "of": one_of(&["gains", "losses"]), "reason": string() }))),
        "other": list(change()),
    }))
}

/// Of `actions` and `not-actions` one is there, and of `resources` and `not-resources`.
fn access() -> Value {
    let mut access = object(json!({
        "policy": or_null(string()),
        "attached": or_null(object(json!({ "arn": string(), "sid": or_null(string()) }))),
        "source": or_null(object(json!({
            "side": side(),
            "file": string(),
            "line": number(),
            "column": number(),
        }))),
        "by-deny": { "type": "boolean" },
        "conditions": definition("conditions"),
        "witness": object(json!({
            "action": string(),
            "resource": string(),
            "context": definition("context"),
            "absent": list(string()),
            "known-action": { "type": "boolean" },
        })),
        "causes": list(cause()),
        "risk": risks(),
    }));
    for key in ["actions", "not-actions", "resources", "not-resources"] {
        access["properties"][key] = list(string());
    }
    access
}

fn change() -> Value {
    object(json!({
        "aspect": one_of(&Aspect::ALL.map(Aspect::name)),
        "words": string(),
        "causes": list(cause()),
        "risk": risks(),
    }))
}

fn cause() -> Value {
    object(json!({
        "words": string(),
        "side": side(),
        "file": or_null(string()),
        "line": or_null(number()),
        "column": or_null(number()),
    }))
}

fn side() -> Value {
    one_of(&["base", "head"])
}

fn risks() -> Value {
    list(one_of(&Risk::ALL.map(Risk::name)))
}
