//! What `Equals`, `LessThan` and their kin say of two values that have an order.

use std::cmp::Ordering;

use iamc_model::condition::BaseOperator;

/// Whether the request's value stands to the policy's as the operator wants; of a negated operator,
/// whether what it negates holds.
pub(super) fn holds(base: BaseOperator, got_to_wanted: Ordering) -> bool {
    match base {
        BaseOperator::NumericLessThan | BaseOperator::DateLessThan => got_to_wanted.is_lt(),
        BaseOperator::NumericLessThanEquals | BaseOperator::DateLessThanEquals => got_to_wanted.is_le(),
        BaseOperator::NumericGreaterThan | BaseOperator::DateGreaterThan => got_to_wanted.is_gt(),
        BaseOperator::NumericGreaterThanEquals | BaseOperator::DateGreaterThanEquals => got_to_wanted.is_ge(),
        _ => got_to_wanted.is_eq(),
    }
}
