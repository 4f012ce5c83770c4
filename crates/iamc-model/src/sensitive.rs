//! What nobody may gain, as written.

use crate::source::{Span, Spanned};

/// `[[sensitive]]`: access that a change may give to nobody but those who are excepted.
#[derive(Debug, Clone)]
pub struct SensitiveDecl {
    /// The header, for reports.
    pub span: Span,
    /// Patterns of actions; never empty.
    pub actions: Vec<Spanned<String>>,
    /// Patterns of resources; never empty.
    pub resources: Vec<Spanned<String>>,
    /// Principals by name that may gain it.
    pub except: Vec<Spanned<String>>,
    /// Why, for people.
    pub because: Option<Spanned<String>>,
}
