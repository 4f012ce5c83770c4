//! Declarations as written: every name, key and value with its place.

mod policy;
mod principal;

use crate::source::{Span, Spanned};
use crate::time::Timestamp;

pub use policy::{ConditionDecl, Effect, List, PolicyBody, PolicyDecl, StatementDecl, TemplateDecl, With};
pub use principal::{Attributes, PrincipalDecl, PrincipalKind, Tag, TrustDecl, TrustKind};

/// `[group.X]`
#[derive(Debug, Clone)]
pub struct GroupDecl {
    /// The name. Its span names the declaration.
    pub name: Spanned<String>,
    /// For people.
    pub description: Option<Spanned<String>>,
    /// Policies that it holds.
    pub policies: Vec<Member>,
    /// Groups that it holds.
    pub groups: Vec<Member>,
    /// Kubernetes groups of whoever holds it.
    pub kubernetes_groups: Vec<Spanned<String>>,
    /// Lints that are silenced here.
    pub silence: Vec<Silence>,
}

/// A name in `policies` or `groups`.
#[derive(Debug, Clone)]
pub struct Member {
    /// The name of the policy or group.
    pub name: Spanned<String>,
    /// The first instant at which the membership no longer holds.
    pub until: Option<Spanned<Timestamp>>,
    /// Why, for people.
    pub reason: Option<Spanned<String>>,
    /// The whole entry: the string or the inline table.
    pub span: Span,
}

/// One table of `for-each`.
#[derive(Debug, Clone)]
pub struct ForEachEntry {
    /// Where the table is written.
    pub span: Span,
    /// Its entries.
    pub params: Vec<Param>,
}

/// A name with a value that fills placeholders; the value was checked to be fit for that.
#[derive(Debug, Clone)]
pub struct Param {
    /// The placeholder's name.
    pub name: Spanned<String>,
    /// What fills it.
    pub value: Spanned<String>,
}

/// `silence = [{ lint = "unused-policy", reason = "…" }]`
#[derive(Debug, Clone)]
pub struct Silence {
    /// The lint's name.
    pub lint: Spanned<String>,
    /// Why; never empty.
    pub reason: Spanned<String>,
}
