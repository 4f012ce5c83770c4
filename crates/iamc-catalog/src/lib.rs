//! What AWS has: services with their actions, resource types and condition keys, and the documents of
//! its managed policies. Facts only, none of AWS's descriptive text; decoded only as far as is asked.

mod action;
mod document;
mod format;
mod index;
mod key;
mod pack;
mod pattern;
mod read;
mod region;
mod resource;
mod service;
mod steps;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use action::LazyDetails;
pub use action::{Action, ActionDetails, ActionResource};
pub use document::{Document, DocumentStatement};
pub use format::Head;
pub use key::{ConditionKey, KeyType};
use pack::{Block, Entry, Pack, Shelf};
pub use pattern::covers;
pub use region::Partition;
pub use resource::{ResourcePattern, ResourceType};
use service::nearest_three;
pub use service::{AccessLevel, Service};

static HEAD: &str = include_str!(concat!(env!("OUT_DIR"), "/head.txt"));
static SERVICES: Pack = include!(concat!(env!("OUT_DIR"), "/services.rs"));
static POLICIES: Pack = include!(concat!(env!("OUT_DIR"), "/policies.rs"));

/// The catalogue: built in, or read from a text of the same shape.
pub struct Catalog {
    date: String,
    head: OnceLock<Head>,
    services: Shelf<Service>,
    policies: Shelf<Document>,
}

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
        Self {
            date: Self::builtin_date().to_owned(),
            head: OnceLock::new(),
            services: Shelf::packed(&SERVICES, |text| format::read_service(text, LazyDetails::later).ok()),
            policies: Shelf::packed(&POLICIES, |text| Document::read(text).ok().flatten()),
        }
    }

    /// The day of the newest source of the one that is built in.
    pub fn builtin_date() -> &'static str {
        HEAD.split([' ', '\n']).nth(2).unwrap_or_default()
    }

    /// Reads a newer one: the services, AWS's managed policies, or both, one behind the other. What
    /// the text has not stays as it is built in.
    ///
    /// # Errors
    /// Fails with the first line that is not of a catalogue.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        read::read(text)
    }

    /// The day of its newest source: `2026-09-26`.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// The prefixes of all services (`s3`), sorted.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.services.names()
    }

    /// A service by its prefix, without regard to case.
    pub fn service(&self, prefix: &str) -> Option<&Service> {
        let is_lower = !prefix.bytes().any(|byte| byte.is_ascii_uppercase());
        if is_lower { self.services.get(prefix) } else { self.services.get(&prefix.to_ascii_lowercase()) }
    }

    /// The services that a pattern of prefixes covers (`s3*`), without regard to case.
    pub fn services_matching(&self, pattern: &str) -> impl Iterator<Item = &Service> {
        let names = self.services.names().filter(move |name| covers(pattern, name));
        names.filter_map(|name| self.services.get(name))
    }

    /// The three prefixes of services that are nearest to a misspelt one, the nearest first.
    pub fn nearest_services(&self, word: &str) -> Vec<&str> {
        nearest_three(word, self.services())
    }

    /// The condition keys that every service knows (`aws:…`), sorted by their names in lower case.
    /// Those of tags and tag keys are among them, although not every action knows those.
    pub fn global_keys(&self) -> &[ConditionKey] {
        &self.head().keys
    }

    /// A condition key by its full name, without regard to case: one of AWS's, of the service that its
    /// prefix names, or of the service that knows the keys of that prefix (`saml:aud`: `sts`).
    pub fn key(&self, name: &str) -> Option<&ConditionKey> {
        self.global_key(name).or_else(|| self.service(self.service_of_key(name)?)?.key(name))
    }

    /// One of the [`global_keys`](Self::global_keys) by its full name, without regard to case.
    pub fn global_key(&self, name: &str) -> Option<&ConditionKey> {
        self.global_keys().iter().find(|key| key.is(name))
    }

    /// The service that knows the keys with the prefix of this one: `s3` for `s3:prefix`, `sts` for
    /// `saml:aud`.
    fn service_of_key<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let (prefix, _) = name.split_once(':')?;
        let mut prefixes = self.head().prefixes.iter();
        let known = prefixes.find(|(known, _)| pattern::stands_for(known, prefix));
        Some(known.map_or(prefix, |(_, service)| service))
    }

    /// AWS's partitions.
    pub fn partitions(&self) -> &[Partition] {
        &self.head().partitions
    }

    /// Whether there is such a region, in any partition.
    pub fn is_known_region(&self, name: &str) -> bool {
        self.partitions().iter().flat_map(|partition| &partition.regions).any(|known| known == name)
    }

    /// The ARNs of AWS's managed policies, as the partition `aws` has them, sorted by path.
    pub fn managed_policies(&self) -> impl Iterator<Item = String> {
        self.policies.names().map(|path| format!("arn:aws:iam::aws:policy/{path}"))
    }

    /// The document of one of AWS's managed policies, by its ARN. In another partition than `aws` it is
    /// the same with that partition's ARNs.
    pub fn managed_policy(&self, arn: &str) -> Option<Cow<'_, Document>> {
        let (partition, path) = arn.strip_prefix("arn:")?.split_once(":iam::aws:policy/")?;
        let document = self.policies.get(path)?;
        let is_known = self.partitions().iter().any(|known| known.name == partition);
        match partition {
            "aws" => Some(Cow::Borrowed(document)),
            _ => is_known.then(|| Cow::Owned(document.in_partition(partition))),
        }
    }

    fn head(&self) -> &Head {
        self.head.get_or_init(|| read::head(HEAD))
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog").field("date", &self.date).finish_non_exhaustive()
    }
}
