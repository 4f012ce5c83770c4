//! iamc.toml

use iamc_model::settings::{Limits, Naming};
use iamc_model::{PrincipalKind, Text, codes};
use serde_json::{Map, Value, json};

use super::principals;
use super::shared::{NAME, levels, table, text, texts};

/// The tables of iamc.toml.
pub(super) fn tables() -> Value {
    let mut tables = json!({
        "project": project(),
        "variables": {
            "description": "Values for placeholders, for the whole project.",
            "type": "object",
            "additionalProperties": false,
            "patternProperties": { (NAME): { "type": "string", "pattern": r"^[^*?${}\s]+$" } },
            "examples": [{ "ml-bucket": "ml-data" }],
        },
        "naming": naming(),
        "category": categories(),
        "emit": table(
            "What is written besides what has to be.",
            json!({ "sids": {
                "description": "Whether each statement carries its policy's name as Sid.",
                "type": "boolean",
                "default": false,
            } }),
            &[],
        ),
        "limits": limits(),
        "kubernetes": kubernetes(),
        "lints": lints(),
    });
    for kind in PrincipalKind::ALL {
        tables[format!("{}-defaults", kind.key())] = principals::defaults(kind);
    }
    tables
}

fn project() -> Value {
    table(
        "The AWS account.",
        json!({
            "account": {
                "description": "For `{account}`: 12 digits, a string.",
                "type": "string",
                "pattern": "^[0-9]{12}$",
                "examples": ["123456789876"],
            },
            "partition": {
                "description": "For `{partition}`.",
                "type": "string",
                "enum": ["aws", "aws-cn", "aws-us-gov"],
                "default": "aws",
            },
        }),
        &[],
    )
}

fn naming() -> Value {
    let default = Naming::default();
    let pattern = |description: &str, pattern: &Text| {
        json!({
            "description": description,
            "type": "string",
            "minLength": 1,
            "default": pattern.to_string(),
        })
    };
    table(
        "Patterns that make the names of resources and stacks.",
        json!({
            "engineer-pattern": {
                "description": "A regular expression that an engineer's whole name matches.",
                "type": "string",
                "format": "regex",
                "default": default.engineer_pattern.value,
            },
            "engineer-role": pattern("The role of an engineer.", &default.engineer_role),
            "engineer-instance-profile": pattern("The instance profile of an engineer.", &default.engineer_instance_profile),
            "engineer-policy": pattern("The managed policies of an engineer; with `{category}` they are divided by category.", &default.engineer_policy),
            "engineer-stack": pattern("The stack of an engineer.", &default.engineer_stack),
            "service-user-policy": pattern("The managed policies of a service user.", &default.service_user_policy),
            "service-user-group": pattern("The IAM group of a service user.", &default.service_user_group),
            "service-user-stack": pattern("The stack of a service user.", &default.service_user_stack),
            "role-policy": pattern("The managed policies of a role.", &default.role_policy),
            "role-stack": pattern("The stack of a role.", &default.role_stack),
        }),
        &[],
    )
}

fn categories() -> Value {
    let category = table(
        "A policy whose actions are all of these services belongs here; what fits no category is Misc.",
        json!({
            "name": text("Stands in the names of managed policies."),
            "services": texts("Services, as they begin an action.", json!(["s3"])),
        }),
        &["name", "services"],
    );
    json!({
        "description": "Divides managed policies. The default is S3 and SecretManager; the rest is Misc.",
        "type": "array",
        "items": category,
    })
}

fn limits() -> Value {
    let default = Limits::default();
    let limit = |description: &str, default: u32| json!({ "description": description, "type": "integer", "minimum": 1, "default": default });
    table(
        "AWS's limits; raise what your account has raised.",
        json!({
            "managed-policies-per-role": limit("Managed policies that a role or user can have.", default.managed_policies_per_role.value),
            "managed-policy-characters": limit("Characters of a managed policy, white space not counted.", default.managed_policy_characters.value),
            "account-managed-policies": limit("Customer managed policies of the account.", default.account_managed_policies.value),
            "account-roles": limit("Roles of the account.", default.account_roles.value),
            "account-instance-profiles": limit("Instance profiles of the account.", default.account_instance_profiles.value),
        }),
        &[],
    )
}

fn kubernetes() -> Value {
    let map_role = table(
        "An entry that the ConfigMap has besides those that iamc makes.",
        json!({
            "role-arn": text("The role; may hold `{account}`, `{partition}` and variables."),
            "username": text("As EKS takes it: `system:node:{{EC2PrivateDNSName}}`."),
            "groups": {
                "description": "Kubernetes groups.",
                "type": "array",
                "items": { "type": "string", "minLength": 1 },
                "examples": [["system:bootstrappers", "system:nodes"]],
            },
        }),
        &["role-arn", "username", "groups"],
    );
    let group = table(
        "What a kubernetes-group is bound to.",
        json!({
            "cluster-role": text("The ClusterRole."),
            "namespace": text("With a namespace a RoleBinding, without one a ClusterRoleBinding."),
        }),
        &["cluster-role"],
    );
    table(
        "EKS: who is which user and in which groups of the cluster.",
        json!({
            "username": {
                "description": "A principal's user name in the cluster.",
                "type": "string",
                "minLength": 1,
                "default": "{engineer}",
            },
            "map-role": {
                "description": "Entries of mapRoles besides those that iamc makes: the nodes' above all.",
                "type": "array",
                "items": map_role,
            },
            "groups": {
                "description": "Every kubernetes-group that a group names, and what it is bound to.",
                "type": "object",
                "additionalProperties": group,
            },
        }),
        &[],
    )
}

fn lints() -> Value {
    let level = |code: &&codes::Code| {
        let default = code.level?.name();
        let schema =
            json!({ "description": code.summary, "type": "string", "enum": levels(), "default": default });
        Some((code.rule().to_owned(), schema))
    };
    let lints: Map<String, Value> = codes::ALL.iter().filter_map(level).collect();
    table("Levels: off, warn, error, or forbid, an error that cannot be silenced.", Value::Object(lints), &[])
}
