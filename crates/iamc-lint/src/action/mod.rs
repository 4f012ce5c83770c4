//! What is wrong with `actions`, or wide in them.

mod broad;
mod excepted;
mod pass_role;
mod redundant;
mod service;
mod service_linked;
mod unknown;
mod writes;

use crate::StatementRule;

/// The rules on actions.
pub(crate) const RULES: &[StatementRule] = &[
    unknown::check,
    service::wildcard,
    redundant::check,
    broad::check,
    writes::check,
    excepted::check,
    pass_role::check,
    service_linked::check,
];
