//! The account's id: what needs it.

use std::collections::BTreeSet;

use iamc_model::declaration::{Attributes, TrustDecl};
use iamc_model::grants::Grant;
use iamc_model::graph::Graph;
use iamc_model::{Diagnostic, Settings, Span, Text, codes};

use super::statement::texts;

/// `account-required`, once for the project, where the settings name no account and something needs
/// it: `{account}`, or the ConfigMap that maps roles to Kubernetes groups.
pub(super) fn required(settings: &Settings, graph: &Graph, principals: &[Grant]) -> Option<Diagnostic> {
    if settings.account.is_some() {
        return None;
    }
    let help = "write `account = \"123456789012\"` with your account's id under `[project]` in iamc.toml";
    let report = |message: &str, span: Span, label: &str| {
        Diagnostic::new(&codes::ACCOUNT_REQUIRED, message, span, label).help(help)
    };
    if let Some(place) = placeholder(settings, graph) {
        return Some(report(
            "`{account}` is used, and the settings name no account",
            place,
            "needs the account",
        ));
    }
    let message = "Kubernetes groups are held, and the settings name no account";
    kubernetes_group(graph, principals)
        .map(|place| report(message, place, "its holders are mapped by their ARN"))
}

/// The first `{account}` in the order of the files.
fn placeholder(settings: &Settings, graph: &Graph) -> Option<Span> {
    let policies = graph.policies.iter().flat_map(texts);
    let principals = graph.principals.iter().flat_map(|principal| of_attributes(&principal.attributes));
    let map_roles = settings.kubernetes.map_roles.iter().map(|role| &role.role_arn);
    let placeholders = policies.chain(principals).chain(map_roles).flat_map(Text::placeholders);
    placeholders.filter(|placeholder| placeholder.name == "account").map(|placeholder| placeholder.span).min()
}

fn of_attributes(attributes: &Attributes) -> impl Iterator<Item = &Text> {
    let tags = attributes.tags.iter().map(|tag| &tag.value);
    let arns = attributes.managed_policy_arns.iter().chain(&attributes.permissions_boundary);
    tags.chain(arns).chain(attributes.trust.iter().flatten().flat_map(of_trust))
}

fn of_trust(trust: &TrustDecl) -> impl Iterator<Item = &Text> {
    trust.principals.iter().chain(trust.conditions.iter().flat_map(|condition| &condition.values))
}

/// The first place where a Kubernetes group that is held is named.
fn kubernetes_group(graph: &Graph, principals: &[Grant]) -> Option<Span> {
    let held: BTreeSet<&str> = principals
        .iter()
        .flat_map(|principal| principal.kubernetes_groups.iter().map(|name| &**name))
        .collect();
    let named = graph.groups.iter().flat_map(|group| &group.kubernetes_groups);
    named.filter(|name| held.contains(name.as_str())).map(|name| name.span).min()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_placeholder_needs_it_once() {
        let files = "\
--- engineers.toml
[engineer]
Jane = { policies = ['A', 'B'] }
--- policies/a.toml
[policy.A]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{account}']
[policy.B]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::x-{account}']
";
        check(files, "account-required: {account}");
    }

    #[test]
    fn a_kubernetes_group_needs_it_where_it_is_held() {
        let files = "\
--- groups/a.toml
[group.A]
kubernetes-groups = ['eng']
--- iamc.toml
[kubernetes.groups.eng]
cluster-role = 'view'
";
        check(files, "");
        let engineers = "--- engineers.toml\n[engineer]\nJane = ['A']\n";
        check(&format!("{files}{engineers}"), "account-required: 'eng'");
    }
}
