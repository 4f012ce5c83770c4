//! Assertions about what AWS does not have: that nobody may do it holds whatever is allowed.

use iamc_catalog::Catalog;
use iamc_model::assertion::AssertDecl;
use iamc_model::{Diagnostic, Project};

use crate::unknown::Unknown;

/// The action of an assertion, where AWS has nothing for it.
pub fn of_assertion(assertion: &AssertDecl, catalog: &Catalog) -> Option<Diagnostic> {
    let unknown = Unknown::of(&assertion.action.value, catalog)?;
    Some(unknown.report(assertion.action.span, "the assertion is about nothing"))
}

/// Of all assertions.
pub(crate) fn check(project: &Project, catalog: &Catalog) -> impl Iterator<Item = Diagnostic> {
    project.assertions.iter().filter_map(|assertion| of_assertion(assertion, catalog))
}
