//! Values that another value of the same condition covers.

use iamc_catalog::Catalog;
use iamc_model::condition::{BaseOperator, ValueType};
use iamc_model::{Diagnostic, codes};

use super::Clause;
use super::address::Range;
use crate::pattern;
use crate::written::{HOLE, Word};

/// `redundant-value`: equal to another, or covered by its pattern or its range.
pub(super) fn values(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let values = clause.values();
    let reports = values.iter().enumerate().filter_map(|(at, word)| {
        let covering = values.iter().enumerate().find(|&(other, by)| {
            other != at && covers(clause, by, word) && (other < at || !covers(clause, word, by))
        });
        covering.map(|(_, by)| report(word, by))
    });
    reports.collect()
}

/// Whether it does so whatever placeholders are filled with.
fn covers(clause: &Clause<'_>, by: &Word, word: &Word) -> bool {
    let is_open = by.value.contains(HOLE) || by.value.contains('?') && word.value.contains(HOLE);
    !is_open && covers_filled(clause, by, word)
}

fn covers_filled(clause: &Clause<'_>, by: &Word, word: &Word) -> bool {
    let base = clause.operator().base;
    let is_like = matches!(base, BaseOperator::StringLike | BaseOperator::StringNotLike);
    let ranges = || Range::parse(&by.value).zip(Range::parse(&word.value));
    match base.value_type() {
        _ if by.value == word.value => true,
        ValueType::String if is_like => pattern::covers(&by.value, &word.value),
        ValueType::Arn => covers_arn(&by.value, &word.value),
        ValueType::IpAddress => ranges().is_some_and(|(by, range)| by.covers(&range)),
        _ => false,
    }
}

/// ARNs are compared field by field.
fn covers_arn(by: &str, word: &str) -> bool {
    let (by, word): (Vec<_>, Vec<_>) = (by.splitn(6, ':').collect(), word.splitn(6, ':').collect());
    by.len() == word.len() && by.iter().zip(&word).all(|(by, word)| pattern::covers(by, word))
}

fn report(word: &Word, by: &Word) -> Diagnostic {
    let message = match word.value == by.value {
        true => format!("`{}` stands here twice", word.shown()),
        false => format!("`{}` is covered by `{}`", word.shown(), by.shown()),
    };
    Diagnostic::new(&codes::REDUNDANT_VALUE, message, word.span, "adds nothing")
        .also(by.span, "covers it")
        .help(format!("remove `{}`", word.shown()))
}
