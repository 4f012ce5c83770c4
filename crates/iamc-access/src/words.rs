//! Conditions in words, for people who do not know IAM's operators.

use iamc_model::condition::{BaseOperator, SetOperator, ValueType};
use iamc_model::{Operator, Timestamp};

use crate::condition::{boolean, holds_for_absent};
use crate::tri::Tri;
use crate::variable::Template;

/// What has to hold: `aws:PrincipalTag/team is "ml"`.
pub fn condition(operator: Operator, key: &str, values: &[String]) -> String {
    if operator.base == BaseOperator::Null {
        return presence(key, values);
    }
    let relation = Relation::of(operator.base, values);
    let values: Vec<String> = values.iter().map(|value| shown(operator.base, value)).collect();
    let negated = operator.base.is_negated();
    let holds = match (operator.set, negated) {
        (None, false) => format!("{key} {}", relation.positive(&values)),
        (None, true) => format!("{key} {}", relation.negative(&values)),
        (Some(SetOperator::ForAllValues), false) => {
            format!("every value of {key} {}", relation.positive(&values))
        }
        (Some(SetOperator::ForAllValues), true) => {
            format!("no value of {key} {}", relation.positive(&values))
        }
        (Some(SetOperator::ForAnyValue), false) => format!("a value of {key} {}", relation.positive(&values)),
        (Some(SetOperator::ForAnyValue), true) => format!("a value of {key} {}", relation.negative(&values)),
    };
    match holds_for_absent(operator) {
        Tri::True => format!("{holds}, or not given"),
        Tri::Unknown => format!("{holds}, or not given (AWS leaves that open)"),
        Tri::False => holds,
    }
}

fn presence(key: &str, values: &[String]) -> String {
    let tells = |absent| values.iter().any(|value| boolean::parse(value) == Some(absent));
    match (tells(true), tells(false)) {
        (true, true) => format!("{key} is given or not"),
        (true, false) => format!("{key} is not given"),
        (false, true) => format!("{key} is given"),
        (false, false) => format!("{key} is neither given nor not given"),
    }
}

/// How a value stands to those of the policy.
struct Relation {
    is: &'static str,
    is_not: &'static str,
    /// What is said behind the values.
    behind: &'static str,
}

impl Relation {
    fn of(base: BaseOperator, values: &[String]) -> Self {
        let has_wildcards = || values.iter().any(|value| Template::pattern(value).has_wildcards());
        let (is, is_not) = match base {
            BaseOperator::NumericLessThan => ("is less than", "is not less than"),
            BaseOperator::NumericLessThanEquals => ("is at most", "is not at most"),
            BaseOperator::NumericGreaterThan => ("is greater than", "is not greater than"),
            BaseOperator::NumericGreaterThanEquals => ("is at least", "is not at least"),
            BaseOperator::DateLessThan => ("is before", "is not before"),
            BaseOperator::DateLessThanEquals => ("is no later than", "is later than"),
            BaseOperator::DateGreaterThan => ("is after", "is not after"),
            BaseOperator::DateGreaterThanEquals => ("is no earlier than", "is earlier than"),
            BaseOperator::IpAddress | BaseOperator::NotIpAddress => ("is in", "is not in"),
            _ if takes_wildcards(base) && has_wildcards() => ("matches", "does not match"),
            _ => ("is", "is not"),
        };
        Self { is, is_not, behind: behind(base) }
    }

    fn positive(&self, values: &[String]) -> String {
        format!("{} {}{}", self.is, joined(values, "or"), self.behind)
    }

    fn negative(&self, values: &[String]) -> String {
        match values {
            [_, _, ..] => format!("{} neither {}{}", self.is, joined(values, "nor"), self.behind),
            values => format!("{} {}{}", self.is_not, joined(values, "nor"), self.behind),
        }
    }
}

fn takes_wildcards(base: BaseOperator) -> bool {
    let is_like = matches!(base, BaseOperator::StringLike | BaseOperator::StringNotLike);
    is_like || base.value_type() == ValueType::Arn
}

fn behind(base: BaseOperator) -> &'static str {
    match base {
        BaseOperator::StringEqualsIgnoreCase | BaseOperator::StringNotEqualsIgnoreCase => " in any case",
        BaseOperator::BinaryEquals => " in Base64",
        _ => "",
    }
}

/// `a, b or c`.
fn joined(values: &[String], conjunction: &str) -> String {
    match values {
        [values @ .., last] if !values.is_empty() => format!("{} {conjunction} {last}", values.join(", ")),
        values => values.concat(),
    }
}

