//! `ForAllValues:` and `ForAnyValue:` where they do not belong, and their absence where they do.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use iamc_catalog::Catalog;
use iamc_model::condition::{BaseOperator, Operator, SetOperator};
use iamc_model::{Diagnostic, codes};

use super::Clause;

/// `set-operator`: on a key of which a request has one value, or on `Null`.
pub(super) fn on_single_value(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let operator = clause.operator();
    let is_single = clause.key.is_some_and(|key| !key.multivalued) && !clause.is_claim();
    let Some(set) = operator.set else { return vec![] };
    let report = match (operator.base, is_single) {
        (BaseOperator::Null, _) => Some(on_null(clause, set)),
        (_, true) => Some(on_one(clause, set)),
        (_, false) => None,
    };
    report.into_iter().collect()
}

fn on_null(clause: &Clause<'_>, set: SetOperator) -> Diagnostic {
    let always = if set == SetOperator::ForAllValues { "true" } else { "false" };
    let message = format!("`{}` is {always} whatever the request has", clause.operator());
    Diagnostic::new(&codes::SET_OPERATOR, message, clause.span(), "not compared").help("write `Null`")
}

fn on_one(clause: &Clause<'_>, set: SetOperator) -> Diagnostic {
    let name = clause.name();
    let message = match (set, clause.is_allow()) {
        (SetOperator::ForAllValues, true) => {
            format!("`{name}` is one value: `ForAllValues` only adds that a request without it is allowed")
        }
        (SetOperator::ForAllValues, false) => {
            format!("`{name}` is one value: `ForAllValues` only adds that a request without it is denied")
        }
        (SetOperator::ForAnyValue, _) => {
            format!("`{name}` is one value: `ForAnyValue` is for keys with several")
        }
    };
    let plain = Operator { set: None, ..clause.operator() };
    Diagnostic::new(&codes::SET_OPERATOR, message, clause.span(), "a single value")
        .help(format!("write `{plain}`"))
}

/// `missing-set-operator`: on a key of which a request has several values.
pub(super) fn missing(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let operator = clause.operator();
    let is_multivalued = clause.key.is_some_and(|key| key.multivalued);
    if !is_multivalued || operator.set.is_some() || operator.base == BaseOperator::Null {
        return vec![];
    }
    let with = |set| Operator { set: Some(set), ..operator };
    let (any, all) = (with(SetOperator::ForAnyValue), with(SetOperator::ForAllValues));
    let message = format!(
        "`{}` has several values, and `{operator}` compares one: IAM wants a set operator",
        clause.name()
    );
    let help = format!("write `\"{any}\"` if one value is enough, `\"{all}\"` if all have to fit");
    vec![Diagnostic::new(&codes::MISSING_SET_OPERATOR, message, clause.span(), "several values").help(help)]
}

/// `for-all-values-allow`: an Allow by `ForAllValues`, which holds for a request that has no value at
/// all. One without tags is none of them: it tags nothing.
pub(super) fn empty(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let is_of_all = clause.operator().set == Some(SetOperator::ForAllValues);
    let is_multivalued = clause.key.is_some_and(|key| key.multivalued);
    let is_harmless = clause.written.is_on("aws:TagKeys") || clause.is_required();
    if !is_of_all || !clause.is_allow() || !is_multivalued || is_harmless {
        return vec![];
    }
    let name = clause.name();
    let message = format!("`ForAllValues` lets through what has no `{name}` at all");
    let help = format!("add `conditions.Null.\"{name}\" = [\"false\"]`");
    vec![Diagnostic::new(&codes::FOR_ALL_VALUES_ALLOW, message, clause.span(), "may be missing").help(help)]
}
