//! Groups and principals that hold nothing.

use std::collections::BTreeMap;

use iamc_model::grants::Grant;
use iamc_model::graph::{Graph, Group, GroupId};
use iamc_model::{Diagnostic, Grants, Span, codes};

use crate::closure::components;

/// `empty-group` and `no-permission`.
pub(super) fn check(graph: &Graph, grants: &Grants) -> Vec<Diagnostic> {
    let mut found = groups(graph);
    found.extend(principals(grants));
    found
}

/// Groups that reach neither a policy nor a Kubernetes group.
fn groups(graph: &Graph) -> Vec<Diagnostic> {
    let mut is_empty = vec![true; graph.groups.len()];
    // What is held comes before its holders.
    for id in components(graph).into_iter().flatten() {
        let group = graph.group(id);
        is_empty[id.0 as usize] = group.policies.is_empty()
            && group.kubernetes_groups.is_empty()
            && group.groups.iter().all(|edge| is_empty[edge.to.0 as usize]);
    }
    let empty = (0..).map(GroupId).zip(&graph.groups).filter(|(id, _)| is_empty[id.0 as usize]);
    empty.map(|(_, group)| empty_group(group)).collect()
}

fn empty_group(group: &Group) -> Diagnostic {
    let message = format!("the group `{}` reaches no policy", group.name);
    Diagnostic::new(&codes::EMPTY_GROUP, message, group.span, "holds nothing")
        .help("give it `policies`, or remove it")
        .subject(group.span)
}

/// Principals that reach no policy and hold no Kubernetes group, whatever is attached to them: what the
/// defaults attach to all says nothing of one. One report for each declaration.
fn principals(grants: &Grants) -> Vec<Diagnostic> {
    let idle = grants
        .principals
        .iter()
        .filter(|principal| principal.statements.is_empty() && principal.kubernetes_groups.is_empty());
    let mut declared: BTreeMap<Span, Vec<&Grant>> = BTreeMap::new();
    idle.for_each(|principal| declared.entry(principal.span).or_default().push(principal));
    declared.into_values().filter_map(|principals| no_permission(&principals)).collect()
}

fn no_permission(principals: &[&Grant]) -> Option<Diagnostic> {
    let first = principals.first()?;
    let names: Vec<String> = principals.iter().map(|principal| format!("`{}`", principal.name)).collect();
    let (plural, verb) = if names.len() == 1 { ("", "reaches") } else { ("s", "reach") };
    let kind = first.kind.noun();
    let message = format!("the {kind}{plural} {} {verb} no policy", names.join(", "));
    let label = if first.managed_policy_arns.is_empty() {
        "holds no permission"
    } else {
        "holds nothing but what `managed-policy-arns` attaches"
    };
    let report = Diagnostic::new(&codes::NO_PERMISSION, message, first.span, label);
    Some(report.help("write a group in its `groups`, or remove it").subject(first.span))
}

#[cfg(test)]
mod tests {
    use crate::testing::check_lints;

    #[test]
    fn groups_and_principals_that_hold_nothing() {
        let files = "\
--- engineers.toml
[engineer]
Jane = ['Outer']
John = ['Cluster']
--- groups/a.toml
[group.Outer]
groups = ['Inner']
[group.Inner]
[group.Cluster]
kubernetes-groups = ['eng']
--- iamc.toml
[project]
account = '123456789012'
[kubernetes.groups.eng]
cluster-role = 'view'
--- service-users.toml
[service-user.'Etl{name}']
for-each = [{ name = 'A' }, { name = 'B' }]
";
        let expected = "\
            no-permission: Jane
            empty-group: Outer
            empty-group: Inner
            no-permission: 'Etl{name}'";
        check_lints(files, expected);
    }
}
