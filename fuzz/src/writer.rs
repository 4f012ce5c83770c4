//! Any string that a template, the Kubernetes files or the manifest hold is the same string to whoever
//! reads them.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use arbitrary::{Result, Unstructured};
use iamc_emitter::{Binding, Identity, Kubernetes, Mapping, Role, Rung, Stack, Stacks, render};
use iamc_model::declaration::TrustKind;
use iamc_model::grants::TrustStatement;
use iamc_model::graph::PrincipalId;
use iamc_model::{Operator, Span};

use super::readers::{Tree, read};

/// Writes strings made of the bytes wherever there may be one, and reads them back.
pub fn check(data: &[u8]) {
    // Bytes that run out are no strings; there is nothing to check then.
    let _ = checked(&mut Unstructured::new(data));
}

fn checked(bytes: &mut Unstructured<'_>) -> Result<()> {
    let role = role(bytes)?;
    let kubernetes = kubernetes(bytes)?;
    let stack = Stack {
        id: PrincipalId(0),
        principal: "Web".into(),
        name: text(bytes)?,
        rung: Rung::Stable,
        policies: vec![],
        identity: Identity::Role { role: role.clone() },
        after: texts(bytes)?,
    };
    let stacks = Stacks { stacks: vec![stack.clone()], kubernetes: Some(kubernetes.clone()) };
    let outputs = render(&Arc::new(stacks));
    let text = |path| outputs.text(path).unwrap_or_default();
    let template = read(&text("roles/Web.yaml"));
    assert_eq!(template, [template_of(&role)]);
    let config_map = read(&text("kubernetes/aws-auth.yaml"));
    assert_mappings(&config_map, "mapRoles", "rolearn", &kubernetes.roles);
    assert_mappings(&config_map, "mapUsers", "userarn", &kubernetes.users);
    let bindings: Vec<_> = kubernetes.bindings.iter().map(binding_of).collect();
    assert_eq!(read(&text("kubernetes/bindings.yaml")), bindings);
    assert_manifest(&text("manifest.json"), &stack);
    Ok(())
}

/// Mostly a few characters that mean something to YAML, else anything.
fn text(bytes: &mut Unstructured<'_>) -> Result<String> {
    const PIECES: [&str; 40] = [
        "a",
        "no",
        "ON",
        "y",
        "null",
        "~",
        "true",
        "1",
        "0x1F",
        "1e3",
        ".5",
        "2012-10-17",
        "12:30:45",
        "_",
        "-",
        "?",
        ":",
        ": ",
        " #",
        " ",
        "\n",
        "\r",
        "\t",
        "\"",
        "'",
        "\\",
        "|",
        ">",
        "%",
        "@",
        "`",
        "!",
        "&",
        "*",
        "<<",
        "---",
        "...",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
    ];
    if bytes.ratio(1, 2)? {
        return bytes.arbitrary();
    }
    let count = bytes.int_in_range(0..=5)?;
    let pieces = (0..count).map(|_| bytes.choose(&PIECES).copied()).collect::<Result<Vec<_>>>()?;
    // Longer than a key may be that stands before a `:`.
    let times = if bytes.ratio(1, 16)? { 300 } else { 1 };
    Ok(pieces.concat().repeat(times))
}

fn texts(bytes: &mut Unstructured<'_>) -> Result<Vec<String>> {
    (0..bytes.int_in_range(1..=3)?).map(|_| text(bytes)).collect()
}

fn role(bytes: &mut Unstructured<'_>) -> Result<Role> {
    Ok(Role {
        logical_id: "Role".to_owned(),
        name: text(bytes)?,
        path: text(bytes)?,
        trust: vec![TrustStatement {
            kind: TrustKind::Aws,
            principals: texts(bytes)?,
            actions: texts(bytes)?,
            conditions: BTreeMap::from([(operator(bytes)?, conditions(bytes)?)]),
            span: Span::BUILTIN,
        }],
        managed_policy_arns: texts(bytes)?,
        permissions_boundary: Some(text(bytes)?),
        max_session_duration: Some(bytes.arbitrary()?),
        tags: texts(bytes)?.into_iter().zip(texts(bytes)?).collect(),
    })
}

fn operator(bytes: &mut Unstructured<'_>) -> Result<Operator> {
    let operators: Vec<Operator> = Operator::all().collect();
    bytes.choose(&operators).copied()
}

fn conditions(bytes: &mut Unstructured<'_>) -> Result<BTreeMap<String, Vec<String>>> {
    (0..bytes.int_in_range(1..=2)?).map(|_| Ok((text(bytes)?, texts(bytes)?))).collect()
}

