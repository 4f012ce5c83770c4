//! What is likely not meant: findings that need the knowledge of AWS's services, the deciding of
//! requests, or the whole of what a principal reaches.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, Grants, Graph, Project};

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

/// All findings, unsorted and without levels.
pub fn lint(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let _ = subject;
    vec![]
}
