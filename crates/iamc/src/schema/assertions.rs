//! assertions.toml, assertions/**/*.toml

use iamc_model::assertion::Expectation;
use serde_json::{Value, json};

use super::principals;
use super::shared::{NAME, definition, table, text};

/// The tables of such a file.
pub(super) fn tables() -> Value {
    json!({ "assert": {
        "description": "What must and must not be allowed (`iamc test`).",
        "type": "array",
        "items": assertion(),
    } })
}

fn assertion() -> Value {
    let mut assertion = table(
        "One assertion: of whom (at least one of who, groups and everyone), what, and what is expected.",
        json!({
            "who": not_empty(principals("Principals by name.")),
            "groups": not_empty(groups("All who hold one of these groups, by any path.")),
            "everyone": flag("All principals."),
            "except": table(
                "Who is left out.",
                json!({
                    "who": principals("Principals by name."),
                    "groups": groups("All who hold one of these groups."),
                }),
                &[],
            ),
            "action": definition("action"),
            "resource": {
                "description": "A resource, or a pattern that stands for all that it covers; without placeholders.",
                "type": "string",
                "pattern": r"^(\*|arn:[^{}]*)$",
                "examples": ["arn:aws:s3:::my-bucket/x"],
            },
            "context": context(),
            "at": {
                "description": "The value of aws:CurrentTime: an unquoted offset date-time. Without it the time is unknown.",
                "type": "string",
                "examples": ["2027-01-01T00:00:00Z"],
            },
            "exact": flag("The given context is the whole context, as AWS would see it."),
            "direct": flag("Leaves out roles that can be assumed (for `never`)."),
            "expect": {
                "description": "What must come out. `never`: no request that the patterns cover may be allowed or conditional.",
                "type": "string",
                "enum": Expectation::ALL.map(Expectation::name),
            },
            "because": text("Why, for people."),
        }),
        &["action", "expect"],
    );
    assertion["anyOf"] =
        json!([{ "required": ["who"] }, { "required": ["groups"] }, { "required": ["everyone"] }]);
    assertion
}

fn context() -> Value {
    json!({
        "description": "Condition keys with their values, for the request.",
        "type": "object",
        "additionalProperties": { "type": "array", "items": { "type": "string" } },
        "examples": [{ "s3:prefix": ["devserver/a"] }],
    })
}

fn principals(description: &str) -> Value {
    json!({ "description": description, "type": "array", "items": principals::name() })
}

fn groups(description: &str) -> Value {
    json!({ "description": description, "type": "array", "items": { "type": "string", "pattern": NAME } })
}

fn not_empty(mut array: Value) -> Value {
    array["minItems"] = json!(1);
    array
}

fn flag(description: &str) -> Value {
    json!({ "description": description, "type": "boolean", "default": false })
}
