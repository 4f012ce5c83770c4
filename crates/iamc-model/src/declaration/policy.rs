//! Policies and templates as written.

use std::sync::Arc;

use super::{ForEachEntry, Silence};
use crate::condition::Operator;
use crate::source::Spanned;
use crate::text::Text;

/// `[policy.X]`, before its template and its `for-each` are expanded.
#[derive(Debug, Clone)]
pub struct PolicyDecl {
    /// The name; holds placeholders only where there is a `for-each`. Its span names the declaration.
    pub name: Text,
    /// For people.
    pub description: Option<Spanned<String>>,
    /// A statement, or the use of a template.
    pub body: PolicyBody,
    /// One declaration for each entry.
    pub for_each: Option<Vec<ForEachEntry>>,
    /// Lints that are silenced here.
    pub silence: Vec<Silence>,
}

/// What a policy grants.
#[derive(Debug, Clone)]
pub enum PolicyBody {
    /// Written out.
    Statement(StatementDecl),
    /// Made from a template.
    Template {
        /// `template = "S3Read"`
        template: Spanned<String>,
        /// `with = { bucket = "x" }`
        with: Vec<With>,
        /// Conditions besides the template's own.
        conditions: Vec<ConditionDecl>,
    },
}

/// One entry of `with`.
#[derive(Debug, Clone)]
pub struct With {
    /// The template's parameter.
    pub name: Spanned<String>,
    /// Its value, which may hold placeholders.
    pub value: Text,
}

/// `[template.X]`
#[derive(Debug, Clone)]
pub struct TemplateDecl {
    /// The name. Its span names the declaration.
    pub name: Spanned<String>,
    /// For people.
    pub description: Option<Spanned<String>>,
    /// What each use has to give.
    pub parameters: Vec<Spanned<String>>,
    /// The statement.
    pub statement: StatementDecl,
    /// Lints that are silenced here.
    pub silence: Vec<Silence>,
}

/// One IAM statement as written.
#[derive(Debug, Clone)]
pub struct StatementDecl {
    /// `Allow` or `Deny`.
    pub effect: Effect,
    /// `actions` or `not-actions`.
    pub actions: Arc<List<Spanned<String>>>,
    /// `resources` or `not-resources`.
    pub resources: List<Text>,
    /// All have to hold.
    pub conditions: Vec<ConditionDecl>,
}

/// The effect of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Denies, and wins over every Allow.
    Deny,
}

impl Effect {
    /// As IAM writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// A list of patterns, or with `negated` of what is excepted (`not-actions`, `not-resources`).
#[derive(Debug, Clone)]
pub struct List<T> {
    /// Whether the key began with `not-`.
    pub negated: bool,
    /// In the order written; never empty.
    pub items: Vec<T>,
}

/// One operator and key with its values: `conditions.StringLike."s3:prefix" = ["devserver/*"]`.
#[derive(Debug, Clone)]
pub struct ConditionDecl {
    /// The operator.
    pub operator: Spanned<Operator>,
    /// The condition key, as written.
    pub key: Spanned<String>,
    /// Alternatives; never empty.
    pub values: Vec<Text>,
}
