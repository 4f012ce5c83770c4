//! Policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the characters.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::borrow::Cow;

use crate::arn::{FIELDS, covers_by_field};
use crate::context::{Context, Known};
use crate::glob::{Glob, Token};

/// A text of a policy in which policy variables may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Template {
    /// There are none.
    Fixed(Glob),
    /// There are some.
    Open(Vec<Part>),
}

/// A part of a text with variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// A character or a wildcard.
    Token(Token),
    /// `${key}`.
    Variable(Variable),
}

/// A policy variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variable {
    /// The context key, as written.
    pub(crate) key: String,
    /// What stands for an absent one.
    pub(crate) default: Option<String>,
}

/// A text with its variables filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filled<'a> {
    /// All are known. What was filled in holds no wildcards.
    Known(Cow<'a, Glob>),
    /// The request does not have this key, and there is no default: nothing fits.
    Absent(&'a str),
    /// The value of this key, the first of such, is not known.
    Unknown {
        /// What fits any value that the unknown keys may have.
        widest: Glob,
        /// As written.
        key: &'a str,
        /// Whether an unknown key without a default may be absent.
        may_be_absent: bool,
        /// Whether what is unknown stands behind the colons between the fields of an ARN.
        is_in_last_field: bool,
    },
}

impl Template {
    /// A text in which `*` and `?` are wildcards.
    pub(crate) fn pattern(text: &str) -> Self {
        Self::new(text, Token::of)
    }

    /// A text in which `*` and `?` stand for themselves.
    pub(crate) fn literal(text: &str) -> Self {
        Self::new(text, Token::Char)
    }

    fn new(text: &str, token: fn(char) -> Token) -> Self {
        let parts = parts(text, token);
        let fixed: Option<Vec<Token>> = parts.iter().map(Part::token).collect();
        fixed.map_or(Self::Open(parts), |tokens| Self::Fixed(Glob::new(tokens)))
    }

    /// The context keys of its variables, as written.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let parts = match self {
            Self::Fixed(_) => &[],
            Self::Open(parts) => parts.as_slice(),
        };
        parts.iter().filter_map(|part| part.variable().map(|variable| variable.key.as_str()))
    }

    /// Whether `*` or `?` stand in it as wildcards.
    pub(crate) fn has_wildcards(&self) -> bool {
        match self {
            Self::Fixed(glob) => !glob.is_literal(),
            Self::Open(parts) => {
                parts.iter().any(|part| matches!(part, Part::Token(Token::One | Token::Many)))
            }
        }
    }

    /// What fits, whatever the context.
    pub(crate) fn widest(&self) -> Cow<'_, Glob> {
        match self {
            Self::Fixed(glob) => Cow::Borrowed(glob),
            Self::Open(parts) => Cow::Owned(glob(parts, |_| None)),
        }
    }

    /// Whether something may fit both, whatever the context.
    pub(crate) fn may_meet(&self, other: &Self) -> bool {
        self.widest().intersects(&other.widest())
    }

    /// Whether it covers all that `other` does, whatever the context and however AWS reads wildcards.
    pub(crate) fn surely_covers(&self, other: &Glob) -> bool {
        match self {
            Self::Fixed(glob) => glob.covers(other) && covers_by_field(glob.tokens(), other.tokens()),
            Self::Open(_) => false,
        }
    }

    /// The text under a context.
    pub(crate) fn fill<'a>(&'a self, context: &Context) -> Filled<'a> {
        let parts = match self {
            Self::Fixed(glob) => return Filled::Known(Cow::Borrowed(glob)),
            Self::Open(parts) => parts,
        };
        let values = |variable: &'a Variable| (variable, variable.value(context));
        let values: Vec<_> = parts.iter().filter_map(Part::variable).map(values).collect();
        if let Some((variable, _)) = values.iter().find(|(_, value)| *value == Value::Absent) {
            return Filled::Absent(&variable.key);
        }
        let filled = glob(parts, |variable| match variable.value(context) {
            Value::Known(value) => Some(value.to_owned()),
            _ => None,
        });
        let mut unknown = values.iter().filter(|(_, value)| *value == Value::Unknown).map(|&(of, _)| of);
        match unknown.clone().next() {
            None => Filled::Known(Cow::Owned(filled)),
            Some(first) => Filled::Unknown {
                widest: filled,
                key: &first.key,
                may_be_absent: unknown.any(|variable| variable.default.is_none()),
                is_in_last_field: is_in_last_field(parts, context),
            },
        }
    }
}

