//! `Date…`: ISO 8601 or seconds since 1970, in whole seconds; a fraction is cut off.

use iamc_model::Timestamp;
use iamc_model::condition::BaseOperator;

use super::order;

/// Whether the instants stand to each other as the operator wants.
pub(super) fn matches(base: BaseOperator, wanted: &str, got: &str) -> bool {
    let both = Timestamp::parse(got).zip(Timestamp::parse(wanted));
    both.is_some_and(|(got, wanted)| order::holds(base, got.cmp(&wanted)))
}
