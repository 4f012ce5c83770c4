//! What is likely not meant, although it is no error.

mod deny;
mod empty;
mod star;
mod texts;
mod unused;

use iamc_model::{Diagnostic, Grants, Graph, Project};

use crate::closure::Closures;

/// The lints of a project in which the phases before found no error: what nobody reaches or uses, what
/// holds nothing, denials that are bounded, and placeholders before a `*`. They come unsorted: two that
/// say the same of one place can differ in whose `silence` counts.
pub fn lint(project: &Project, graph: &Graph, grants: &Grants) -> Vec<Diagnostic> {
    let closures = Closures::of(graph);
    let mut diagnostics = unused::check(project, graph, &closures);
    diagnostics.extend(empty::check(graph, grants));
    diagnostics.extend(deny::check(graph, &closures));
    diagnostics.extend(star::check(project));
    diagnostics
}
