//! A tree of YAML.

use std::borrow::Cow;
use std::fmt;

use iamc_model::Span;

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct Node<'t> {
    /// What it is.
    pub(crate) value: Value<'t>,
    /// The words of a scalar; of a list or mapping its first, or its bracket.
    pub(crate) span: Span,
}

/// What YAML knows, as far as output needs it.
#[derive(Debug, Clone)]
pub(crate) enum Value<'t> {
    /// What every reader takes for a string.
    Text(Cow<'t, str>),
    /// A literal block, which is a string, too.
    Block(Cow<'t, str>),
    /// A plain scalar that some reader takes for a number, a Boolean, a date or nothing.
    Other(Cow<'t, str>),
    /// `!Ref X`
    Ref(Cow<'t, str>),
    /// A sequence.
    List(Vec<Node<'t>>),
    /// A mapping, whose keys are distinct.
    Map(Vec<Entry<'t>>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'t> {
    /// The key.
    pub(crate) key: Cow<'t, str>,
    /// The key's place.
    pub(crate) span: Span,
    /// The value.
    pub(crate) value: Node<'t>,
}

impl<'t> Node<'t> {
    /// A string.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Block(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub(crate) fn list(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub(crate) fn map(&self) -> Option<&[Entry<'t>]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The entry of a mapping.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry<'t>> {
        self.map()?.iter().find(|entry| entry.key == key)
    }

    /// The value of a mapping's key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }
}

/// On one line, for messages.
impl fmt::Display for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Text(text) | Value::Block(text) | Value::Other(text) => f.write_str(text),
            Value::Ref(id) => write!(f, "!Ref {id}"),
            Value::List(items) => {
                let items: Vec<_> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Value::Map(entries) => {
                let entries: Vec<_> =
                    entries.iter().map(|entry| format!("{}: {}", entry.key, entry.value)).collect();
                write!(f, "{{{}}}", entries.join(", "))
            }
        }
    }
}
