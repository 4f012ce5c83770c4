//! Where AWS's own text leaves open what a statement means, said in words.

use iamc_model::condition::{BaseOperator, ValueType};

use crate::arn::fields;
use crate::condition::{self, Value};
use crate::context::{Context, Known};
use crate::resolve::Condition;
use crate::variable::Filled;

/// Of a pattern that matches only if a wildcard passes over a colon.
pub(crate) fn crossing(pattern: &str) -> String {
    format!("AWS leaves open whether a wildcard in `{pattern}` goes beyond a colon of the ARN")
}

/// Of a variable that has no value, or may have none.
pub(crate) fn discarding(key: &str, context: &Context) -> String {
    let verb = if context.get(key) == Known::Unknown { "may have" } else { "has" };
    format!("`${{{key}}}` {verb} no value, for which AWS may pass over the whole statement")
}

/// Of a condition that is open although its key is known.
pub(crate) fn of_condition(of: &Condition<'_>, context: &Context) -> Option<String> {
    match context.get(of.key) {
        Known::Unknown => None,
        Known::Absent | Known::Present([]) => Some(
            "AWS says both that `ForAnyValue` fails and that `IfExists` holds for a key that is not given"
                .into(),
        ),
        Known::Present(got) if condition::may_count_as_absent(of.operator, got) => {
            Some("AWS leaves open where an empty string counts as a value".into())
        }
        Known::Present(_) => {
            let base = of.operator.base;
            of.wanted().iter().find_map(|wanted| of_value(base, &wanted.fill(base, context), context))
        }
    }
}

fn of_value(base: BaseOperator, value: &Value<'_>, context: &Context) -> Option<String> {
    match value {
        Value::Pattern(Filled::Absent(key)) => Some(discarding(key, context)),
        Value::Pattern(Filled::Unknown { key, .. }) => of_variable(key, context),
        Value::Pattern(Filled::Known(glob)) if base.value_type() == ValueType::Arn => fields(glob.tokens())
            .is_none()
            .then(|| "AWS leaves open what a pattern of an ARN with fewer than six fields matches".into()),
        Value::Pattern(_) | Value::Plain(_) => None,
    }
}

fn of_variable(key: &str, context: &Context) -> Option<String> {
    match context.get(key) {
        Known::Present([_]) => {
            Some(format!("AWS leaves open whether `${{{key}}}` has a value where it is empty"))
        }
        Known::Present(_) => {
            Some(format!("AWS does not say what `${{{key}}}` becomes where the key has several values"))
        }
        Known::Absent | Known::Unknown => None,
    }
}
