//! IAM's limits on tags.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html>

use iamc_model::graph::Principal;
use iamc_model::{Diagnostic, Span, codes};

use crate::stack::{Identity, Stack};

const MOST: usize = 50;
const LONGEST_KEY: usize = 128;
const LONGEST_VALUE: usize = 256;

/// Tags of the role or user that IAM does not take.
pub(super) fn tags(principal: &Principal, stack: &Stack) -> Vec<Diagnostic> {
    let tags = match &stack.identity {
        Identity::Engineer { role, .. } | Identity::Role { role } => &role.tags,
        Identity::ServiceUser { user, .. } => &user.tags,
    };
    let too_many = (tags.len() > MOST).then(|| {
        let message = format!("`{}` has {} tags, where IAM takes {MOST}", principal.name, tags.len());
        invalid(message, principal.span, "has too many tags").help("remove some, here or in the defaults")
    });
    too_many.into_iter().chain(tags.iter().flat_map(|(key, value)| tag(principal, key, value))).collect()
}

fn tag(principal: &Principal, key: &str, value: &str) -> Vec<Diagnostic> {
    let written = principal.attributes.tags.iter().find(|tag| tag.key.as_str() == key);
    let (key_span, value_span) =
        written.map_or((principal.span, principal.span), |tag| (tag.key.span, tag.value.span));
    let reserved = key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")).then(|| {
        let message = format!("the tag key `{key}` begins with `aws:`, which AWS keeps to itself");
        invalid(message, key_span, "reserved").help(format!("call it `{}`", &key[4..]))
    });
    let empty = key.is_empty().then(|| invalid("a tag has an empty key".into(), key_span, "empty"));
    let key = part("key", key, LONGEST_KEY, key_span);
    let value = part("value", value, LONGEST_VALUE, value_span);
    [reserved, empty, key, value].into_iter().flatten().collect()
}

/// What is wrong with a key or a value.
fn part(noun: &str, text: &str, longest: usize, span: Span) -> Option<Diagnostic> {
    let length = text.chars().count();
    if length > longest {
        let message = format!("a tag's {noun} has {length} characters, where IAM takes {longest}");
        return Some(invalid(message, span, "too long").help(format!("shorten it by {}", length - longest)));
    }
    let wrong = text.chars().find(|&character| !is_tag_character(character))?;
    let message = format!("a tag's {noun} holds `{}`, which IAM does not take", wrong.escape_debug());
    Some(invalid(message, span, "holds it").help("use letters, digits, spaces and `_.:/=+-@`"))
}

/// `[\p{L}\p{Z}\p{N}_.:/=+\-@]`
fn is_tag_character(character: char) -> bool {
    let is_separator = character.is_whitespace() && !character.is_control();
    character.is_alphanumeric() || is_separator || "_.:/=+-@".contains(character)
}

fn invalid(message: String, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(&codes::INVALID_TAG, message, span, label)
}

#[cfg(test)]
mod tests {
    use crate::testing::Case;

    fn check(key: &str, value: &str, expected: &[(&str, &str)]) {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        case.tag(key, value);
        case.check(expected);
    }

    #[test]
    fn what_iam_takes() {
        check("cost-center", "", &[]);
        check("Équipe 日本", "a b_.:/=+-@ é٣\u{A0}", &[]);
        check(&"é".repeat(128), &"é".repeat(256), &[]);
    }

    #[test]
    fn what_it_does_not() {
        check("AWS:team", "x", &[("invalid-tag", "AWS:team")]);
        check("team", "a*b", &[("invalid-tag", "a*b")]);
        check("a\tb", "x", &[("invalid-tag", "a\tb")]);
        check("", "x", &[("invalid-tag", "")]);
        let long = "é".repeat(257);
        check(&long, &long, &[("invalid-tag", &long), ("invalid-tag", &long)]);
    }

    #[test]
    fn at_most_fifty() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        (0..50).for_each(|at| case.tag(&format!("k{at}"), "x"));
        case.check(&[]);
        case.tag("k50", "x");
        case.check(&[("invalid-tag", "JaneDoe")]);
    }
}
