//! What is likely not meant: findings that need the knowledge of AWS's services, the deciding of
//! requests, or the whole of what a principal reaches.
//!
//! A rule is a function in a file of its own, in a folder by what it looks at. Rules on one statement
//! see it as it is `written`, templates and `for-each` expanded.

mod action;
mod arn;
mod assertion;
mod closure;
mod condition;
mod pattern;
mod resource;
mod services;
mod trust;
mod unknown;
mod variable;
mod words;
mod written;

use iamc_catalog::Catalog;
use iamc_model::graph::Policy;
use iamc_model::{Diagnostic, Grants, Graph, Project};
use rayon::prelude::*;

pub use assertion::of_assertion;
pub use closure::{Combination, escalations};
pub use unknown::Unknown;
use written::Written;

/// What the lints look at: a project in which the phases before found no error.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// As written.
    pub project: &'a Project,
    /// With its names resolved.
    pub graph: &'a Graph,
    /// As meant.
    pub grants: &'a Grants,
    /// What AWS has.
    pub catalog: &'a Catalog,
}

/// A rule on one statement.
type StatementRule = fn(&Written<'_>, &Catalog) -> Vec<Diagnostic>;

/// The rules on one statement, by folder.
const STATEMENT_RULES: &[&[StatementRule]] =
    &[action::RULES, resource::RULES, &[condition::check, variable::check]];

/// All findings, unsorted and without levels. What several policies of one template have in common is
/// found for each of them, as they differ in whose `silence` counts.
pub fn lint(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let policies = &subject.graph.policies;
    let (mut diagnostics, of_closures) = rayon::join(
        || policies.par_iter().flat_map_iter(|policy| of_policy(policy, subject)).collect::<Vec<_>>(),
        || closure::check(subject),
    );
    diagnostics.extend(variable::never_present(subject));
    diagnostics.extend(trust::check(subject));
    diagnostics.extend(assertion::check(subject.project, subject.catalog));
    diagnostics.extend(of_closures);
    diagnostics
}

fn of_policy(policy: &Policy, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let written = Written::of(policy, &subject.project.settings, subject.catalog);
    let rules = STATEMENT_RULES.iter().copied().flatten();
    let found = rules.flat_map(|rule| rule(&written, subject.catalog));
    found.map(|diagnostic| with_subjects(diagnostic, policy, subject)).collect()
}

/// What a policy's `silence` counts for; a template's too, where the words stand in it.
fn with_subjects(diagnostic: Diagnostic, policy: &Policy, subject: &Subject<'_>) -> Diagnostic {
    let template = policy.template.as_ref().and_then(|name| {
        subject.project.templates.iter().find(|template| template.name.value == *name.value)
    });
    let diagnostic = diagnostic.subject(policy.span);
    template.into_iter().fold(diagnostic, |diagnostic, template| diagnostic.subject(template.name.span))
}
