//! Names that fall together: of one kind in the account, where case does not count, and logical ids in
//! one template.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::{Diagnostic, Graph, Settings, Span, Text, codes};
use rayon::prelude::*;

use super::resources::{Kind, Resource, resources};
use crate::stack::{Stack, Stacks};

/// A resource with the principal that it belongs to.
#[derive(Clone, Copy)]
struct Owned<'a> {
    resource: Resource<'a>,
    stack: &'a Stack,
    declaration: Span,
}

fn owned<'a>(settings: &'a Settings, graph: &Graph, stack: &'a Stack) -> impl Iterator<Item = Owned<'a>> {
    let declaration = graph.principal(stack.id).span;
    resources(&settings.naming, stack).into_iter().map(move |resource| Owned { resource, stack, declaration })
}

/// Resources of one kind, or stacks, whose names are equal but for case.
pub(super) fn names(settings: &Settings, graph: &Graph, stacks: &Stacks) -> Vec<Diagnostic> {
    let key = |owned: &Owned<'_>| (owned.resource.kind, owned.resource.name.to_ascii_lowercase());
    let all = stacks.stacks.par_iter().flat_map_iter(|stack| owned(settings, graph, stack));
    let mut all: Vec<_> = all.map(|owned| (key(&owned), owned)).collect();
    all.par_sort_by(|(a, one), (b, other)| (a, one.declaration).cmp(&(b, other.declaration)));
    all.chunk_by(|(a, _), (b, _)| a == b).filter_map(name_report).collect()
}

/// One name's key with who bears it.
type Keyed<'a> = ((Kind, String), Owned<'a>);

fn name_report(same: &[Keyed<'_>]) -> Option<Diagnostic> {
    let [(_, first), .., (_, last)] = same else { return None };
    let noun = first.resource.kind.noun();
    let (one, other) = (first.resource.name, last.resource.name);
    let message = match one == other {
        true => format!("a {noun} with the name `{one}` is made {} times", same.len()),
        false => format!("AWS does not tell the {noun} `{one}` from `{other}`: only case differs"),
    };
    let report = match constant_pattern(same) {
        Some(pattern) => {
            let placeholder = last.stack.kind().key();
            let label = format!("is the same for `{}` and `{}`", first.stack.principal, last.stack.principal);
            clash(message, pattern.span, label).help(format!("put `{{{placeholder}}}` into the pattern"))
        }
        None => both(clash(message, last.declaration, named(last)), first)
            .help("rename one of them, or change a pattern in `[naming]`"),
    };
    Some(report)
}

/// The report with the other place, unless one principal has both.
fn both(report: Diagnostic, other: &Owned<'_>) -> Diagnostic {
    let is_same = report.span() == Some(other.declaration);
    if is_same { report } else { report.also(other.declaration, named(other)) }
}

/// A pattern that holds nothing of the principal's, and so is to blame.
fn constant_pattern<'a>(same: &[Keyed<'a>]) -> Option<&'a Text> {
    let patterns = same.iter().filter_map(|(_, owned)| owned.resource.pattern);
    patterns
        .into_iter()
        .find(|pattern| pattern.placeholders().all(|placeholder| placeholder.name == "category"))
}

fn named(owned: &Owned<'_>) -> String {
    format!("`{}` has the {} `{}`", owned.stack.principal, owned.resource.kind.noun(), owned.resource.name)
}

fn clash(message: String, span: Span, label: String) -> Diagnostic {
    Diagnostic::new(&codes::NAME_CLASH, message, span, label)
}

/// Resources of one template with one logical id. Those of which a pattern is to blame are reported
/// for one principal.
pub(super) fn logical_ids(settings: &Settings, graph: &Graph, stacks: &Stacks) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut reports = Vec::new();
    for stack in &stacks.stacks {
        let mut by_id: BTreeMap<&str, Owned<'_>> = BTreeMap::new();
        for owned in owned(settings, graph, stack) {
            let Some(id) = owned.resource.logical_id.filter(|id| !id.is_empty()) else { continue };
            match by_id.get(id) {
                Some(first) if is_clash(first, &owned) && seen.insert((place(first), place(&owned))) => {
                    reports.push(logical_id_report(id, first, &owned));
                }
                Some(_) => {}
                None => {
                    by_id.insert(id, owned);
                }
            }
        }
    }
    reports
}

/// Two of one kind and name are a name clash already.
fn is_clash(one: &Owned<'_>, other: &Owned<'_>) -> bool {
    one.resource.kind != other.resource.kind || !one.resource.name.eq_ignore_ascii_case(other.resource.name)
}

/// The pattern where somebody wrote one, else the principal.
fn place(owned: &Owned<'_>) -> Span {
    let pattern = owned.resource.pattern.map_or(Span::BUILTIN, |pattern| pattern.span);
    if pattern.is_builtin() { owned.declaration } else { pattern }
}

fn logical_id_report(id: &str, one: &Owned<'_>, other: &Owned<'_>) -> Diagnostic {
    let noun = |owned: &Owned<'_>| owned.resource.noun();
    let message = format!("{} and {} have one logical id: `{id}`", noun(one), noun(other));
    let report =
        Diagnostic::new(&codes::LOGICAL_ID_CLASH, message, place(other), format!("names {}", noun(other)));
    let whole = if place(one) == place(other) {
        report
    } else {
        report.also(place(one), format!("names {}", noun(one)))
    };
    whole
        .help("a logical id is the name's letters and digits: let the patterns in `[naming]` differ in those")
}

#[cfg(test)]
mod tests {
    use iamc_model::PrincipalKind;

    use crate::testing::Case;

    #[test]
    fn roles_of_engineers_and_roles_share_names() {
        let mut case = Case::default();
        case.principal(PrincipalKind::Role, "personalrolejanedoe", &[]);
        case.engineer("JaneDoe", &[]);
        case.check(&[("name-clash", "JaneDoe")]);
        assert_eq!(case.reports()[0].labels.len(), 2);
    }

    #[test]
    fn stacks_share_names() {
        let mut case = Case::default();
        case.principal(PrincipalKind::Role, "Deploy", &[]);
        case.engineer("EngineerDeploy", &[]);
        case.settings.naming.role_stack = case.pattern("personal-iam-profile-Engineer", "role", "");
        case.check(&[("name-clash", "EngineerDeploy")]);
    }

    #[test]
    fn a_pattern_without_the_principal_is_to_blame() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        case.engineer("JohnDoe", &[]);
        case.settings.naming.engineer_role = case.text("Role");
        case.check(&[("name-clash", "Role")]);
        assert_eq!(case.reports()[0].help.as_deref(), Some("put `{engineer}` into the pattern"));
    }

    #[test]
    fn logical_ids_of_one_template() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        case.engineer("JohnDoe", &[]);
        case.settings.naming.engineer_role = case.pattern("Personal-", "engineer", "");
        case.settings.naming.engineer_instance_profile = case.pattern("Personal_", "engineer", "");
        case.check(&[("logical-id-clash", "Personal_{engineer}")]);
    }

    #[test]
    fn logical_ids_of_two_templates_are_apart() {
        let mut case = Case::default();
        case.principal(PrincipalKind::Role, "A-B", &[]);
        case.principal(PrincipalKind::Role, "AB", &[]);
        case.check(&[]);
    }
}
