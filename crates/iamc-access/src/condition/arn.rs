//! `Arn…`: "Each of the six colon-delimited components of the ARN is checked separately and each can
//! include multi-character match wildcards (*) or single-character match wildcards (?). … `ArnEquals` and
//! `ArnLike` behave identically."

use crate::arn::{covers_by_field, fields};
use crate::glob::Glob;
use crate::tri::Tri;
use crate::variable::Filled;

/// Whether the ARN fits; nothing fits a variable that has no value.
pub(super) fn matches(wanted: &Filled<'_>, got: &str) -> Tri {
    match wanted {
        Filled::Known(glob) => fits(glob, got),
        Filled::Unknown { widest, .. } if widest.matches(got) => Tri::Unknown,
        Filled::Absent(_) | Filled::Unknown { .. } => Tri::False,
    }
}

/// AWS's text leaves open what a pattern with fewer than six fields matches, `*` alone among them.
fn fits(glob: &Glob, got: &str) -> Tri {
    match fields(glob.tokens()) {
        Some(_) => covers_by_field(glob.tokens(), Glob::literal(got).tokens()).into(),
        None if glob.matches(got) => Tri::Unknown,
        None => Tri::False,
    }
}
