//! What a part of a file has to be, and how a tree of YAML differs from it.

mod compare;
mod pair;

use std::borrow::Cow;
use std::fmt;

pub(crate) use compare::compare;

/// What a value has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Want {
    /// A string.
    Text(String),
    /// A whole number.
    Number(u32),
    /// `!Ref X`
    Ref(String),
    /// These items in any order. An empty list may be left out.
    List(Vec<Want>, More),
    /// These keys in any order. An empty mapping may be left out. The first key tells mappings in one
    /// list apart.
    Map(Vec<(Cow<'static, str>, Want)>, More),
    /// Anything: it is judged elsewhere.
    Any,
}

/// What it means where a list or mapping holds more than the source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum More {
    /// Something else.
    Differs,
    /// More rights.
    Widens,
    /// Fewer rights.
    Narrows,
}

impl Want {
    /// A string.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Strings in any order.
    pub(crate) fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>, more: More) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect(), more)
    }

    /// A mapping that holds these keys and no other.
    pub(crate) fn map<const N: usize>(entries: [(&'static str, Self); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, want)| (key.into(), want)).collect(), More::Differs)
    }

    /// The mapping with one more key, if there is a value.
    #[must_use]
    pub(crate) fn with_some(self, key: &'static str, want: Option<Self>) -> Self {
        match (self, want) {
            (Self::Map(mut entries, more), Some(want)) => {
                entries.push((key.into(), want));
                Self::Map(entries, more)
            }
            (map, _) => map,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::List(items, _) => items.is_empty(),
            Self::Map(entries, _) => entries.is_empty(),
            _ => false,
        }
    }
}

/// On one line, as [`crate::yaml::Node`] shows itself.
impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Ref(id) => write!(f, "!Ref {id}"),
            Self::List(items, _) => {
                let items: Vec<_> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Self::Map(entries, _) => {
                let entries = entries.iter().filter(|(_, want)| !want.is_empty());
                let entries: Vec<_> = entries.map(|(key, want)| format!("{key}: {want}")).collect();
                write!(f, "{{{}}}", entries.join(", "))
            }
            Self::Any => f.write_str("…"),
        }
    }
}
