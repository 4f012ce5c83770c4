//! What follows from all that somebody holds, and from pairs of statements.

mod ask;
mod cancelled;
mod cover;
mod covered;
mod duplicate;
mod escalation;
mod exposure;
mod gives;
mod holdings;
mod membership;
mod who;

use iamc_model::Diagnostic;

use crate::Subject;
use holdings::{Documents, Holdings};

/// A rule on whole closures.
type ClosureRule = fn(&Holdings<'_>) -> Vec<Diagnostic>;

const RULES: &[ClosureRule] =
    &[covered::check, cancelled::check, duplicate::check, escalation::check, exposure::check];

/// The findings about closures and memberships.
pub(crate) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let documents = Documents::of(subject);
    let holdings = Holdings::new(subject, &documents);
    let found = RULES.iter().flat_map(|rule| rule(&holdings));
    found.chain(membership::check(subject)).collect()
}
