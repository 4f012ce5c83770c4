//! What AWS has: services with their actions, resource types and condition keys, and the documents of
//! its managed policies. Facts only, none of AWS's descriptive text; decoded only as far as is asked.

mod document;
mod service;

use std::sync::Arc;

pub use document::{Document, DocumentStatement};
pub use service::{AccessLevel, Action, ActionResource, ConditionKey, KeyType, ResourceType, Service};

/// The catalogue: built in, or read from a text of the same shape.
#[derive(Debug)]
pub struct Catalog {}

/// A text that is no catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl Catalog {
    /// The one that is built in.
    pub fn builtin() -> Self {
        Self {}
    }

    /// Reads a newer one.
    ///
    /// # Errors
    /// Fails with the first line that is not of a catalogue.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let _ = text;
        Ok(Self {})
    }

    /// The day of its newest source: `2026-09-26`.
    pub fn date(&self) -> &str {
        ""
    }

    /// The prefixes of all services (`s3`), sorted.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// A service by its prefix, without regard to case.
    pub fn service(&self, prefix: &str) -> Option<Arc<Service>> {
        let _ = prefix;
        None
    }

    /// The condition keys that every service knows (`aws:…`), sorted by name.
    pub fn global_keys(&self) -> &[ConditionKey] {
        &[]
    }

    /// The document of one of AWS's managed policies, by its ARN (in any partition).
    pub fn managed_policy(&self, arn: &str) -> Option<Arc<Document>> {
        let _ = arn;
        None
    }
}
