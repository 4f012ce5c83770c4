//! From statements and a request to a verdict.

use crate::context::Context;
use crate::statement::Statement;
use crate::verdict::{Decision, Verdict};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The action, or a pattern of actions.
    pub action: String,
    /// The resource, or a pattern of resources; none asks whether any would do.
    pub resource: Option<String>,
    /// What is known of the context.
    pub context: Context,
}

/// All that a principal may do.
#[derive(Debug, Clone, Copy)]
pub struct Permissions<'a> {
    /// Every statement of every document that is known.
    pub statements: &'a [&'a Statement],
    /// Whether there are documents that are not known.
    pub unknown_documents: bool,
}

/// Decides a request.
pub fn decide(permissions: Permissions<'_>, request: &Request) -> Verdict {
    let _ = request;
    Verdict {
        decision: Decision::Conditional,
        statements: vec![],
        near_misses: vec![],
        resources: vec![],
        examples: vec![],
        unknown_documents: permissions.unknown_documents,
    }
}
