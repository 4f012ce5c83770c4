//! A project with everything that a template can hold, and its output.

use std::fs;
use std::path::Path;

use iamc::Exit;
use serde_json::Value;

use crate::support::{Project, Ran, run};

const FILES: &[(&str, &str)] = &[
    (
        "iamc.toml",
        r#"
[project]
account = "123456789876"

[variables]
region = "eu-central-1"

[engineer-defaults]
trust = [
    { service = "ec2.amazonaws.com" },
    { aws = "arn:aws:iam::{account}:user/Starter", conditions = { StringEquals = { "sts:ExternalId" = ["x1"] } } },
]
permissions-boundary = "arn:aws:iam::{account}:policy/Boundary"
managed-policy-arns = ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"]
max-session-duration = 7200
tags = { managed-by = "iamc", team = "none" }

[[kubernetes.map-role]]
role-arn = "arn:aws:iam::{account}:role/Node"
username = "system:node:{{EC2PrivateDNSName}}"
groups = ["system:nodes"]

[kubernetes.groups.eng]
cluster-role = "edit"

[kubernetes.groups.ops]
cluster-role = "admin"
namespace = "web"
"#,
    ),
    (
        "policies/all.toml",
        r#"
[policy.ReadData]
actions = ["s3:GetObject", "s3:GetObjectAcl"]
resources = ["arn:aws:s3:::data/a/*", "arn:aws:s3:::data/b/*"]

[policy.ListData]
actions = ["s3:ListBucket"]
resources = ["arn:aws:s3:::data"]
conditions.StringLike."s3:prefix" = ["a/*", "b/*"]

[policy.OnCallWrite]
actions = ["s3:PutObject"]
resources = ["arn:aws:s3:::data/*"]

[policy.Start]
actions = ["ec2:StartInstances"]
resources = ["arn:aws:ec2:{region}:{account}:instance/*"]

[policy.DenyTrail]
effect = "Deny"
actions = ["cloudtrail:StopLogging"]
resources = ["*"]

[policy.DenyElsewhere]
effect = "Deny"
not-actions = ["iam:*", "sts:*"]
resources = ["*"]
conditions.StringNotEquals."aws:RequestedRegion" = ["{region}"]

[policy.AllButSecret]
actions = ["ssm:GetParameter"]
not-resources = ["arn:aws:ssm:*:*:parameter/secret/*"]
"#,
    ),
    (
        "groups/all.toml",
        r#"
[group.Base]
policies = ["DenyTrail", "DenyElsewhere"]

[group.Team]
policies = ["ReadData", "ListData", "Start", "AllButSecret"]
groups = ["Base"]
kubernetes-groups = ["eng"]

[group.OnCall]
policies = ["OnCallWrite"]

[group.Ops]
policies = ["Start"]
kubernetes-groups = ["ops"]
"#,
    ),
    (
        "engineers.toml",
        r#"
[engineer.JaneDoe]
groups = ["Team", { name = "OnCall", until = 2030-12-31 }]
tags = { cost-center = "12" }

[engineer.JohnDoe]
groups = ["Base"]
"#,
    ),
    ("service-users.toml", "[service-user.Etl]\ngroups = [\"Ops\"]\npath = \"/services/\"\n"),
    (
        "roles.toml",
        r#"
[role.Deploy]
groups = ["Team"]
path = "/ci/"
[[role.Deploy.trust]]
federated = "arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com"
actions = ["sts:AssumeRoleWithWebIdentity"]
conditions.StringEquals."token.actions.githubusercontent.com:sub" = ["repo:acme/web:ref:refs/heads/main"]
[[role.Deploy.trust]]
aws = "arn:aws:iam::{account}:role/PersonalRoleJaneDoe"
"#,
    ),
];

/// The project, built.
pub(crate) fn built() -> Project {
    let project = Project::empty();
    FILES.iter().for_each(|(path, text)| project.write(path, text));
    project.build();
    project
}

/// A finding: its rule, the words that are underlined, and its message.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) rule: String,
    pub(crate) words: String,
    pub(crate) message: String,
}

/// What `iamc verify` finds in a folder.
#[track_caller]
pub(crate) fn findings(folder: &Path) -> Vec<Finding> {
    let Ran { exit, out, err } = run(folder, &["verify", "--message-format", "json"]);
    let found: Vec<Finding> = out.lines().map(|line| finding(folder, line)).collect();
    assert_eq!(exit == Exit::Ok, found.is_empty(), "{out}{err}");
    found
}

fn finding(folder: &Path, line: &str) -> Finding {
    let report: Value = serde_json::from_str(line).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Finding {
        rule: text(&report["code"]).rsplit("::").next().unwrap().to_owned(),
        words: report["labels"].get(0).map_or_else(String::new, |label| words(folder, label)),
        message: text(&report["message"]),
    }
}

/// The words under a label that lies in one line; of a longer one the words in its first line.
fn words(folder: &Path, label: &Value) -> String {
    let number = |key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
    let text = fs::read_to_string(folder.join(label["file"].as_str().unwrap())).unwrap();
    let line = text.lines().nth(number("line") - 1).unwrap_or_default();
    let end = if label["line"] == label["end-line"] { number("end-column") - 1 } else { usize::MAX };
    line.chars().take(end).skip(number("column") - 1).collect()
}
