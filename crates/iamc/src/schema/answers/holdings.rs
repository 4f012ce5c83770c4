//! `iamc explain NAME --format json`

use serde_json::{Value, json};

use super::super::shared::definition;
use super::shared::{list, number, object, one_of, or_null, principal_kind, string};

/// Everything that has the name.
pub(super) fn answer() -> Value {
    object(json!({
        "name": string(),
        "answers": list(json!({ "oneOf": [of_principal(), of_group(), of_policy()] })),
    }))
}

/// What every answer says, and what only those of a kind say.
fn node(kind: Value, own: Value) -> Value {
    let mut properties = json!({
        "kind": kind,
        "name": string(),
        "description": or_null(string()),
        "source": definition("place"),
    });
    for (key, value) in own.as_object().into_iter().flatten() {
        properties[key] = value.clone();
    }
    object(properties)
}

fn of_principal() -> Value {
    let mut policy = policy();
    policy["properties"]["emitted"] = list(string());
    let own = json!({
        "policies": list(policy),
        "kubernetes-groups": list(string()),
        "stack": or_null(stack()),
    });
    node(principal_kind(), own)
}

fn of_group() -> Value {
    let member = object(json!({
        "kind": one_of(&["group", "policy"]),
        "name": string(),
        "file": string(),
        "line": number(),
        "until": or_null(definition("instant")),
        "reason": or_null(string()),
    }));
    let own = json!({
        "holds": list(member),
        "policies": list(policy()),
        "kubernetes-groups": list(string()),
        "held-by": held_by(),
    });
    node(one_of(&["group"]), own)
}

fn of_policy() -> Value {
    let template = object(json!({ "name": string(), "source": definition("place") }));
    let own = json!({ "statement": statement(), "template": or_null(template), "held-by": held_by() });
    node(one_of(&["policy"]), own)
}

fn policy() -> Value {
    object(json!({
        "policy": string(),
        "effect": one_of(&["Allow", "Deny"]),
        "until": or_null(definition("instant")),
        "source": definition("place"),
        "paths": definition("paths"),
        "paths-total": number(),
    }))
}

fn held_by() -> Value {
    list(object(json!({
        "principal": string(),
        "kind": principal_kind(),
        "until": or_null(definition("instant")),
        "paths": definition("paths"),
        "paths-total": number(),
    })))
}

fn statement() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "effect": one_of(&["Allow", "Deny"]),
            "actions": list(string()),
            "not-actions": list(string()),
            "resources": list(string()),
            "not-resources": list(string()),
            "conditions": definition("conditions"),
        },
        "required": ["effect"],
    })
}

fn stack() -> Value {
    object(json!({
        "name": string(),
        "file": string(),
        "rung": string(),
        "managed-policies": list(object(json!({
            "name": string(),
            "statements": number(),
            "characters": number(),
            "limit": number(),
        }))),
        "managed-policies-limit": number(),
        "managed-policy-arns": list(string()),
        "permissions-boundary": or_null(string()),
        "tags": { "type": "object", "additionalProperties": string() },
        "after": list(string()),
    }))
}
