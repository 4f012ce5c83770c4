//! policies/**/*.toml

use serde_json::{Value, json};

use super::shared::{NAME, NAME_WITH_PLACEHOLDERS, definition, named, table};

/// The tables of such a file.
pub(super) fn tables() -> Value {
    json!({
        "policy": named("Atomic policies: one IAM statement each.", NAME_WITH_PLACEHOLDERS, policy()),
        "template": named("Statements with parameters, for policies to be made from.", NAME, template()),
    })
}

fn policy() -> Value {
    let mut properties = statement();
    properties["template"] = json!({
        "description": "The template that the policy is made from; only description, conditions, for-each and silence may stand beside it.",
        "type": "string",
        "pattern": NAME,
    });
    properties["with"] = json!({
        "description": "A value for every parameter of the template.",
        "type": "object",
        "additionalProperties": false,
        "patternProperties": { (NAME): { "type": "string", "minLength": 1 } },
        "examples": [{ "bucket": "my-bucket" }],
    });
    properties["for-each"] = definition("for-each");
    let mut policy = table("One IAM statement.", properties, &[]);
    policy["if"] = json!({ "required": ["template"] });
    policy["then"] = json!({ "properties": {
        "effect": false,
        "actions": false,
        "not-actions": false,
        "resources": false,
        "not-resources": false,
    } });
    policy["else"] = json!({ "allOf": one_of_each(), "properties": { "with": false } });
    policy
}

fn template() -> Value {
    let mut properties = statement();
    properties["parameters"] = json!({
        "description": "Placeholders that each policy has to fill by `with`.",
        "type": "array",
        "uniqueItems": true,
        "items": { "type": "string", "pattern": NAME },
        "examples": [["bucket"]],
    });
    let mut template = table("A statement with parameters.", properties, &[]);
    template["allOf"] = one_of_each();
    template
}

/// Exactly one of actions and not-actions, and of resources and not-resources.
fn one_of_each() -> Value {
    json!([
        { "oneOf": [{ "required": ["actions"] }, { "required": ["not-actions"] }] },
        { "oneOf": [{ "required": ["resources"] }, { "required": ["not-resources"] }] },
    ])
}

fn statement() -> Value {
    json!({
        "description": definition("description"),
        "effect": {
            "description": "A Deny wins over every Allow.",
            "type": "string",
            "enum": ["Allow", "Deny"],
            "default": "Allow",
        },
        "actions": list("What is allowed (or denied).", "action"),
        "not-actions": list("Everything but these.", "action"),
        "resources": list("What it is allowed (or denied) on.", "resource"),
        "not-resources": list("Everything but these.", "resource"),
        "conditions": definition("conditions"),
        "silence": definition("silence"),
    })
}

fn list(description: &str, item: &str) -> Value {
    json!({ "description": description, "type": "array", "minItems": 1, "items": definition(item) })
}
