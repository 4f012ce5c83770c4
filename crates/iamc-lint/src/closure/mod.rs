//! What follows from all that somebody holds, and from pairs of statements.

mod ask;
mod asked;
mod cancelled;
mod cover;
mod covered;
mod duplicate;
mod escalation;
mod exposure;
mod gives;
mod held;
mod holdings;
mod membership;
mod who;

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::Diagnostic;
use iamc_model::graph::PrincipalId;
use rayon::prelude::*;

use crate::Subject;
pub use escalation::Combination;
use holdings::{Documents, Holdings};

/// A rule on whole closures.
type ClosureRule = fn(&Holdings<'_>) -> Vec<Diagnostic>;

const RULES: &[ClosureRule] =
    &[covered::check, cancelled::check, duplicate::check, escalation::check, exposure::check];

/// The findings about closures and memberships.
pub(crate) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let documents = Documents::of(subject);
    let holdings = Holdings::new(subject, &documents);
    let (mut found, of_memberships) = rayon::join(
        || RULES.par_iter().flat_map_iter(|rule| rule(&holdings)).collect::<Vec<_>>(),
        || membership::check(subject),
    );
    found.extend(of_memberships);
    found
}

/// The [combinations](Combination) of permissions that each principal has by which it can get more than it
/// is given, by their places in the table; principals without any are left out. One that adds nothing to
/// another is left out, too.
pub fn escalations(subject: &Subject<'_>) -> BTreeMap<PrincipalId, BTreeSet<usize>> {
    let documents = Documents::of(subject);
    escalation::of_principals(&Holdings::new(subject, &documents))
}
