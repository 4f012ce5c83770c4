//! What answers have in common.

use iamc_access::Decision;
use iamc_model::{Operator, PrincipalKind};
use serde_json::{Value, json};

use super::super::shared::definition;

/// A closed object, all of whose keys are always there.
pub(super) fn object(properties: Value) -> Value {
    let keys: Vec<&String> = properties.as_object().into_iter().flat_map(|object| object.keys()).collect();
    let required = json!(keys);
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "required": required,
    })
}

/// A list of what `items` describes.
pub(super) fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// What `schema` describes, or null.
pub(super) fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// Any string.
pub(super) fn string() -> Value {
    json!({ "type": "string" })
}

/// A whole number, not below zero.
pub(super) fn number() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// Any of these strings.
pub(super) fn one_of(names: &[&str]) -> Value {
    json!({ "type": "string", "enum": names })
}

/// The kinds of principals, as TOML calls them.
pub(super) fn principal_kind() -> Value {
    one_of(&PrincipalKind::ALL.map(PrincipalKind::key))
}

/// Everything that is referred to by name.
pub(super) fn definitions() -> Value {
    json!({
        "decision": decision(),
        "place": object(json!({ "file": string(), "line": number(), "column": number() })),
        "instant": { "description": "2027-01-01T00:00:00Z", "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$" },
        "context": {
            "description": "Condition keys with their values.",
            "type": "object",
            "additionalProperties": list(string()),
        },
        "conditions": conditions(),
        "request": object(json!({
            "action": string(),
            "resource": or_null(string()),
            "context": definition("context"),
            "at": or_null(definition("instant")),
            "exact": { "type": "boolean" },
        })),
        "example": object(json!({
            "decision": definition("decision"),
            "action": string(),
            "resource": string(),
            "context": definition("context"),
        })),
        "paths": {
            "description": "Shortest first; at most 100. What is held directly has one empty path.",
            "type": "array",
            "maxItems": 100,
            "items": list(object(json!({
                "group": string(),
                "file": string(),
                "line": number(),
                "until": or_null(definition("instant")),
                "reason": or_null(string()),
            }))),
        },
    })
}

fn conditions() -> Value {
    let operators: Vec<String> = Operator::all().map(|operator| operator.to_string()).collect();
    json!({
        "description": "Operators, keys, values.",
        "type": "object",
        "propertyNames": { "enum": operators },
        "additionalProperties": { "type": "object", "additionalProperties": list(string()) },
    })
}

fn decision() -> Value {
    let all = [
        Decision::Allowed,
        Decision::PartlyAllowed,
        Decision::Conditional,
        Decision::ExplicitlyDenied,
        Decision::ImplicitlyDenied,
    ];
    one_of(&all.map(Decision::name))
}
