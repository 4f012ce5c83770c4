//! What is known of a request's context.

use std::collections::BTreeMap;

/// Context keys with their values. Keys are compared without regard to case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// Lower case → what is known.
    keys: BTreeMap<String, Entry>,
    /// Whether what is given is the whole context.
    exact: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Present { name: String, values: Vec<String> },
    Absent { name: String },
    Unknown,
}

/// What is known of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<'a> {
    /// It has these values; possibly none, where a set is empty.
    Present(&'a [String]),
    /// The request does not have it.
    Absent,
    /// Nothing.
    Unknown,
}

impl Context {
    /// Nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// The key has these values; replaces what was known of it.
    pub fn set(&mut self, key: &str, values: impl IntoIterator<Item = impl Into<String>>) {
        let values = values.into_iter().map(Into::into).collect();
        self.keys.insert(key.to_ascii_lowercase(), Entry::Present { name: key.to_owned(), values });
    }

    /// The request does not have the key.
    pub fn set_absent(&mut self, key: &str) {
        self.keys.insert(key.to_ascii_lowercase(), Entry::Absent { name: key.to_owned() });
    }

    /// The request may or may not have the key, even where what is given is the whole context otherwise.
    pub fn set_unknown(&mut self, key: &str) {
        self.keys.insert(key.to_ascii_lowercase(), Entry::Unknown);
    }

    /// Whether a key that is not given is absent (else it is unknown).
    pub fn set_exact(&mut self, exact: bool) {
        self.exact = exact;
    }

    /// Whether what is given is the whole context.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// What is known of a key.
    pub fn get(&self, key: &str) -> Known<'_> {
        match self.keys.get(&key.to_ascii_lowercase()) {
            Some(Entry::Present { values, .. }) => Known::Present(values),
            Some(Entry::Absent { .. }) => Known::Absent,
            Some(Entry::Unknown) => Known::Unknown,
            None if self.exact => Known::Absent,
            None => Known::Unknown,
        }
    }

    /// Whether nothing is said of any key.
    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether nothing is known here of the keys of which another context says something.
    pub(crate) fn is_open_to(&self, other: &Self) -> bool {
        other.keys.keys().all(|key| self.get(key) == Known::Unknown)
    }

    /// Takes over what another context knows of its keys; not whether that is all.
    pub fn extend(&mut self, other: &Self) {
        let known = other.keys.iter().filter(|(_, entry)| **entry != Entry::Unknown);
        self.keys.extend(known.map(|(key, entry)| (key.clone(), entry.clone())));
    }

    /// The keys that the request does not have, as given; by their lower-case names.
    pub fn absent(&self) -> impl Iterator<Item = &str> {
        self.keys.values().filter_map(|entry| match entry {
            Entry::Absent { name } => Some(name.as_str()),
            Entry::Present { .. } | Entry::Unknown => None,
        })
    }

    /// The keys that are present, as given, with their values; by their lower-case names.
    pub fn present(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.keys.values().filter_map(|entry| match entry {
            Entry::Present { name, values } => Some((name.as_str(), values.as_slice())),
            Entry::Absent { .. } | Entry::Unknown => None,
        })
    }
}
