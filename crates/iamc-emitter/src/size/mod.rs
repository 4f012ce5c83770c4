//! Characters as IAM counts them, or more: IAM leaves white space out, this counts the blanks that stand
//! inside of strings.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

pub(crate) mod most_bytes;

use iamc_model::grants::{Conditions, Patterns, TrustStatement};

use crate::stack::Statement;

/// A document without statements, minified.
const EMPTY: &str = r#"{"Version":"2012-10-17","Statement":[]}"#;

/// What statements can use of a document with so many characters, each taken as its own characters and
/// one more for a comma.
pub(crate) fn room(limit: usize) -> usize {
    (limit + 1).saturating_sub(EMPTY.len())
}

/// Characters of a document whose statements, each with a comma, have `weight` characters.
pub(crate) fn document(weight: usize) -> usize {
    EMPTY.len() + weight.saturating_sub(1)
}

/// Characters of a minified statement with a comma behind it, every list an array.
pub(crate) fn weight(statement: &Statement) -> usize {
    let effect = r#""Effect":"#.len() + string(statement.effect.name());
    let actions = patterns("Action", &statement.actions);
    let resources = patterns("Resource", &statement.resources);
    "{},".len() + sid(statement) + effect + actions + resources + conditions(&statement.conditions)
}

/// Characters of the Sid with its name and a comma; none where there is none.
pub(crate) fn sid(statement: &Statement) -> usize {
    statement.sid.as_deref().map_or(0, |sid| r#""Sid":,"#.len() + string(sid))
}

/// Characters of a trust policy, minified, every list an array.
pub(crate) fn trust(trust: &[TrustStatement]) -> usize {
    EMPTY.len() + joined(trust.iter().map(trust_statement))
}

/// Characters of an entry of a trust policy.
pub(crate) fn trust_statement(entry: &TrustStatement) -> usize {
    let principals = string(entry.kind.iam_key()) + ":".len() + list(&entry.principals);
    r#"{"Effect":"Allow","Principal":{},"Action":}"#.len()
        + principals
        + list(&entry.actions)
        + conditions(&entry.conditions)
}

/// Characters of a condition block with its name and the comma before it; none where it is empty.
pub(crate) fn conditions(conditions: &Conditions) -> usize {
    if conditions.is_empty() {
        return 0;
    }
    let operators = conditions.iter().map(|(operator, keys)| {
        let keys = keys.iter().map(|(key, values)| string(key) + ":".len() + list(values));
        string(&operator.to_string()) + ":{}".len() + joined(keys)
    });
    r#","Condition":{}"#.len() + joined(operators)
}

/// Characters of a JSON string with its quotes.
pub(crate) fn string(text: &str) -> usize {
    if is_plain(text) {
        return 2 + text.len();
    }
    let escaped = |c: char| match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..'\u{20}' => 6,
        _ => 1,
    };
    2 + text.chars().map(escaped).sum::<usize>()
}

/// Whether a text needs no escapes, in JSON and between a YAML text's double quotes. It looks at every byte,
/// which is quicker than to stop at the first.
fn is_plain(text: &str) -> bool {
    let is_strange = |byte: &u8| !matches!(byte, b' '..=b'~') || *byte == b'"' || *byte == b'\\';
    text.as_bytes().iter().map(|byte| usize::from(is_strange(byte))).sum::<usize>() == 0
}

fn patterns(name: &str, patterns: &Patterns) -> usize {
    let not = if patterns.negated { "Not".len() } else { 0 };
    r#","":"#.len() + not + name.len() + list(&patterns.patterns)
}

fn list(texts: &[String]) -> usize {
    "[]".len() + joined(texts.iter().map(|text| string(text)))
}

fn joined(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.map(|size| size + 1).sum::<usize>().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tests::sample;
    use crate::testing::Case;

    #[test]
    fn strings_count_their_escapes() {
        for text in ["", "a b", "\"\\", "line\n\u{1}", "é ÿ"] {
            let json = serde_json::Value::from(text).to_string();
            assert_eq!(string(text), json.chars().count(), "{json}");
        }
    }

    #[test]
    fn a_document_counts_as_its_json() {
        for statement in [sample::plain("A"), sample::with_conditions("A"), sample::negated("A")] {
            let json = sample::json(&[&statement]);
            assert_eq!(document(weight(&statement)), json.chars().count(), "{json}");
            let twice = sample::json(&[&statement, &statement]);
            assert_eq!(document(2 * weight(&statement)), twice.chars().count(), "{twice}");
        }
        assert_eq!(document(0), sample::json(&[]).len());
    }

    #[test]
    fn a_trust_policy_counts_as_its_json() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        case.trust("arn:aws:iam::123456789876:role/Björn");
        let entries = &mut case.grants.principals[0].trust;
        let key = [("sts:ExternalId".to_owned(), vec!["x".to_owned(), "\"".to_owned()])].into();
        entries[1].conditions.insert("StringEquals".parse().unwrap(), key);
        let json = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com"]},"Action":["sts:AssumeRole"]},{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::123456789876:role/Björn"]},"Action":["sts:AssumeRole"],"Condition":{"StringEquals":{"sts:ExternalId":["x","\""]}}}]}"#;
        assert_eq!(trust(entries), json.chars().count());
        assert_eq!(trust(&[]), EMPTY.len());
    }

    #[test]
    fn what_fits_the_room_fits_the_limit() {
        for limit in [0, 10, 38, 39, 40, 6144] {
            let room = room(limit);
            assert!(room <= 1 || document(room) == limit);
            assert!(document(room + 1) > limit);
        }
    }
}
