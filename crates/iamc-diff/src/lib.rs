//! What a change of a project means: who gains what, who loses what, why, and what else changes.
//!
//! Two [`Side`]s of a project are compared by what they allow, not by their text. Whatever is reported as
//! gained or lost comes with a request that the plain evaluator has confirmed on both sides; what cannot
//! be decided is said to be unknown.

mod access;
mod cause;
mod comparison;
mod difference;
mod join;
mod project;
mod structure;
#[cfg(test)]
mod testing;
mod words;

use iamc_catalog::Catalog;
use iamc_effective::Built;
use iamc_model::{Graph, Project, Timestamp};

pub use access::{Finding, Touched, touched};
use comparison::Comparison;
pub use difference::{
    AccessChange, Aspect, Cause, Change, Difference, Doubt, Presence, PrincipalChange, Risk, SideOf, Source,
};

/// One side of a comparison: a project in which the phases found no error. A revision without a project
/// is an empty one.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// As written.
    pub project: &'a Project,
    /// With its names resolved.
    pub graph: &'a Graph,
    /// As meant, and as emitted.
    pub built: Built<'a>,
}

/// Compares two sides. What is allowed only before `now` is no gain.
pub fn compare(base: Side<'_>, head: Side<'_>, catalog: &Catalog, now: Timestamp) -> Difference {
    let comparison = Comparison { base, head };
    let access = access::compare(base, head, catalog, now);
    Difference { principals: join::join(&comparison, access), project: project::changes(&comparison) }
}
