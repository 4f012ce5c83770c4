//! Conditions on multi-factor authentication that a request without the key escapes: one signed with
//! long-term access keys has neither key.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent>

use iamc_catalog::Catalog;
use iamc_model::condition::{BaseOperator, Operator};
use iamc_model::{Diagnostic, codes};

use super::Clause;

const KEYS: [&str; 2] = ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"];

/// `mfa-escape`
pub(super) fn escape(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let is_judged =
        KEYS.iter().any(|key| clause.written.is_on(key)) && clause.operator().base != BaseOperator::Null;
    let escapes = match clause.is_allow() {
        true => clause.holds_without_key() && !clause.is_required() && !is_about(clause, "false"),
        false => !clause.holds_without_key() && !is_about(clause, "true") && !is_about_fresh(clause),
    };
    if is_judged && escapes { vec![report(clause)] } else { vec![] }
}

/// Whether it is about those that did so authenticate (`true`), or those that did not (`false`).
fn is_about(clause: &Clause<'_>, answer: &str) -> bool {
    let is_bool = clause.operator().base == BaseOperator::Bool;
    is_bool && clause.values().iter().all(|word| word.value.eq_ignore_ascii_case(answer))
}

/// Whether it is about those that did so a short time ago.
fn is_about_fresh(clause: &Clause<'_>) -> bool {
    matches!(clause.operator().base, BaseOperator::NumericLessThan | BaseOperator::NumericLessThanEquals)
}

fn report(clause: &Clause<'_>) -> Diagnostic {
    let noun = clause.statement.noun;
    let message = match clause.is_allow() {
        true => format!("{noun} lets through requests with long-term access keys, which say nothing of MFA"),
        false => format!("{noun} spares requests with long-term access keys, which say nothing of MFA"),
    };
    let help = format!("write `{}`", safe(clause));
    Diagnostic::new(&codes::MFA_ESCAPE, message, clause.span(), "not in every request").help(help)
}

/// The condition that absence does not escape.
fn safe(clause: &Clause<'_>) -> String {
    let operator = clause.operator();
    let is_presence = clause.written.is_on(KEYS[0]);
    match (clause.is_allow(), is_presence) {
        (true, true) => "conditions.Bool.\"aws:MultiFactorAuthPresent\" = [\"true\"]".to_owned(),
        (false, true) => "conditions.BoolIfExists.\"aws:MultiFactorAuthPresent\" = [\"false\"]".to_owned(),
        (true, false) => Operator { if_exists: false, set: None, ..operator }.to_string(),
        (false, false) => Operator { if_exists: true, set: None, ..operator }.to_string(),
    }
}
