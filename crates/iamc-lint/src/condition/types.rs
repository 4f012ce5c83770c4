//! Operators that do not fit the type of the key.

use iamc_catalog::{Catalog, KeyType};
use iamc_model::condition::{BaseOperator, Operator, ValueType};
use iamc_model::{Diagnostic, codes};

use super::Clause;

/// `condition-type`
pub(super) fn misfit(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let kind = clause.key.filter(|key| !is_free(&key.name)).map(|key| key.kind);
    let misfits = kind.filter(|&kind| !fits(clause.operator().base, kind));
    misfits.map(|kind| report(clause, kind)).into_iter().collect()
}

/// Whether the values are what people have chosen, as a tag's are, or are both a date and a number.
fn is_free(key: &str) -> bool {
    key.contains('/') || key.starts_with("kms:EncryptionContext:") || key == "aws:EpochTime"
}

fn fits(base: BaseOperator, kind: KeyType) -> bool {
    match (base.value_type(), kind) {
        _ if base == BaseOperator::Null => true,
        (ValueType::String | ValueType::Arn, KeyType::String | KeyType::Arn) => true,
        (ValueType::Bool, KeyType::Bool) | (ValueType::Number, KeyType::Numeric) => true,
        (ValueType::Date, KeyType::Date) | (ValueType::IpAddress, KeyType::IpAddress) => true,
        (ValueType::Binary, KeyType::Binary) => true,
        _ => false,
    }
}

fn report(clause: &Clause<'_>, kind: KeyType) -> Diagnostic {
    let (operator, key) = (clause.operator(), clause.name());
    let (is, compares, consequence) = (noun(kind), compares(operator), consequence(clause, kind));
    let message = format!("`{key}` is {is}, and `{operator}` compares {compares}: {consequence}");
    let fitting = Operator { base: fitting(operator.base, kind), ..operator };
    Diagnostic::new(&codes::CONDITION_TYPE, message, clause.span(), is).help(format!("write `{fitting}`"))
}

/// What follows: letters can be those of a Boolean or a number, other types are never alike.
fn consequence(clause: &Clause<'_>, kind: KeyType) -> String {
    let operator = clause.operator();
    let is_text = operator.base.value_type() == ValueType::String;
    let noun = clause.statement.noun;
    match kind {
        KeyType::Bool if is_text => "`True` is not `true`".to_owned(),
        KeyType::Numeric if is_text => "`10` is not `10.0`".to_owned(),
        _ if operator.base.is_negated() => format!("the condition never narrows {noun}"),
        _ => format!("{noun} never applies"),
    }
}

fn noun(kind: KeyType) -> &'static str {
    match kind {
        KeyType::String => "a string",
        KeyType::Arn => "an ARN",
        KeyType::Bool => "a Boolean",
        KeyType::Binary => "binary",
        KeyType::Date => "a date",
        KeyType::IpAddress => "an address",
        KeyType::Numeric => "a number",
    }
}

fn compares(operator: Operator) -> &'static str {
    match operator.base.value_type() {
        ValueType::String => "letters",
        ValueType::Arn => "ARNs",
        ValueType::Bool => "Booleans",
        ValueType::Binary => "bytes",
        ValueType::Date => "dates",
        ValueType::IpAddress => "addresses",
        ValueType::Number => "numbers",
    }
}

/// The operator of a type that comes nearest to another.
fn fitting(base: BaseOperator, kind: KeyType) -> BaseOperator {
    let by_sense = |positive, negated| if base.is_negated() { negated } else { positive };
    match kind {
        KeyType::String => by_sense(BaseOperator::StringEquals, BaseOperator::StringNotEquals),
        KeyType::Arn => by_sense(BaseOperator::ArnLike, BaseOperator::ArnNotLike),
        KeyType::Bool => BaseOperator::Bool,
        KeyType::Binary => BaseOperator::BinaryEquals,
        KeyType::Date => ordered(base, BaseOperator::DateEquals),
        KeyType::IpAddress => by_sense(BaseOperator::IpAddress, BaseOperator::NotIpAddress),
        KeyType::Numeric => ordered(base, BaseOperator::NumericEquals),
    }
}

/// `NumericLessThan` for `DateLessThan`: the same comparison under the prefix of `equals`.
fn ordered(base: BaseOperator, equals: BaseOperator) -> BaseOperator {
    let prefix = |base: BaseOperator| base.name().find(char::is_uppercase).map(|_| prefix_of(base.name()));
    let comparison = base.name().strip_prefix(prefix(base).unwrap_or_default()).unwrap_or_default();
    let name = format!("{}{comparison}", prefix_of(equals.name()));
    let same = BaseOperator::ALL.iter().copied().find(|base| base.name() == name);
    same.unwrap_or(equals)
}

/// `Date` of `DateLessThan`
fn prefix_of(name: &str) -> &str {
    let end = name.char_indices().skip(1).find(|(_, c)| c.is_uppercase()).map_or(name.len(), |(at, _)| at);
    &name[..end]
}
