//! Assertions as written.

use crate::source::{Span, Spanned};
use crate::time::Timestamp;

/// `[[assert]]`: what must or must not be allowed.
#[derive(Debug, Clone)]
pub struct AssertDecl {
    /// The header, for reports.
    pub span: Span,
    /// Principals by name.
    pub who: Vec<Spanned<String>>,
    /// All who hold one of these groups by any path.
    pub groups: Vec<Spanned<String>>,
    /// All principals.
    pub everyone: bool,
    /// Principals that are left out.
    pub except_who: Vec<Spanned<String>>,
    /// Holders of these groups are left out.
    pub except_groups: Vec<Spanned<String>>,
    /// The action or pattern.
    pub action: Spanned<String>,
    /// The resource or pattern.
    pub resource: Option<Spanned<String>>,
    /// Context keys with their values.
    pub context: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
    /// The value of `aws:CurrentTime`.
    pub at: Option<Spanned<Timestamp>>,
    /// Whether the given context is the whole context.
    pub exact: bool,
    /// Whether roles that can be assumed are left out of `never`.
    pub direct: bool,
    /// What must come out.
    pub expect: Spanned<Expectation>,
    /// Why, for people.
    pub because: Option<Spanned<String>>,
}

/// What an assertion expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// An Allow matches, no Deny can.
    Allowed,
    /// Some of what the pattern covers is allowed.
    PartlyAllowed,
    /// It depends on context.
    Conditional,
    /// Explicitly or implicitly.
    Denied,
    /// A Deny matches.
    ExplicitlyDenied,
    /// No Allow matches.
    ImplicitlyDenied,
    /// No request that the patterns cover may be allowed or conditional.
    Never,
}

impl Expectation {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Allowed,
        Self::PartlyAllowed,
        Self::Conditional,
        Self::Denied,
        Self::ExplicitlyDenied,
        Self::ImplicitlyDenied,
        Self::Never,
    ];

    /// As written in `expect`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::PartlyAllowed => "partly-allowed",
            Self::Conditional => "conditional",
            Self::Denied => "denied",
            Self::ExplicitlyDenied => "explicitly-denied",
            Self::ImplicitlyDenied => "implicitly-denied",
            Self::Never => "never",
        }
    }
}
