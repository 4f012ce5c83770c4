//! Values that no request can have for the key, or that mean something else than they seem to.

mod domain;
mod shape;

use iamc_catalog::{Catalog, KeyType};
use iamc_model::condition::{BaseOperator, ValueType};
use iamc_model::{Diagnostic, codes};

use super::Clause;
use crate::pattern::has_wildcard;
use crate::variable;
use crate::written::{HOLE, Word};

/// What is wrong with a value.
struct Wrong {
    /// What it means, behind the value and a colon.
    why: String,
    label: &'static str,
    help: String,
}

impl Wrong {
    /// A value that no request has.
    fn never(why: &str, label: &'static str, help: impl Into<String>) -> Self {
        Self::new(format!("{why}: it never matches"), label, help)
    }

    fn new(why: impl Into<String>, label: &'static str, help: impl Into<String>) -> Self {
        Self { why: why.into(), label, help: help.into() }
    }
}

/// `condition-value`: what IAM takes, and no request has. What it refuses is the parser's to say.
pub(super) fn misfit(clause: &Clause<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    if clause.operator().base == BaseOperator::Null {
        return vec![];
    }
    let wrong = clause.values().iter().filter_map(|word| Some((word, wrong(clause, word, catalog)?)));
    wrong.map(|(word, wrong)| report(word, &wrong)).collect()
}

fn wrong(clause: &Clause<'_>, word: &Word, catalog: &Catalog) -> Option<Wrong> {
    let value = word.value.as_str();
    let by_type = match clause.operator().base.value_type() {
        ValueType::Date => shape::date(value),
        ValueType::IpAddress => shape::range(value),
        ValueType::Arn => shape::arn(value),
        ValueType::String => shape::blank(value),
        ValueType::Number | ValueType::Bool | ValueType::Binary => None,
    };
    by_type.or_else(|| of_key(clause, value, catalog))
}

/// What is wrong with a value of this key, where it is written out.
fn of_key(clause: &Clause<'_>, value: &str, catalog: &Catalog) -> Option<Wrong> {
    let is_open = value.contains(HOLE) || variable::without(value) != value;
    let base = clause.operator().base;
    let is_like = matches!(base, BaseOperator::StringLike | BaseOperator::StringNotLike);
    let is_text = base.value_type() == ValueType::String;
    if is_open || !is_text || is_like && has_wildcard(value) || value.contains('*') {
        return None;
    }
    let is_arn = clause.key.is_some_and(|key| key.kind == KeyType::Arn);
    let not_an_arn = (is_arn && !value.is_empty()).then(|| shape::text_of_arn(value)).flatten();
    not_an_arn.or_else(|| domain::of(clause.name(), value, catalog))
}

fn report(word: &Word, wrong: &Wrong) -> Diagnostic {
    let message = format!("`{}` {}", word.shown(), wrong.why);
    Diagnostic::new(&codes::CONDITION_VALUE, message, word.span, wrong.label).help(wrong.help.clone())
}
