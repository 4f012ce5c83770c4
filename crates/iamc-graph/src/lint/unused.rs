//! Declarations that nothing comes of: no principal reaches them, no policy uses them.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::declaration::{PolicyBody, TemplateDecl};
use iamc_model::graph::Graph;
use iamc_model::{Code, Diagnostic, Project, Span, Text, codes};

use crate::closure::Closures;

/// `unused-policy`, `unused-group`, `unused-template` and `unused-parameter`.
pub(super) fn check(project: &Project, graph: &Graph, closures: &Closures<'_>) -> Vec<Diagnostic> {
    let mut found = policies(project, graph, closures);
    found.extend(groups(graph, closures));
    found.extend(templates(project));
    found.extend(project.templates.iter().flat_map(parameters));
    found
}

/// One report for each declaration; where it has a `for-each`, with the names that nobody reaches.
fn policies(project: &Project, graph: &Graph, closures: &Closures<'_>) -> Vec<Diagnostic> {
    let reached = closures.policies();
    let mut unused: BTreeMap<Span, Vec<&str>> = BTreeMap::new();
    let unreached = graph.policies.iter().zip(reached).filter(|(_, reached)| !reached);
    unreached.for_each(|(policy, _)| unused.entry(policy.span).or_default().push(&policy.name));
    let has_entries: BTreeSet<Span> = project
        .policies
        .iter()
        .filter(|policy| policy.for_each.is_some())
        .map(|policy| policy.name.span)
        .collect();
    unused.into_iter().map(|(span, names)| policy(span, &names, has_entries.contains(&span))).collect()
}

fn policy(span: Span, names: &[&str], has_entries: bool) -> Diagnostic {
    let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let message = match list.as_slice() {
        [name] => format!("no principal reaches the policy {name}"),
        names => format!("no principal reaches the policies {}", names.join(", ")),
    };
    let help = match (has_entries, names.len()) {
        (false, _) => "write it in the `policies` of a group or principal, or remove it",
        (true, 1) => "write it in the `policies` of a group or principal, or remove its entry of `for-each`",
        (true, _) => {
            "write them in the `policies` of a group or principal, or remove their entries of `for-each`"
        }
    };
    report(&codes::UNUSED_POLICY, message, span, "unused", help)
}

fn groups(graph: &Graph, closures: &Closures<'_>) -> Vec<Diagnostic> {
    let unused = graph.groups.iter().zip(closures.groups()).filter(|(_, reached)| !reached);
    let help = "write it in the `groups` of a principal or of a group that one holds, or remove it";
    unused
        .map(|(group, _)| {
            let message = format!("no principal reaches the group `{}`", group.name);
            report(&codes::UNUSED_GROUP, message, group.span, "unused", help)
        })
        .collect()
}

fn templates(project: &Project) -> Vec<Diagnostic> {
    let used: BTreeSet<&str> = project
        .policies
        .iter()
        .filter_map(|policy| match &policy.body {
            PolicyBody::Template { template, .. } => Some(template.as_str()),
            PolicyBody::Statement(_) => None,
        })
        .collect();
    let unused = project.templates.iter().filter(|template| !used.contains(template.name.as_str()));
    unused
        .map(|template| {
            let name = &template.name.value;
            let message = format!("no policy uses the template `{name}`");
            let help = format!("make a policy of it with `template = \"{name}\"`, or remove it");
            report(&codes::UNUSED_TEMPLATE, message, template.name.span, "unused", &help)
        })
        .collect()
}

fn parameters(template: &TemplateDecl) -> Vec<Diagnostic> {
    let statement = &template.statement;
    let values = statement.conditions.iter().flat_map(|condition| &condition.values);
    let texts = statement.resources.items.iter().chain(values);
    let used: BTreeSet<&str> =
        texts.flat_map(Text::placeholders).map(|placeholder| placeholder.name.as_str()).collect();
    let unused = template.parameters.iter().filter(|parameter| !used.contains(parameter.as_str()));
    unused
        .map(|parameter| {
            let name = &parameter.value;
            let message =
                format!("the parameter `{name}` stands nowhere in the template `{}`", template.name.value);
            let help = format!("write `{{{name}}}` where it belongs, or remove the parameter");
            Diagnostic::new(&codes::UNUSED_PARAMETER, message, parameter.span, "unused")
                .help(help)
                .subject(template.name.span)
        })
        .collect()
}

fn report(code: &'static Code, message: String, span: Span, label: &str, help: &str) -> Diagnostic {
    Diagnostic::new(code, message, span, label).help(help).subject(span)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_lints;

    #[test]
    fn what_nobody_reaches_or_uses() {
        let files = "\
--- engineers.toml
[engineer]
Jane = { groups = ['Used'], policies = ['MadeA'] }
--- groups/a.toml
[group.Used]
policies = ['MadeB']
[group.Unused]
policies = ['MadeC']
--- policies/a.toml
[template.T]
parameters = ['bucket', 'extra']
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{bucket}']
[template.Unused]
parameters = []
actions = ['s3:GetObject']
resources = ['*']
[policy.'Made{name}']
template = 'T'
with = { bucket = 'b', extra = 'c' }
for-each = [{ name = 'A' }, { name = 'B' }, { name = 'C' }]
[policy.Unused]
actions = ['s3:GetObject']
resources = ['*']
";
        let expected = "\
            unused-group: Unused
            unused-parameter: 'extra'
            unused-template: Unused
            unused-policy: 'Made{name}'
            unused-policy: Unused";
        check_lints(files, expected);
    }
}
