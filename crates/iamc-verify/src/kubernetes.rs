//! Kubernetes' files.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::settings::KubernetesGroup;
use iamc_model::{Settings, codes};

use crate::files::{Files, HEADER};
use crate::fill::Fill;
use crate::names;
use crate::source::Holder;
use crate::want::{More, Want};
use crate::yaml::{Syntax, Value};

pub(crate) const AWS_AUTH: &str = "kubernetes/aws-auth.yaml";
pub(crate) const BINDINGS: &str = "kubernetes/bindings.yaml";

const API_GROUP: &str = "rbac.authorization.k8s.io";

/// Checks the ConfigMap, in which `mapRoles` and `mapUsers` are YAML in a string.
///
/// <https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html>
pub(crate) fn check_aws_auth(files: &mut Files<'_>, settings: &Settings, holders: &[Holder<'_>]) {
    let Some((file, root)) = files.document(AWS_AUTH, Syntax::Block) else { return };
    files.compare(&files.show(AWS_AUTH), &config_map(), &root);
    for (key, want) in mappings(settings, holders) {
        let Some(entry) = root.get("data").and_then(|data| data.entry(key)) else { continue };
        let owner = format!("`data.{key}` of {}", files.show(AWS_AUTH));
        if let Value::Block(text) = &entry.value.value {
            let list = files.document_within(AWS_AUTH, file.within(entry.value.span, text));
            list.into_iter().for_each(|list| files.compare(&owner, &want, &list));
        } else {
            let message = format!("{owner} is no literal block");
            files.report(&codes::WRONG_OUTPUT, message, entry.span, "not YAML in a string");
        }
    }
}

fn config_map() -> Want {
    let metadata = [("name", Want::text("aws-auth")), ("namespace", Want::text("kube-system"))];
    Want::map([
        ("apiVersion", Want::text("v1")),
        ("kind", Want::text("ConfigMap")),
        ("metadata", Want::map(metadata)),
        ("data", Want::map([("mapRoles", Want::Any), ("mapUsers", Want::Any)])),
    ])
}

/// The settings' own roles, and everybody who is in a Kubernetes group.
fn mappings(settings: &Settings, holders: &[Holder<'_>]) -> [(&'static str, Want); 2] {
    let fill = Fill::of_everyone(settings);
    let mut roles: Vec<Want> = Vec::new();
    for given in &settings.kubernetes.map_roles {
        let groups = given.groups.iter().map(|group| group.value.as_str()).collect();
        roles.push(mapping("rolearn", fill.text(&given.role_arn), &given.username, groups));
    }
    let mut users = Vec::new();
    for holder in holders {
        let groups = holder.kubernetes_groups();
        let username = names::kubernetes_username(settings, holder.principal);
        match (groups.is_empty(), holder.is_user()) {
            (true, _) => {}
            (false, true) => users.push(mapping("userarn", holder.mapped_arn(), &username, groups)),
            (false, false) => roles.push(mapping("rolearn", holder.mapped_arn(), &username, groups)),
        }
    }
    let list = |mappings| Want::List(mappings, More::Widens);
    [("mapRoles", list(roles)), ("mapUsers", list(users))]
}

fn mapping(arn_key: &'static str, arn: String, username: &str, groups: BTreeSet<&str>) -> Want {
    Want::map([
        (arn_key, Want::Text(arn)),
        ("username", Want::text(username)),
        ("groups", Want::texts(groups, More::Widens)),
    ])
}

/// Checks that the groups that are held are bound, a document each, and no other.
pub(crate) fn check_bindings(files: &mut Files<'_>, settings: &Settings, holders: &[Holder<'_>]) {
    let Some((file, documents)) = files.documents(BINDINGS, Syntax::Block) else { return };
    let mut wanted = bindings(settings, holders);
    for document in &documents {
        let name = document.get("metadata").and_then(|metadata| metadata.get("name")?.text());
        match name.and_then(|name| wanted.remove_entry(name)) {
            Some((name, want)) => files.compare(&format!("`{name}`"), &want, document),
            None => {
                let message =
                    format!("{} binds what the source does not: `{document}`", files.show(BINDINGS));
                files.report(&codes::GAINED_PERMISSION, message, document.span, "not in the source");
            }
        }
    }
    for name in wanted.into_keys() {
        let message = format!("{} lacks the binding `{name}`", files.show(BINDINGS));
        files.report(
            &codes::LOST_PERMISSION,
            message,
            file.span(0..HEADER.len()),
            "something is missing here",
        );
    }
}

/// The bindings by their names.
fn bindings(settings: &Settings, holders: &[Holder<'_>]) -> BTreeMap<String, Want> {
    let held: BTreeSet<&str> = holders.iter().flat_map(Holder::kubernetes_groups).collect();
    let bound = settings.kubernetes.groups.iter().filter(|group| held.contains(group.name.as_str()));
    bound.map(|group| (format!("iamc-{}", group.name.value), binding(group))).collect()
}

fn binding(group: &KubernetesGroup) -> Want {
    let namespace = group.namespace.as_ref().map(|namespace| Want::text(&namespace.value));
    let kind = if namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
    let metadata = Want::map([("name", Want::Text(format!("iamc-{}", group.name.value)))]);
    let reference = |kind: &str, name: &str| {
        Want::map([
            ("name", Want::text(name)),
            ("kind", Want::text(kind)),
            ("apiGroup", Want::text(API_GROUP)),
        ])
    };
    Want::map([
        ("apiVersion", Want::Text(format!("{API_GROUP}/v1"))),
        ("kind", Want::text(kind)),
        ("metadata", metadata.with_some("namespace", namespace)),
        ("roleRef", reference("ClusterRole", &group.cluster_role)),
        ("subjects", Want::List(vec![reference("Group", &group.name)], More::Widens)),
    ])
}
