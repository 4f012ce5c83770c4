//! JSON Schemas of the files that people write, for editors; and of answers, for programs.
//!
//! Draft 7, with `definitions`: what taplo and Even Better TOML read. A schema knows the shape of one
//! file; what needs more than one file, or a whole text, is left to `iamc check`. Operators, lints and
//! defaults are taken from the model, so that they cannot drift.

mod answers;
mod assertions;
mod groups;
mod policies;
mod principals;
mod settings;
mod shared;
mod subject;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use clap::ValueEnum;
use iamc_model::PrincipalKind;
use serde_json::{Map, Value, json};

pub(crate) use answers::Answer;
pub(crate) use subject::Subject;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// iamc.toml
    Iamc,
    /// policies/
    Policies,
    /// groups/
    Groups,
    /// engineers.toml, engineers/
    Engineers,
    /// service-users.toml, service-users/
    ServiceUsers,
    /// roles.toml, roles/
    Roles,
    /// assertions.toml, assertions/
    Assertions,
}

impl Kind {
    /// All kinds, in the order in which the language introduces them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Iamc,
        Self::Policies,
        Self::Groups,
        Self::Engineers,
        Self::ServiceUsers,
        Self::Roles,
        Self::Assertions,
    ];

    /// The argument of `iamc schema`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Iamc => "iamc",
            Self::Policies => "policies",
            Self::Groups => "groups",
            Self::Engineers => "engineers",
            Self::ServiceUsers => "service-users",
            Self::Roles => "roles",
            Self::Assertions => "assertions",
        }
    }

    /// The files of this kind, as globs.
    pub(crate) fn files(self) -> &'static [&'static str] {
        match self {
            Self::Iamc => &["iamc.toml"],
            Self::Policies => &["policies/**/*.toml"],
            Self::Groups => &["groups/**/*.toml"],
            Self::Engineers => &["engineers.toml", "engineers/**/*.toml"],
            Self::ServiceUsers => &["service-users.toml", "service-users/**/*.toml"],
            Self::Roles => &["roles.toml", "roles/**/*.toml"],
            Self::Assertions => &["assertions.toml", "assertions/**/*.toml"],
        }
    }

    /// What such a file declares.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Iamc => "Settings of an iamc project",
            Self::Policies => "Atomic policies and policy templates",
            Self::Groups => "Groups of policies and of other groups",
            Self::Engineers => "Engineers: who holds which groups",
            Self::ServiceUsers => "Service users: IAM users for services",
            Self::Roles => "Roles for workloads, CI jobs and other accounts",
            Self::Assertions => "Assertions: what must and must not be allowed",
        }
    }

    /// The whole schema of a file of this kind.
    pub(crate) fn schema(self) -> Value {
        let properties = match self {
            Self::Iamc => settings::tables(),
            Self::Policies => policies::tables(),
            Self::Groups => groups::tables(),
            Self::Engineers => principals::tables(PrincipalKind::Engineer),
            Self::ServiceUsers => principals::tables(PrincipalKind::ServiceUser),
            Self::Roles => principals::tables(PrincipalKind::Role),
            Self::Assertions => assertions::tables(),
        };
        let mut schema = json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": self.title(),
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
        });
        let definitions = used_definitions(&schema);
        if !definitions.is_empty() {
            schema["definitions"] = Value::Object(definitions);
        }
        schema
    }
}

/// The shared definitions that `schema` refers to, those that they refer to included.
fn used_definitions(schema: &Value) -> Map<String, Value> {
    let all = shared::definitions();
    let mut used = BTreeSet::new();
    let mut open = references(schema);
    while let Some(name) = open.pop() {
        if let Some(definition) = all.get(&name)
            && used.insert(name)
        {
            open.extend(references(definition));
        }
    }
    all.into_iter().filter(|(name, _)| used.contains(name)).collect()
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => map.iter().flat_map(|(key, value)| reference(key, value)).collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => vec![],
    }
}

fn reference(key: &str, value: &Value) -> Vec<String> {
    match value.as_str().and_then(|text| text.strip_prefix("#/definitions/")) {
        Some(name) if key == "$ref" => vec![name.to_owned()],
        _ => references(value),
    }
}
