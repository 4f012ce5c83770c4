//! The documents of AWS's managed policies.

use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

/// A policy document, in its default version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// `arn:aws:iam::aws:policy/ReadOnlyAccess`
    pub arn: String,
    /// `v3`
    pub version: String,
    /// In the document's order.
    pub statements: Vec<DocumentStatement>,
}

/// One statement of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentStatement {
    /// Its Sid.
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: Effect,
    /// Action or NotAction.
    pub actions: Patterns,
    /// Resource or NotResource.
    pub resources: Patterns,
    /// Operator → key → values.
    pub conditions: Conditions,
}
