//! Actions.

use std::sync::OnceLock;

use crate::format;
use crate::service::AccessLevel;

/// One action of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// `GetObject`
    pub name: String,
    /// What it does.
    pub level: AccessLevel,
    details: LazyDetails,
}

/// What an action works on, and what its requests know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionDetails {
    /// The resource types that it works on, sorted by name; none means that it takes no resource but `*`.
    pub resources: Vec<ActionResource>,
    /// Condition keys that it knows whichever the resource, sorted.
    pub keys: Vec<String>,
    /// Other actions that it needs, as `iam:PassRole`, sorted.
    pub dependents: Vec<String>,
}

/// A resource type of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionResource {
    /// The name of the type.
    pub name: String,
    /// Whether the action always needs one of it.
    pub required: bool,
    /// Condition keys that the action knows for it.
    pub keys: Vec<String>,
    /// Other actions that it then needs.
    pub dependents: Vec<String>,
}

impl Action {
    pub(crate) fn with(name: &str, level: AccessLevel, details: LazyDetails) -> Self {
        Self { name: name.to_owned(), level, details }
    }

    /// An action of which everything is known.
    pub fn new(name: impl Into<String>, level: AccessLevel, details: ActionDetails) -> Self {
        Self { name: name.into(), level, details: details.into() }
    }

    /// What it works on, and what its requests know.
    pub fn details(&self) -> &ActionDetails {
        self.details.get()
    }

    /// The resource types that it works on, sorted by name; none means that it takes no resource but `*`.
    pub fn resources(&self) -> &[ActionResource] {
        &self.details().resources
    }

    /// Condition keys that it knows whichever the resource, sorted.
    pub fn keys(&self) -> &[String] {
        &self.details().keys
    }

    /// Changes what it works on.
    pub fn change(&mut self, change: impl FnOnce(&mut ActionDetails)) {
        let mut details = self.details().clone();
        change(&mut details);
        self.details = details.into();
    }
}

/// What an action works on, read when it is first asked for: of a service's actions few are.
#[derive(Debug, Clone)]
pub(crate) struct LazyDetails {
    /// As the catalogue's text has it.
    words: &'static str,
    read: OnceLock<ActionDetails>,
}

impl LazyDetails {
    /// To be read when it is asked for.
    pub(crate) fn later(words: &'static str) -> Self {
        Self { words, read: OnceLock::new() }
    }

    /// Read now.
    pub(crate) fn read(words: &str) -> Self {
        format::read_details(words).into()
    }

    fn get(&self) -> &ActionDetails {
        self.read.get_or_init(|| format::read_details(self.words))
    }
}

impl From<ActionDetails> for LazyDetails {
    fn from(details: ActionDetails) -> Self {
        Self { words: "", read: details.into() }
    }
}

impl PartialEq for LazyDetails {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for LazyDetails {}
