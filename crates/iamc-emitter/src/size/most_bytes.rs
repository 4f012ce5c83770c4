//! Bytes that something has at most as YAML in a template, without writing it.

use iamc_model::grants::{Conditions, Patterns};

use super::is_plain;
use crate::stack::Statement;

/// A line's bytes besides its text: at most nine levels of two blanks, twice where a key is long, with the
/// signs of lists and mappings, quotes and line feeds.
const LINE: usize = 48;

/// Bytes of the longest escape for one byte of a text: `\x01`.
const ESCAPE: usize = 4;

/// A statement behind the names of its policies.
pub(crate) fn of_statement(statement: &Statement) -> usize {
    let Statement { policies, sid, effect, actions, resources, conditions } = statement;
    let policies = policies.iter().map(|policy| of_text(policy)).sum::<usize>();
    let head = of_text(sid.as_deref().unwrap_or_default()) + of_text(effect.name());
    policies + head + of_patterns(actions) + of_patterns(resources) + of_conditions(conditions)
}

fn of_patterns(patterns: &Patterns) -> usize {
    LINE + patterns.patterns.iter().map(|pattern| of_text(pattern)).sum::<usize>()
}

/// A condition block with its name.
pub(crate) fn of_conditions(conditions: &Conditions) -> usize {
    let operators = conditions.iter().map(|(operator, keys)| {
        let keys = keys
            .iter()
            .map(|(key, values)| of_text(key) + values.iter().map(|value| of_text(value)).sum::<usize>());
        of_text(&operator.to_string()) + keys.sum::<usize>()
    });
    LINE + operators.sum::<usize>()
}

/// A string with its line.
pub(crate) fn of_text(text: &str) -> usize {
    LINE + if is_plain(text) { text.len() } else { ESCAPE * text.len() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pack::tests::sample;
    use crate::statement::statement_text;

    proptest! {
        #[test]
        fn no_statement_has_more(
            names in prop::collection::vec("[A-Za-z0-9-]{1,64}", 1..4),
            texts in prop::collection::vec(".{0,300}", 1..6),
            key in any::<String>(),
            sid in prop::option::of("[A-Za-z0-9]{1,64}"),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut conditions = sample::conditions("ForAnyValue:StringEqualsIfExists", &key, &texts);
            conditions.extend(sample::conditions("StringNotEqualsIgnoreCase", &key.repeat(300), &[]));
            let statement = Statement {
                policies: names.iter().map(|name| name.as_str().into()).collect(),
                sid,
                actions: sample::patterns(&texts),
                conditions,
                ..sample::negated("A")
            };
            prop_assert!(statement_text(&statement).len() <= of_statement(&statement));
        }
    }
}
