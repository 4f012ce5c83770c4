//! groups/**/*.toml

use serde_json::{Value, json};

use super::shared::{NAME, definition, named, table};

/// The tables of such a file.
pub(super) fn tables() -> Value {
    let group = table(
        "Whoever holds the group holds everything that it reaches.",
        json!({
            "description": definition("description"),
            "policies": definition("members"),
            "groups": definition("members"),
            "kubernetes-groups": {
                "description": "Kubernetes groups of whoever holds this group, by any path.",
                "type": "array",
                "items": { "type": "string", "minLength": 1, "not": { "pattern": "^system:" } },
                "examples": [["eng"]],
            },
            "silence": definition("silence"),
        }),
        &[],
    );
    json!({ "group": named("Groups of policies and of other groups.", NAME, group) })
}
