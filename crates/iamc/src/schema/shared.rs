//! What the schemas of several kinds of files have in common.

use iamc_model::level::Level;
use iamc_model::{Operator, codes};
use serde_json::{Map, Value, json};

/// A name of a policy, group or template: `[A-Za-z][A-Za-z0-9_-]{0,127}`.
pub(super) const NAME: &str = "^[A-Za-z][A-Za-z0-9_-]{0,127}$";

/// A name that may hold the placeholders of a `for-each`.
pub(super) const NAME_WITH_PLACEHOLDERS: &str =
    r"^([A-Za-z]|\{[A-Za-z][A-Za-z0-9_-]*\})([A-Za-z0-9_-]|\{[A-Za-z][A-Za-z0-9_-]*\})*$";

/// A value that may fill a placeholder: not empty, without `*`, `?`, `$`, braces, white space.
const FILLING: &str = r"^[^*?${}\s]+$";

/// A reference to one of [`definitions`].
pub(super) fn definition(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// A closed table.
pub(super) fn table(description: &str, properties: Value, required: &[&str]) -> Value {
    let mut table = json!({
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table
}

/// A table of declarations by name: `[policy.X]`.
pub(super) fn named(description: &str, name: &str, declaration: Value) -> Value {
    json!({
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "patternProperties": { (name): declaration },
    })
}

/// A string that is not empty.
pub(super) fn text(description: &str) -> Value {
    json!({ "description": description, "type": "string", "minLength": 1 })
}

/// A non-empty array of strings.
pub(super) fn texts(description: &str, examples: Value) -> Value {
    json!({
        "description": description,
        "type": "array",
        "minItems": 1,
        "items": { "type": "string", "minLength": 1 },
        "examples": [examples],
    })
}

/// Levels that a lint can have.
pub(super) fn levels() -> Vec<&'static str> {
    Level::ALL.iter().map(|level| level.name()).collect()
}

/// Everything that is referred to by name.
pub(super) fn definitions() -> Map<String, Value> {
    let definitions = [
        ("description", json!({ "description": "For people; never reaches the output.", "type": "string" })),
        ("action", action()),
        ("resource", resource()),
        ("conditions", conditions()),
        ("condition-keys", condition_keys()),
        ("values", values()),
        ("members", members()),
        ("params", params()),
        ("for-each", for_each()),
        ("silence", silence()),
        ("trust", trust()),
        ("one-or-more", one_or_more()),
    ];
    definitions.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn action() -> Value {
    json!({
        "description": "`*`, or service:name; the name may hold `*` and `?`.",
        "type": "string",
        "pattern": r"^(\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?_-]+)$",
        "examples": ["s3:GetObject", "s3:Get*"],
    })
}

fn resource() -> Value {
    json!({
        "description": "`*`, or an ARN with `*`, `?`, placeholders such as `{bucket}` and IAM's variables such as `${aws:username}`.",
        "type": "string",
        "pattern": r"^(\*$|arn:|\{)",
        "examples": ["arn:aws:s3:::my-bucket/*"],
    })
}

fn conditions() -> Value {
    let operators: Map<String, Value> =
        Operator::all().map(|operator| (operator.to_string(), definition("condition-keys"))).collect();
    json!({
        "description": "IAM's Condition block: operator, key, values. Operators and keys are all required (AND), the values of one key are alternatives (OR).",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": false,
        "properties": operators,
        "examples": [{ "StringLike": { "s3:prefix": ["devserver/*"] } }],
    })
}

fn condition_keys() -> Value {
    json!({
        "description": "Condition keys with their values; all keys have to match (AND).",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": definition("values"),
    })
}

fn values() -> Value {
    json!({
        "description": "Alternatives: one of them has to match (OR). Placeholders such as `{bucket}` are filled; `${…}` is IAM's own variable.",
        "type": "array",
        "minItems": 1,
        "items": { "type": "string" },
        "examples": [["devserver/*"]],
    })
}

fn members() -> Value {
    let bounded = table(
        "A membership for a time, or with a reason.",
        json!({
            "name": { "description": "The policy or group.", "type": "string", "pattern": NAME },
            "until": {
                "description": "A date (good to the end of that day, UTC) or an offset date-time (good until that instant). Unquoted.",
                "type": "string",
                "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2})?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$",
                "examples": ["2026-12-31"],
            },
            "reason": text("Why, for people: a ticket."),
        }),
        &["name"],
    );
    json!({
        "type": "array",
        "items": { "anyOf": [{ "type": "string", "pattern": NAME }, bounded] },
    })
}

fn params() -> Value {
    json!({
        "description": "Values for placeholders: `{client}` is filled with the value of `client`.",
        "type": "object",
        "additionalProperties": false,
        "patternProperties": { (NAME): { "type": "string", "pattern": FILLING } },
    })
}

fn for_each() -> Value {
    json!({
        "description": "One declaration for each of these tables, whose entries fill the name and are parameters of that declaration.",
        "type": "array",
        "minItems": 1,
        "items": definition("params"),
        "examples": [[{ "name": "Sales", "bucket": "sales-data" }]],
    })
}

fn silence() -> Value {
    let lints: Vec<&str> = codes::ALL.iter().filter(|code| code.is_lint()).map(|code| code.rule()).collect();
    let entry = table(
        "One lint that is silenced here.",
        json!({
            "lint": { "description": "The lint.", "type": "string", "enum": lints },
            "reason": text("Why; required."),
        }),
        &["lint", "reason"],
    );
    json!({
        "description": "Lints that are silenced here, each with a reason.",
        "type": "array",
        "items": entry,
        "examples": [[{ "lint": "unused-policy", "reason": "kept for the audit in May" }]],
    })
}

fn trust() -> Value {
    let mut entry = table(
        "One statement of the trust policy: exactly one of service, aws and federated.",
        json!({
            "service": described(definition("one-or-more"), "Services of AWS: `ec2.amazonaws.com`."),
            "aws": described(definition("one-or-more"), "ARNs or accounts of AWS; no wildcards."),
            "federated": described(definition("one-or-more"), "An identity provider's ARN or name; `actions` is then required."),
            "actions": {
                "description": "`sts:AssumeRole` where none is given.",
                "type": "array",
                "minItems": 1,
                "items": { "type": "string", "pattern": r"^[Ss][Tt][Ss]:[A-Za-z0-9*?_-]+$" },
                "examples": [["sts:AssumeRoleWithWebIdentity"]],
            },
            "conditions": definition("conditions"),
        }),
        &[],
    );
    entry["oneOf"] = json!([
        { "required": ["service"] },
        { "required": ["aws"] },
        { "required": ["federated", "actions"] },
    ]);
    json!({
        "description": "Who may assume the role.",
        "type": "array",
        "minItems": 1,
        "items": entry,
        "examples": [[{ "service": "ec2.amazonaws.com" }]],
    })
}

/// A description beside a reference, which draft 7 would not read there.
fn described(reference: Value, description: &str) -> Value {
    json!({ "description": description, "allOf": [reference] })
}

fn one_or_more() -> Value {
    let one = json!({ "type": "string", "pattern": "^[^*?]+$" });
    json!({ "anyOf": [one, { "type": "array", "minItems": 1, "items": one }] })
}
