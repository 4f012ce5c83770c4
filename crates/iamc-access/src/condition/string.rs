//! `String…`: texts, with wildcards where the operator says `Like`.

use iamc_model::condition::BaseOperator;

use crate::glob::folded;
use crate::tri::Tri;
use crate::variable::Filled;

/// Whether `*` and `?` are wildcards.
pub(super) fn takes_wildcards(base: BaseOperator) -> bool {
    matches!(base, BaseOperator::StringLike | BaseOperator::StringNotLike)
}

/// Whether case is ignored: by Unicode's lower case.
pub(super) fn ignores_case(base: BaseOperator) -> bool {
    matches!(base, BaseOperator::StringEqualsIgnoreCase | BaseOperator::StringNotEqualsIgnoreCase)
}

/// Whether the text fits; nothing fits a variable that has no value.
pub(super) fn matches(base: BaseOperator, wanted: &Filled<'_>, got: &str) -> Tri {
    let fold = if ignores_case(base) { folded(got) } else { got.to_owned() };
    match wanted {
        Filled::Known(glob) => glob.matches(&fold).into(),
        Filled::Unknown { widest, .. } if widest.matches(&fold) => Tri::Unknown,
        Filled::Absent(_) | Filled::Unknown { .. } => Tri::False,
    }
}
