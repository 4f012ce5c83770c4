//! engineers.toml, service-users.toml, roles.toml, and the defaults in iamc.toml.

use iamc_model::PrincipalKind;
use serde_json::{Value, json};

use super::shared::{NAME, NAME_WITH_PLACEHOLDERS, definition, named, table};

/// An engineer's name as far as any `naming.engineer-pattern` can allow it.
const ENGINEER_NAME: &str = "^[A-Za-z0-9._@+=]{1,64}$";

/// The tables of a file of this kind.
pub(super) fn tables(kind: PrincipalKind) -> Value {
    let principal = principal(kind);
    let table = match kind {
        PrincipalKind::Engineer => {
            let short = json!({ "anyOf": [definition("members"), principal] });
            named("Engineers: an IAM role and an instance profile each.", ENGINEER_NAME, short)
        }
        PrincipalKind::ServiceUser => {
            named("Service users: an IAM user each.", NAME_WITH_PLACEHOLDERS, principal)
        }
        PrincipalKind::Role => named("Roles: an IAM role each.", NAME_WITH_PLACEHOLDERS, principal),
    };
    json!({ (kind.key()): table })
}

/// The table of one principal. No key is required: a role's `trust` may come from `[role-defaults]`.
fn principal(kind: PrincipalKind) -> Value {
    let mut properties = attributes(kind);
    match (kind, properties.as_object_mut()) {
        (PrincipalKind::Engineer, Some(properties)) => {
            properties.remove("trust");
        }
        _ => properties["for-each"] = definition("for-each"),
    }
    table(&format!("What this {} holds.", kind.noun()), properties, &[])
}

/// `[engineer-defaults]`, `[service-user-defaults]` or `[role-defaults]`.
pub(super) fn defaults(kind: PrincipalKind) -> Value {
    let description = format!(
        "What every {} has that does not say otherwise; tags and managed-policy-arns are united.",
        kind.noun()
    );
    table(&description, attributes(kind), &[])
}

/// The keys of a principal's table and of its defaults.
fn attributes(kind: PrincipalKind) -> Value {
    let mut attributes = json!({
        "description": definition("description"),
        "groups": definition("members"),
        "policies": definition("members"),
        "params": definition("params"),
        "tags": {
            "description": "Tags of the role or user; values may hold placeholders.",
            "type": "object",
            "additionalProperties": { "type": "string", "maxLength": 256 },
            "examples": [{ "cost-center": "ml" }],
        },
        "managed-policy-arns": {
            "description": "Policies that are attached besides those that iamc makes.",
            "type": "array",
            "items": { "type": "string", "pattern": "^(arn:|\\{)" },
            "examples": [["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"]],
        },
        "permissions-boundary": {
            "description": "The ARN of the permissions boundary.",
            "type": "string",
            "pattern": "^(arn:|\\{)",
            "examples": ["arn:aws:iam::{account}:policy/Boundary"],
        },
        "path": {
            "description": "IAM's path.",
            "type": "string",
            "pattern": "^(/|/[!-~]+/)$",
            "default": "/",
        },
        "silence": definition("silence"),
    });
    if kind != PrincipalKind::ServiceUser {
        attributes["max-session-duration"] = json!({
            "description": "Seconds that a session may last.",
            "type": "integer",
            "minimum": 3600,
            "maximum": 43200,
        });
        attributes["trust"] = definition("trust");
    }
    attributes
}

/// The name of one principal, for assertions.
pub(super) fn name() -> Value {
    json!({ "type": "string", "anyOf": [{ "pattern": ENGINEER_NAME }, { "pattern": NAME }] })
}
