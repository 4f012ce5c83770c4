//! The condition language: an operator, a key and values against a context.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

mod arn;
mod binary;
pub(crate) mod boolean;
mod date;
mod ip;
mod null;
pub(crate) mod number;
mod order;
mod string;

use iamc_model::Operator;
use iamc_model::condition::{BaseOperator, SetOperator, ValueType};

use crate::context::{Context, Known};
use crate::tri::Tri;
use crate::variable::{Filled, Template};

/// Whether a condition holds. What is empty counts as absent.
///
/// AWS does not define an operator without a set prefix on a key with several values; here a positive one
/// holds where one of them matches, a negated one where none does.
pub(crate) fn evaluate(operator: Operator, key: &str, values: &[String], context: &Context) -> Tri {
    holds(operator, values, context.get(key), |got| {
        compare(operator, &Wanted::of(operator.base, values), got, context)
    })
}

/// A condition, read once to be evaluated under many contexts.
#[derive(Debug)]
pub(crate) struct Test<'a> {
    operator: Operator,
    key: &'a str,
    values: &'a [String],
    wanted: Vec<Wanted<'a>>,
}

impl<'a> Test<'a> {
    /// Reads a condition.
    pub(crate) fn new(operator: Operator, key: &'a str, values: &'a [String]) -> Self {
        Self { operator, key, values, wanted: Wanted::of(operator.base, values) }
    }

    /// What [`evaluate`] says.
    pub(crate) fn holds(&self, context: &Context) -> Tri {
        holds(self.operator, self.values, context.get(self.key), |got| {
            compare(self.operator, &self.wanted, got, context)
        })
    }
}

fn holds(operator: Operator, values: &[String], got: Known<'_>, compare: impl Fn(&[String]) -> Tri) -> Tri {
    match got {
        got if operator.base == BaseOperator::Null => null::holds(values, got),
        Known::Unknown => Tri::Unknown,
        Known::Absent | Known::Present([]) => holds_for_absent(operator),
        Known::Present(got) => {
            let compared = compare(got);
            let is_agreed = !may_count_as_absent(operator, got) || compared == holds_for_absent(operator);
            if is_agreed { compared } else { Tri::Unknown }
        }
    }
}

/// Whether AWS leaves open that the values count as none: the set operators are defined for "a null
/// dataset, such as an empty string", and `Null` asks whether "the key exists and its value is not null".
pub(crate) fn may_count_as_absent(operator: Operator, got: &[String]) -> bool {
    let tests_for_none = operator.set.is_some() || operator.base == BaseOperator::Null;
    tests_for_none && got.iter().all(String::is_empty)
}

/// A value that fits where another one has a variable without a value fits for sure only if AWS does not
/// pass over the statement for that variable.
fn compare(operator: Operator, wanted: &[Wanted<'_>], got: &[String], context: &Context) -> Tri {
    let wanted: Vec<_> = wanted.iter().map(|value| value.fill(operator.base, context)).collect();
    let most = if wanted.iter().any(Value::may_be_null) { Tri::Unknown } else { Tri::True };
    over_values(operator, got, |got| {
        Tri::any(wanted.iter().map(|wanted| wanted.matches(operator.base, got))).min(most)
    })
}

/// Whether an operator holds for a key that the request does not have; `Null` apart.
///
/// Of `ForAnyValue:…IfExists` AWS says both: "For no matching key or a null dataset, the condition returns
/// false", and of `IfExists` "If the key is not present, evaluate the condition element as true".
pub(crate) fn holds_for_absent(operator: Operator) -> Tri {
    match (operator.set, operator.if_exists) {
        (Some(SetOperator::ForAllValues), _) | (None, true) => Tri::True,
        (Some(SetOperator::ForAnyValue), true) => Tri::Unknown,
        (Some(SetOperator::ForAnyValue), false) => Tri::False,
        (None, false) => operator.base.is_negated().into(),
    }
}

/// Takes the values of a request together, where `matches` says whether one of the policy's fits.
fn over_values(operator: Operator, got: &[String], matches: impl Fn(&str) -> Tri) -> Tri {
    let negated = operator.base.is_negated();
    let mut holds = got.iter().map(|got| matches(got).negate_if(negated));
    match operator.set {
        Some(SetOperator::ForAllValues) => Tri::all(&mut holds),
        Some(SetOperator::ForAnyValue) => Tri::any(&mut holds),
        None if negated => Tri::all(&mut holds),
        None => Tri::any(&mut holds),
    }
}

/// A value of a policy's condition, read for its operator.
#[derive(Debug, Clone)]
pub(crate) enum Wanted<'a> {
    /// For string and ARN operators: policy variables may stand in it.
    Template(Template),
    /// For all others.
    Plain(&'a str),
}

/// A value of a policy's condition with its variables filled.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    /// Of a string or ARN operator; folded where the operator ignores case.
    Pattern(Filled<'a>),
    /// Of any other.
    Plain(&'a str),
}

impl<'a> Wanted<'a> {
    /// The values of a condition, read.
    pub(crate) fn of(base: BaseOperator, values: &'a [String]) -> Vec<Self> {
        values.iter().map(|value| Self::read(base, value)).collect()
    }

    fn read(base: BaseOperator, value: &'a str) -> Self {
        match base.value_type() {
            ValueType::String if string::takes_wildcards(base) => Self::Template(Template::pattern(value)),
            ValueType::String => Self::Template(Template::literal(value)),
            ValueType::Arn => Self::Template(Template::pattern(value)),
            _ => Self::Plain(value),
        }
    }

    /// The context keys of its variables, as written.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let template = match self {
            Self::Template(template) => Some(template),
            Self::Plain(_) => None,
        };
        template.into_iter().flat_map(Template::keys)
    }

    /// The value under a context.
    pub(crate) fn fill(&self, base: BaseOperator, context: &Context) -> Value<'_> {
        match self {
            Self::Template(template) if string::ignores_case(base) => {
                Value::Pattern(template.fill(context).folded())
            }
            Self::Template(template) => Value::Pattern(template.fill(context)),
            Self::Plain(value) => Value::Plain(value),
        }
    }
}

impl Value<'_> {
    /// Whether it has no value for want of a variable's, or may have none.
    fn may_be_null(&self) -> bool {
        matches!(self, Self::Pattern(filled) if filled.may_be_null())
    }

    /// Whether a value of the request fits this one; of a negated operator, whether what it negates does.
    ///
    /// A value that the operator cannot read on either side fits nothing: AWS's text does not say, but
    /// what does not compare is not equal.
    pub(crate) fn matches(&self, base: BaseOperator, got: &str) -> Tri {
        match (self, base.value_type()) {
            (Self::Pattern(wanted), ValueType::Arn) => arn::matches(wanted, got),
            (Self::Pattern(wanted), _) => string::matches(base, wanted, got),
            (Self::Plain(wanted), ValueType::Number) => number::matches(base, wanted, got).into(),
            (Self::Plain(wanted), ValueType::Date) => date::matches(base, wanted, got).into(),
            (Self::Plain(wanted), ValueType::Bool) => boolean::matches(wanted, got).into(),
            (Self::Plain(wanted), ValueType::Binary) => binary::matches(wanted, got).into(),
            (Self::Plain(wanted), ValueType::IpAddress) => ip::matches(wanted, got).into(),
            (Self::Plain(wanted), ValueType::String | ValueType::Arn) => (*wanted == got).into(),
        }
    }
}

#[cfg(test)]
mod tests;
