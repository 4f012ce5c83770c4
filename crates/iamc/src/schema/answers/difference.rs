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
        "sensitive": or_null(list(touched())),
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
        "attached": or_null(attached()),
        "source": or_null(source()),
        "by-deny": { "type": "boolean" },
        "conditions": definition("conditions"),
        "witness": witness(),
        "open": list(string()),
        "causes": list(cause()),
        "risk": risks(),
    }));
    for key in ["actions", "not-actions", "resources", "not-resources"] {
        access["properties"][key] = list(string());
    }
    access
}

fn attached() -> Value {
    object(json!({ "arn": string(), "sid": or_null(string()) }))
}

fn source() -> Value {
    object(json!({ "side": side(), "file": string(), "line": number(), "column": number() }))
}

fn witness() -> Value {
    object(json!({
        "action": string(),
        "resource": string(),
        "context": definition("context"),
        "absent": list(string()),
        "known-action": { "type": "boolean" },
    }))
}

fn touched() -> Value {
    object(json!({
        "principal": string(),
        "kind": principal_kind(),
        "listed": object(json!({
            "actions": list(string()),
            "resources": list(string()),
            "because": or_null(string()),
            "file": string(),
            "line": number(),
            "column": number(),
        })),
        "policy": or_null(string()),
        "attached": or_null(attached()),
        "source": or_null(source()),
        "witness": or_null(witness()),
        "open": list(string()),
        "unknown": or_null(string()),
        "through": list(string()),
        "certain": { "type": "boolean" },
        "trust": or_null(cause()),
    }))
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
