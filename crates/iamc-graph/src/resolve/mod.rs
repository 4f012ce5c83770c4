//! A project to a graph: templates and `for-each` expanded, names to ids, cycles cut.

mod assertions;
mod cycles;
mod fill;
mod for_each;
mod groups;
mod kubernetes;
mod members;
mod mentions;
mod names;
mod policies;
mod principals;
mod templates;

use iamc_model::project::DeclKind;
use iamc_model::{Diagnostic, Graph, PrincipalKind, Project, diagnostic};

use names::{Names, Table};

/// The graph of a project, and what was wrong with its names. What is wrong is left out of the graph:
/// a policy that cannot be made, a principal without its trust, a membership in nothing, and the
/// memberships that close a cycle.
pub fn resolve(project: &Project) -> (Graph, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let templates = templates::unique(project, &mut diagnostics);
    let (policies, policy_names) = policies::resolve(project, &templates, &mut diagnostics);
    let (declared_groups, group_names) = groups::declare(project, &mut diagnostics);
    let mut names = Names {
        policies: policy_names,
        groups: group_names,
        templates: templates.names(project),
        principals: Table::default(),
    };
    let groups = groups::connect(&declared_groups, &names, &mut diagnostics);
    let (principals, principal_names) = principals::resolve(project, &names, &mut diagnostics);
    names.principals = principal_names;
    let mut graph = Graph { policies, groups, principals };
    kubernetes::check(project, &mut graph, &mut diagnostics);
    assertions::check(project, &names, &mut diagnostics);
    mentions::check(project, &names, &mut diagnostics);
    diagnostics.extend(cycles::cut(&mut graph));
    diagnostic::sort(&mut diagnostics);
    (graph, diagnostics)
}

fn is_principal(kind: DeclKind) -> bool {
    PrincipalKind::ALL.iter().any(|&principal| kind == DeclKind::Principal(principal))
}
