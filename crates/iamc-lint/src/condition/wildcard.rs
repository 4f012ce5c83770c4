//! Wildcards under operators that compare letter by letter.

use iamc_catalog::Catalog;
use iamc_model::condition::{BaseOperator, Operator};
use iamc_model::{Diagnostic, codes};

use super::Clause;
use crate::pattern::has_wildcard;
use crate::variable;

/// `literal-wildcard`: `*` or `?` under `StringEquals` and its like. `ArnEquals` takes them.
pub(super) fn literal(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let operator = clause.operator();
    let Some(like) = like(operator.base) else { return vec![] };
    let like = Operator { base: like, ..operator };
    let wild = clause.values().iter().filter(|word| has_wildcard(&variable::without(&word.value)));
    let reports = wild.map(|word| {
        let message =
            format!("`{operator}` takes `{}` letter by letter: it matches no other text", word.shown());
        Diagnostic::new(&codes::LITERAL_WILDCARD, message, word.span, "no pattern here")
            .help(format!("write `{like}` for a pattern"))
    });
    reports.collect()
}

fn like(base: BaseOperator) -> Option<BaseOperator> {
    match base {
        BaseOperator::StringEquals | BaseOperator::StringEqualsIgnoreCase => Some(BaseOperator::StringLike),
        BaseOperator::StringNotEquals | BaseOperator::StringNotEqualsIgnoreCase => {
            Some(BaseOperator::StringNotLike)
        }
        _ => None,
    }
}