/// A value as a person would write it: what needs no quotes has none, a day is a date.
fn shown(base: BaseOperator, value: &str) -> String {
    let quoted = format!("\"{value}\"");
    match base.value_type() {
        ValueType::String | ValueType::Arn => {
            variable(value).map_or(quoted, |key| format!("the value of {key}"))
        }
        ValueType::Date => Timestamp::parse(value).map_or(quoted, date),
        ValueType::Binary => quoted,
        ValueType::Number | ValueType::Bool | ValueType::IpAddress => value.to_owned(),
    }
}

/// The key, where the whole value is one variable without a default.
fn variable(value: &str) -> Option<&str> {
    let key = value.strip_prefix("${")?.strip_suffix('}')?;
    (!key.contains(['$', ',', '*', '?', '}'])).then_some(key)
}

/// `2027-01-01` for a midnight, UTC as all instants are.
fn date(at: Timestamp) -> String {
    let text = at.to_string();
    text.strip_suffix("T00:00:00Z").map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(operator: &str, key: &str, values: &[&str]) -> String {
        let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
        condition(operator.parse().expect("an operator"), key, &values)
    }

    #[test]
    fn operators_in_words() {
        for (operator, values, expected) in [
            ("StringEquals", &["ml"] as &[&str], "k is \"ml\""),
            ("StringEquals", &["a", "b", "c"], "k is \"a\", \"b\" or \"c\""),
            ("StringEquals", &["${aws:username}"], "k is the value of aws:username"),
            ("StringNotEquals", &["ml"], "k is not \"ml\", or not given"),
            ("StringNotEquals", &["a", "b"], "k is neither \"a\" nor \"b\", or not given"),
            ("StringEqualsIgnoreCase", &["ml"], "k is \"ml\" in any case"),
            ("StringLike", &["ml"], "k is \"ml\""),
            ("StringLike", &["ml/*"], "k matches \"ml/*\""),
            ("StringLike", &["ml/${*}"], "k is \"ml/${*}\""),
            ("StringNotLike", &["a*", "b*"], "k matches neither \"a*\" nor \"b*\", or not given"),
            ("StringNotLike", &["a*"], "k does not match \"a*\", or not given"),
            ("NumericLessThanEquals", &["10"], "k is at most 10"),
            ("NumericNotEquals", &["10"], "k is not 10, or not given"),
            ("DateLessThan", &["2027-01-01T00:00:00Z"], "k is before 2027-01-01"),
            ("DateGreaterThanEquals", &["1798761601"], "k is no earlier than 2027-01-01T00:00:01Z"),
            ("Bool", &["true"], "k is true"),
            ("BoolIfExists", &["true"], "k is true, or not given"),
            ("BinaryEquals", &["aWFtYw=="], "k is \"aWFtYw==\" in Base64"),
            ("IpAddress", &["10.0.0.0/8", "::1"], "k is in 10.0.0.0/8 or ::1"),
            ("NotIpAddress", &["10.0.0.0/8"], "k is not in 10.0.0.0/8, or not given"),
            ("ArnLike", &["arn:aws:s3:::b*"], "k matches \"arn:aws:s3:::b*\""),
            ("ArnEquals", &["arn:aws:s3:::b"], "k is \"arn:aws:s3:::b\""),
            ("Null", &["true"], "k is not given"),
            ("Null", &["false"], "k is given"),
            ("Null", &["false", "true"], "k is given or not"),
            ("ForAllValues:StringEquals", &["a", "b"], "every value of k is \"a\" or \"b\", or not given"),
            ("ForAllValues:StringNotLike", &["a*"], "no value of k matches \"a*\", or not given"),
            ("ForAnyValue:StringEquals", &["a"], "a value of k is \"a\""),
            ("ForAnyValue:StringNotEquals", &["a"], "a value of k is not \"a\""),
            (
                "ForAnyValue:StringEqualsIfExists",
                &["a"],
                "a value of k is \"a\", or not given (AWS leaves that open)",
            ),
        ] {
            assert_eq!(words(operator, "k", values), expected, "{operator}");
        }
    }

    #[test]
    fn no_operator_is_without_words() {
        for operator in Operator::all() {
            let words = condition(operator, "aws:x", &["true".to_owned()]);
            assert!(words.contains("aws:x") && !words.contains("  "), "{operator}: {words}");
        }
    }
}