fn kubernetes(bytes: &mut Unstructured<'_>) -> Result<Kubernetes> {
    let mapping = Mapping { arn: text(bytes)?, username: text(bytes)?, groups: texts(bytes)? };
    let user = Mapping { arn: text(bytes)?, ..mapping.clone() };
    let namespace = if bytes.arbitrary()? { Some(text(bytes)?) } else { None };
    let binding = Binding { group: text(bytes)?, cluster_role: text(bytes)?, namespace };
    Ok(Kubernetes { roles: vec![mapping.clone(), mapping], users: vec![user], bindings: vec![binding; 2] })
}

fn scalar(text: impl Display) -> Tree {
    Tree::Scalar(text.to_string())
}

fn list<'t>(texts: impl IntoIterator<Item = &'t String>) -> Tree {
    Tree::List(texts.into_iter().map(scalar).collect())
}

fn optional(value: &Option<impl Display>) -> Tree {
    value.as_ref().map_or(Tree::List(vec![]), scalar)
}

fn map<const N: usize>(entries: [(&str, Tree); N]) -> Tree {
    Tree::Map(entries.into_iter().map(|(key, node)| (scalar(key), node)).collect())
}

fn template_of(role: &Role) -> Tree {
    let tag = |(key, value): &(String, String)| map([("Key", scalar(key)), ("Value", scalar(value))]);
    let document = map([
        ("Version", scalar("2012-10-17")),
        ("Statement", Tree::List(role.trust.iter().map(statement_of).collect())),
    ]);
    let properties = map([
        ("RoleName", scalar(&role.name)),
        ("Path", scalar(&role.path)),
        ("AssumeRolePolicyDocument", document),
        ("ManagedPolicyArns", list(&role.managed_policy_arns)),
        ("PermissionsBoundary", optional(&role.permissions_boundary)),
        ("MaxSessionDuration", optional(&role.max_session_duration)),
        ("Tags", Tree::List(role.tags.iter().map(tag).collect())),
    ]);
    let resource = map([("Type", scalar("AWS::IAM::Role")), ("Properties", properties)]);
    map([
        ("AWSTemplateFormatVersion", scalar("2010-09-09")),
        ("Resources", map([(role.logical_id.as_str(), resource)])),
    ])
}

fn statement_of(statement: &TrustStatement) -> Tree {
    let keys = |keys: &BTreeMap<String, Vec<String>>| {
        Tree::Map(keys.iter().map(|(key, values)| (scalar(key), list(values))).collect())
    };
    let conditions = statement.conditions.iter().map(|(operator, block)| (scalar(operator), keys(block)));
    map([
        ("Effect", scalar("Allow")),
        ("Principal", map([("AWS", list(&statement.principals))])),
        ("Action", list(&statement.actions)),
        ("Condition", Tree::Map(conditions.collect())),
    ])
}

/// The mappings stand in a string, which is YAML itself.
fn assert_mappings(config_map: &[Tree], key: &str, arn_key: &str, mappings: &[Mapping]) {
    let [Tree::Map(config_map)] = config_map else { panic!("no single mapping: {config_map:?}") };
    let data = config_map.iter().find(|(name, _)| *name == scalar("data"));
    let Some((_, Tree::Map(data))) = data else { panic!("no data: {config_map:?}") };
    let text = data.iter().find(|(name, _)| *name == scalar(key));
    let Some((_, Tree::Scalar(text))) = text else { panic!("no {key}: {data:?}") };
    let expected = mappings.iter().map(|mapping| {
        map([
            (arn_key, scalar(&mapping.arn)),
            ("username", scalar(&mapping.username)),
            ("groups", list(&mapping.groups)),
        ])
    });
    assert_eq!(read(text), [Tree::List(expected.collect())]);
}

fn binding_of(binding: &Binding) -> Tree {
    const API_GROUP: &str = "rbac.authorization.k8s.io";
    let kind = if binding.namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
    let mut metadata = vec![(scalar("name"), scalar(format!("iamc-{}", binding.group)))];
    metadata.extend(binding.namespace.as_ref().map(|namespace| (scalar("namespace"), scalar(namespace))));
    let reference = |kind: &str, name: &String| {
        map([("apiGroup", scalar(API_GROUP)), ("kind", scalar(kind)), ("name", scalar(name))])
    };
    map([
        ("apiVersion", scalar(format!("{API_GROUP}/v1"))),
        ("kind", scalar(kind)),
        ("metadata", Tree::Map(metadata)),
        ("roleRef", reference("ClusterRole", &binding.cluster_role)),
        ("subjects", Tree::List(vec![reference("Group", &binding.group)])),
    ])
}

/// The manifest is JSON, which is YAML, too, and which has a reader of its own.
fn assert_manifest(text: &str, stack: &Stack) {
    let manifest: serde_json::Value = serde_json::from_str(text).expect("a manifest that can be read");
    let entry = &manifest["templates"][0];
    assert_eq!(entry["stack-name"], stack.name.as_str());
    assert_eq!(entry["deploy-after"], serde_json::json!(stack.after));
}