impl Filled<'_> {
    /// Whether a variable without a default has no value, or may have none.
    pub(crate) fn may_be_null(&self) -> bool {
        matches!(self, Self::Absent(_) | Self::Unknown { may_be_absent: true, .. })
    }

    /// The pattern that ignores case: for texts that are folded.
    pub(crate) fn folded(self) -> Self {
        match self {
            Self::Known(glob) => Self::Known(Cow::Owned(glob.folded())),
            Self::Absent(key) => Self::Absent(key),
            Self::Unknown { widest, key, may_be_absent, is_in_last_field } => {
                Self::Unknown { widest: widest.folded(), key, may_be_absent, is_in_last_field }
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value<'a> {
    Known(&'a str),
    Absent,
    Unknown,
}

impl Variable {
    /// Reads what stands between the braces.
    fn read(inner: &str) -> Self {
        let (key, default) = inner.split_once(',').map_or((inner, None), |(key, rest)| (key, Some(rest)));
        let unquoted = |text: &str| {
            let text = text.trim();
            let inner = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
            inner.unwrap_or(text).to_owned()
        };
        Self { key: key.trim().to_owned(), default: default.map(unquoted) }
    }

    /// AWS does not say what a variable of a multivalued key becomes ("You cannot use a multivalued
    /// condition key as a policy variable"), nor whether a key whose value is an empty string "has no value",
    /// so that these are not known.
    fn value<'a>(&'a self, context: &'a Context) -> Value<'a> {
        match context.get(&self.key) {
            Known::Present([value]) if !value.is_empty() => Value::Known(value),
            Known::Absent | Known::Present([]) => self.default.as_deref().map_or(Value::Absent, Value::Known),
            Known::Present(_) | Known::Unknown => Value::Unknown,
        }
    }
}

/// Whether five colons stand before the first variable whose value is not known.
fn is_in_last_field(parts: &[Part], context: &Context) -> bool {
    let known = parts.iter().map_while(|part| match part {
        Part::Token(token) => Some(usize::from(*token == Token::Char(':'))),
        Part::Variable(variable) => match variable.value(context) {
            Value::Known(value) => Some(value.matches(':').count()),
            Value::Absent | Value::Unknown => None,
        },
    });
    known.sum::<usize>() + 1 >= FIELDS
}

impl Part {
    fn token(&self) -> Option<Token> {
        match self {
            Self::Token(token) => Some(*token),
            Self::Variable(_) => None,
        }
    }

    fn variable(&self) -> Option<&Variable> {
        match self {
            Self::Token(_) => None,
            Self::Variable(variable) => Some(variable),
        }
    }
}

/// Cuts a text at its variables; a `${` that is not closed stands for itself.
fn parts(text: &str, token: fn(char) -> Token) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, inner, behind)) = next_variable(rest) {
        parts.extend(before.chars().map(|c| Part::Token(token(c))));
        parts.push(match inner {
            "*" | "?" | "$" => Part::Token(Token::Char(char::from(inner.as_bytes()[0]))),
            inner => Part::Variable(Variable::read(inner)),
        });
        rest = behind;
    }
    parts.extend(rest.chars().map(|c| Part::Token(token(c))));
    parts
}

fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("${")?;
    let (inner, behind) = rest.split_once('}')?;
    Some((before, inner, behind))
}

fn glob(parts: &[Part], value: impl Fn(&Variable) -> Option<String>) -> Glob {
    Glob::new(parts.iter().flat_map(|part| match part {
        Part::Token(token) => vec![*token],
        Part::Variable(variable) => {
            value(variable).map_or(vec![Token::Many], |value| value.chars().map(Token::Char).collect())
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        let mut context = Context::new();
        context.set("aws:username", ["ann*"]);
        context.set("aws:TagKeys", ["a", "b"]);
        context.set("aws:Empty", Vec::<String>::new());
        context.set("aws:Blank", [""]);
        context.set_absent("aws:userid");
        context
    }

    fn known(text: &str) -> Glob {
        match Template::pattern(text).fill(&context()) {
            Filled::Known(glob) => glob.into_owned(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn values_are_filled_in_without_wildcards() {
        let glob = known("home/${AWS:UserName}/*");
        assert!(glob.matches("home/ann*/x") && !glob.matches("home/anna/x"));
    }

    #[test]
    fn literals_stand_for_their_characters() {
        assert_eq!(
            known("${*}${?}${$}*"),
            Glob::new([Token::Char('*'), Token::Char('?'), Token::Char('$'), Token::Many])
        );
        assert_eq!(Template::literal("a*${*}"), Template::Fixed(Glob::literal("a**")));
    }

    #[test]
    fn defaults_stand_for_absent_keys_alone() {
        for text in
            ["${aws:userid, 'a b'}", "${aws:userid,'a b'}", "${aws:userid, a b}", "${aws:Empty, 'a b'}"]
        {
            assert_eq!(known(text), Glob::literal("a b"), "{text}");
        }
        assert_eq!(known("${aws:userid, ''}"), Glob::literal(""));
        assert_eq!(known("${aws:username, 'x'}"), Glob::literal("ann*"));
    }

    #[test]
    fn what_is_absent_or_unknown_is_said() {
        let fill = |text| format!("{:?}", Template::pattern(text).fill(&context()));
        assert_eq!(fill("${aws:x}${aws:userid}"), "Absent(\"aws:userid\")");
        assert!(fill("${aws:TagKeys, 'x'}").contains("key: \"aws:TagKeys\", may_be_absent: false"));
        assert!(fill("${aws:Blank, 'x'}").contains("key: \"aws:Blank\", may_be_absent: false"));
        assert!(fill("${aws:Blank}").contains("key: \"aws:Blank\", may_be_absent: true"));
        assert!(fill("${aws:x, 'd'}${aws:y}").contains("key: \"aws:x\", may_be_absent: true"));
    }

    #[test]
    fn an_unclosed_variable_stands_for_itself() {
        assert_eq!(known("a${b*"), Glob::pattern("a${b*"));
        assert_eq!(known("$*"), Glob::pattern("$*"));
    }
}
