//! What a condition says of a request that does not have its key.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>

use iamc_model::condition::{BaseOperator, SetOperator};
use iamc_model::declaration::Effect;

use super::Clause;
use crate::written::WrittenCondition;

/// What follows where no request has the key: `this Allow never applies`.
pub(crate) fn consequence(written: &WrittenCondition<'_>, effect: Effect, noun: &str) -> String {
    match (written.holds_without_key(), effect) {
        (false, _) => format!("{noun} never applies"),
        (true, Effect::Allow) => format!("the condition never narrows {noun}"),
        (true, Effect::Deny) => format!("the condition never narrows {noun}, which always denies"),
    }
}

impl WrittenCondition<'_> {
    /// Whether the condition holds where the request does not have the key.
    pub(crate) fn holds_without_key(&self) -> bool {
        let operator = self.operator;
        match (operator.base, operator.set) {
            (_, Some(SetOperator::ForAllValues)) => true,
            (_, Some(SetOperator::ForAnyValue)) => operator.if_exists,
            (BaseOperator::Null, None) => {
                self.values.iter().any(|word| word.value.eq_ignore_ascii_case("true"))
            }
            (base, None) => operator.if_exists || base.is_negated(),
        }
    }
}

impl Clause<'_> {
    pub(super) fn holds_without_key(&self) -> bool {
        self.written.holds_without_key()
    }

    pub(super) fn consequence(&self) -> String {
        consequence(self.written, self.statement.effect, self.statement.noun)
    }

    /// Whether another condition of the statement wants the key to be there.
    pub(super) fn is_required(&self) -> bool {
        self.statement.conditions.iter().any(|other| {
            other.is_on(self.name())
                && other.operator.base == BaseOperator::Null
                && other.values.iter().all(|word| word.value.eq_ignore_ascii_case("false"))
        })
    }
}
