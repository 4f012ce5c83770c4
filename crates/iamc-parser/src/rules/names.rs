//! Names of declarations.

use iamc_model::name::{is_declaration_name, is_principal_name};
use iamc_model::settings::Naming;
use iamc_model::{Spanned, Text, codes};
use regex::Regex;

use crate::read::{Braces, Reader};

/// The longest name that IAM gives a role or a user.
const LONGEST: usize = 64;

/// How long a name may be, and whether it is right.
#[derive(Clone, Copy)]
pub(crate) enum Syntax {
    /// A policy, group or template.
    Declaration,
    /// A service user or role.
    Principal,
}

impl Syntax {
    fn is_name(self, name: &str) -> bool {
        match self {
            Self::Declaration => is_declaration_name(name),
            Self::Principal => is_principal_name(name),
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Declaration => "begin with a letter; write letters, digits, `-` and `_`, at most 128",
            Self::Principal => "begin with a letter; write letters, digits, `-` and `_`, at most 64",
        }
    }
}

/// Checks a name that is written out.
pub(crate) fn name(reader: &mut Reader<'_>, key: Spanned<&str>, syntax: Syntax) -> Option<Spanned<String>> {
    if !syntax.is_name(key.value) {
        let help = match key.value.contains(['{', '}']) {
            true => {
                "write a name without braces; only policies, service users and roles with `for-each` have placeholders in theirs"
            }
            false => syntax.help(),
        };
        invalid(reader, key, help);
        return None;
    }
    Some(Spanned::new(key.value.to_owned(), key.span))
}

/// Cuts a name at its placeholders where the declaration has a `for-each`, and else checks it.
pub(crate) fn pattern(
    reader: &mut Reader<'_>,
    key: Spanned<&str>,
    syntax: Syntax,
    has_for_each: bool,
) -> Option<Text> {
    if has_for_each {
        return reader.cut(key, Braces::Literal);
    }
    if key.value.contains(['{', '}']) {
        invalid(
            reader,
            key,
            "give it a `for-each`, whose entries fill the placeholders, or remove the braces",
        );
        return None;
    }
    name(reader, key, syntax).map(|name| Text::literal(name.value, name.span))
}

fn invalid(reader: &mut Reader<'_>, key: Spanned<&str>, help: &str) {
    let message = format!("`{}` cannot be a name", key.value);
    reader.error(&codes::INVALID_NAME, message, key.span, "not a name", help);
}

/// What engineers are called: `naming.engineer-pattern`, and on top of it what IAM takes in every
/// name that is made of theirs.
pub(crate) struct EngineerPattern {
    regex: Option<Regex>,
    written: String,
}

impl EngineerPattern {
    /// The pattern, which counts for the whole name. One that is no regular expression has been
    /// reported and forbids nothing.
    pub(crate) fn new(pattern: &str) -> Self {
        Self { regex: whole(pattern).ok(), written: pattern.to_owned() }
    }

    /// Whether an engineer may be called so.
    pub(crate) fn matches(&self, name: &str) -> bool {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._@+=".contains(c);
        let is_matched = self.regex.as_ref().is_none_or(|regex| regex.is_match(name));
        is_matched && !name.is_empty() && name.len() <= LONGEST && name.chars().all(is_plain)
    }

    /// Checks an engineer's name.
    pub(crate) fn check(&self, reader: &mut Reader<'_>, key: Spanned<&str>) -> Option<Text> {
        if !self.matches(key.value) {
            invalid(reader, key, &self.help(key.value));
            return None;
        }
        Some(Text::literal(key.value, key.span))
    }

    /// Reports a name with a dot that stands without quotes.
    pub(crate) fn unquoted(&self, reader: &mut Reader<'_>, key: Spanned<&str>) {
        let quoted = format!("write the name in quotes, `\"{}\"`: to TOML the dot makes a table", key.value);
        let help = match self.matches(key.value) {
            true => quoted,
            false => format!("{}; a name with a dot stands in quotes", self.help(key.value)),
        };
        invalid(reader, key, &help);
    }

    fn help(&self, name: &str) -> String {
        let pattern = &self.written;
        let length = name.chars().count();
        if length > LONGEST {
            return format!("write at most {LONGEST} characters; these are {length}");
        }
        match *pattern == Naming::default().engineer_pattern.value {
            true => "begin with a capital letter; write letters from A to Z and digits, as in `JaneDoe`, or allow more with `naming.engineer-pattern`".to_owned(),
            false => format!(
                "write a name that matches `{pattern}`, of letters, digits and `._@+=`, at most {LONGEST}"
            ),
        }
    }
}

/// A regular expression that counts for a whole text.
pub(crate) fn whole(pattern: &str) -> Result<Regex, regex::Error> {
    Regex::new(pattern).and_then(|_| Regex::new(&format!("^(?:{pattern})$")))
}
