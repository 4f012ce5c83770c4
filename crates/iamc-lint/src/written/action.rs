//! Actions as written, with what AWS has by their names.

use iamc_catalog::{Action, Catalog, Service, covers};
use iamc_model::source::{Span, Spanned};

use crate::pattern::has_wildcard;
use crate::services::Services;

/// A value of `actions` or `not-actions`.
#[derive(Debug, Clone)]
pub(crate) struct WrittenAction<'a> {
    /// As written: `s3:Get*`.
    pub(crate) word: &'a str,
    /// Where it is written.
    pub(crate) span: Span,
    /// Its service; none for `*`, for a service with a wildcard, and for one that AWS does not have.
    pub(crate) service: Option<&'a Service>,
    prefix: &'a str,
    name: &'a str,
    is_pattern: bool,
    /// Where in the service's actions those are that it covers.
    covered: Vec<usize>,
}

impl<'a> WrittenAction<'a> {
    /// Looks up what the words name.
    pub(crate) fn all_of(words: &'a [Spanned<String>], catalog: &'a Catalog) -> Vec<Self> {
        let mut services = Services::new(catalog);
        let written = words.iter().map(|word| {
            let (prefix, name) = word.split_once(':').unwrap_or_default();
            let service = services.get(prefix);
            let covered = service.map(|service| service.matching_indices(name).collect()).unwrap_or_default();
            let is_pattern = has_wildcard(word);
            Self { word, span: word.span, service, prefix, name, is_pattern, covered }
        });
        written.collect()
    }

    /// What stands before the colon; nothing in `*`.
    pub(crate) fn prefix(&self) -> &'a str {
        self.prefix
    }

    /// What stands behind the colon; nothing in `*`.
    pub(crate) fn name(&self) -> &'a str {
        self.name
    }

    /// The actions that it covers.
    pub(crate) fn actions(&self) -> impl Iterator<Item = &Action> {
        let actions = self.service.map_or(&[][..], |service| &service.actions);
        self.covered.iter().filter_map(|&at| actions.get(at))
    }

    /// Whether AWS has an action that it covers, as far as that can be told from its service.
    pub(crate) fn is_known(&self) -> bool {
        !self.covered.is_empty()
    }

    /// Whether it covers an action, known or not: `iam:PassRole`.
    pub(crate) fn covers(&self, action: &str) -> bool {
        covers(self.word, action)
    }

    /// Whether it is `*` or says as much.
    pub(crate) fn is_everything(&self) -> bool {
        self.word == "*" || is_stars(self.prefix()) && is_stars(self.name())
    }

    /// Whether it is `service:*`.
    pub(crate) fn is_whole_service(&self) -> bool {
        is_stars(self.name()) && !has_wildcard(self.prefix())
    }

    /// Whether a wildcard stands in it.
    pub(crate) fn is_pattern(&self) -> bool {
        self.is_pattern
    }

    /// The prefix of its service and its place among the actions there; none of a pattern, and where AWS
    /// has no such action.
    pub(crate) fn exact(&self) -> Option<(&'a str, usize)> {
        let service = self.service.filter(|_| !self.is_pattern)?;
        Some((&service.prefix, *self.covered.first()?))
    }
}

fn is_stars(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte == b'*')
}
