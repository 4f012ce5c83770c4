//! What a request is about, made ready to be compared with many statements.

use crate::glob::Glob;
use crate::service::Services;

/// The action and the resource of a request; each a pattern, often one without wildcards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// In lower case.
    pub(crate) action: Glob,
    /// The service of the action, where it is written out.
    pub(crate) services: Services,
    /// None asks whether any would do.
    pub(crate) resource: Option<Glob>,
}

impl Target {
    /// Reads both, in which `*` and `?` are wildcards.
    pub(crate) fn new(action: &str, resource: Option<&str>) -> Self {
        let action = self::action(action);
        let services = Services::of(std::slice::from_ref(&action));
        Self { action, services, resource: resource.map(Glob::pattern) }
    }

    /// One action on one resource, in which `*` and `?` stand for themselves.
    pub(crate) fn single(action: &str, resource: &str) -> Self {
        let action = Glob::literal(&action.to_ascii_lowercase());
        let services = Services::of(std::slice::from_ref(&action));
        Self { action, services, resource: Some(Glob::literal(resource)) }
    }

    /// Whether it is one action on one resource.
    pub(crate) fn is_concrete(&self) -> bool {
        self.action.is_literal() && self.resource.as_ref().is_some_and(Glob::is_literal)
    }
}

/// A pattern of actions, which are compared without regard to case.
pub(crate) fn action(pattern: &str) -> Glob {
    Glob::pattern(&pattern.to_ascii_lowercase())
}
