//! A table whose keys are known: they are taken out one by one, and what is left is reported.

use std::fmt::{self, Display, Formatter};

use iamc_model::{Diagnostic, Span, codes, name};
use toml::de::DeTable;

use super::{Reader, Value};

/// So many keys most tables have.
const MOST_KEYS: usize = 12;

/// A table that is being read.
pub(crate) struct Section<'a> {
    table: &'a DeTable<'a>,
    what: What<'a>,
    /// Where it is reported that a key is missing.
    header: Span,
    known: Vec<&'static str>,
    missing: Vec<Missing>,
}

/// What a table is, for messages.
#[derive(Clone, Copy)]
pub(crate) enum What<'a> {
    /// `a silence`
    Words(&'static str),
    /// A noun and a name: `` policy `X` ``
    Named(&'static str, &'a str),
}

impl Display for What<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Named(noun, name) => write!(f, "{noun} `{name}`"),
        }
    }
}

/// Keys of which one has to be given.
struct Missing {
    keys: &'static [&'static str],
    help: String,
}

impl<'a> Section<'a> {
    /// A table; `header` names it.
    pub(crate) fn new(table: &'a DeTable<'a>, what: What<'a>, header: Span) -> Self {
        Self { table, what, header, known: Vec::with_capacity(MOST_KEYS), missing: vec![] }
    }

    /// The value of a key, where it is given.
    pub(crate) fn take(&mut self, reader: &Reader<'a>, key: &'static str) -> Option<Value<'a>> {
        self.known.push(key);
        self.peek(reader, key)
    }

    /// The value of a key, which does not become known by it.
    pub(crate) fn peek(&self, reader: &Reader<'a>, key: &str) -> Option<Value<'a>> {
        self.table.get_key_value(key).map(|(key, node)| Value::new(reader.file, key, node))
    }

    /// The value of a key that has to be given; `help` is what to write.
    pub(crate) fn require(
        &mut self,
        reader: &Reader<'a>,
        key: &'static [&'static str; 1],
        help: &str,
    ) -> Option<Value<'a>> {
        let value = self.take(reader, key[0]);
        if value.is_none() {
            self.lacks(key, help);
        }
        value
    }

    /// Notes that one of these keys has to be given and none is; `help` is what to write.
    pub(crate) fn lacks(&mut self, keys: &'static [&'static str], help: &str) {
        self.missing.push(Missing { keys, help: help.to_owned() });
    }

    /// The keys that nobody has taken.
    pub(crate) fn rest(&self, reader: &Reader<'a>) -> Vec<Value<'a>> {
        let is_known = |value: &Value<'a>| self.known.contains(&value.key.value);
        reader.entries(self.table).filter(|value| !is_known(value)).collect()
    }

    /// The known key that an unknown one is a slip of.
    pub(crate) fn nearest(&self, key: &str) -> Option<&'static str> {
        let plural = key.strip_suffix('y').map(|stem| format!("{stem}ies"));
        let plural = self.known.iter().copied().find(|known| plural.as_deref() == Some(known));
        plural.or_else(|| name::nearest(key, self.known.iter().copied()))
    }

    /// Reports the keys that are left, and those that are missing.
    pub(crate) fn finish(self, reader: &mut Reader<'a>) {
        let rest = self.rest(reader);
        self.finish_with(reader, rest, |_| None);
    }

    /// As [`Self::finish`] with what is left, and with a help for keys that mean something elsewhere.
    pub(crate) fn finish_with(
        mut self,
        reader: &mut Reader<'a>,
        rest: Vec<Value<'a>>,
        note: impl Fn(&Value<'a>) -> Option<String>,
    ) {
        for value in rest {
            let help = note(&value).unwrap_or_else(|| self.help(value.key.value));
            let message = format!("`{}` is not a key of {}", value.key.value, self.what);
            reader.error(&codes::UNKNOWN_KEY, message, value.key.span, "unknown key", help);
        }
        for missing in self.missing {
            let (message, label) = match missing.keys {
                [key] => (format!("{} has no `{key}`", self.what), format!("`{key}` is missing")),
                keys => {
                    let keys = list(keys);
                    (format!("{} has none of {keys}", self.what), format!("one of {keys} is missing"))
                }
            };
            reader
                .report(Diagnostic::new(&codes::MISSING_KEY, message, self.header, label).help(missing.help));
        }
    }

    /// The help for an unknown key; a missing key that it is a slip of is no longer missing.
    fn help(&mut self, key: &str) -> String {
        match self.nearest(key) {
            Some(near) => {
                self.missing.retain(|missing| !missing.keys.contains(&near));
                format!("write `{near}`")
            }
            None if self.known.is_empty() => "remove it".to_owned(),
            None => format!("remove it; the keys here are {}", list(&self.known)),
        }
    }
}

/// `` `a`, `b` and `c` ``
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
