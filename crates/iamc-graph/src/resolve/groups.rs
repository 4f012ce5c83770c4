//! Groups and their memberships.

use std::sync::Arc;

use iamc_model::declaration::GroupDecl;
use iamc_model::graph::{Group, GroupId};
use iamc_model::project::DeclKind;
use iamc_model::{Diagnostic, Project};

use super::members;
use super::names::{self, Named, Names, Table};

/// The groups that are declared, sorted by name, and the table of their names.
pub(super) fn declare<'a>(
    project: &'a Project,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<&'a GroupDecl>, Table<GroupId>) {
    let named = |decl: &'a GroupDecl| Named {
        name: decl.name.as_str().into(),
        span: decl.name.span,
        entry: None,
        item: decl,
    };
    let unique = names::unique(project.groups.iter().map(named).collect(), "group", false, diagnostics);
    let declared: Vec<&GroupDecl> = unique.into_iter().map(|named| named.item).collect();
    let ids = (0..).map(GroupId).zip(&declared).map(|(id, decl)| (Arc::from(decl.name.as_str()), id));
    let table = Table::new(ids).with_unreadable(project, |kind| kind == DeclKind::Group);
    (declared, table)
}

/// The groups with their memberships.
pub(super) fn connect<'a>(
    declared: &[&'a GroupDecl],
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let mut unknown = Vec::new();
    let group = |&decl: &&'a GroupDecl| Group {
        name: Arc::from(decl.name.as_str()),
        span: decl.name.span,
        description: decl.description.clone(),
        policies: members::policies(&decl.policies, names, &mut unknown),
        groups: members::groups(&decl.groups, names, &mut unknown),
        kubernetes_groups: decl.kubernetes_groups.clone(),
    };
    let groups = declared.iter().map(group).collect();
    diagnostics.extend(unknown.iter().map(|unknown| unknown.report(names)));
    groups
}
