//! A project as meant: which statements each principal has, placeholders filled and bounds applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::condition::Operator;
use crate::declaration::{Effect, PrincipalKind, TrustKind};
use crate::graph::{PolicyId, PrincipalId};
use crate::source::Span;

/// Index into [`Grants::statements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

/// Who has which statements. Equal statements of one policy are one entry.
#[derive(Debug, Clone, Default)]
pub struct Grants {
    /// All distinct statements.
    pub statements: Vec<Statement>,
    /// Sorted by name, all kinds together. A principal whose own attributes could not be filled is
    /// left out.
    pub principals: Vec<Grant>,
}

impl Grants {
    /// The statement of an id.
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.statements[id.0 as usize]
    }
}

/// One IAM statement, ready to be emitted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Statement {
    /// The policy that it comes from.
    pub policy: PolicyId,
    /// That policy's name.
    pub name: Arc<str>,
    /// Where that policy is declared: the place of its name.
    pub span: Span,
    /// `Allow` or `Deny`.
    pub effect: Effect,
    /// Action or NotAction.
    pub actions: Patterns,
    /// Resource or NotResource.
    pub resources: Patterns,
    /// Operator → key → values. Values are sorted and distinct; keys as written.
    pub conditions: Conditions,
}

/// Operator → key → sorted, distinct values.
pub type Conditions = BTreeMap<Operator, BTreeMap<String, Vec<String>>>;

/// Patterns of actions or resources, or with `negated` of what is excepted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Patterns {
    /// Whether this is NotAction or NotResource.
    pub negated: bool,
    /// Sorted and distinct; never empty.
    pub patterns: Vec<String>,
}

/// What one principal has.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Which principal of the graph.
    pub id: PrincipalId,
    /// Which kind.
    pub kind: PrincipalKind,
    /// Its name.
    pub name: Arc<str>,
    /// Where it is declared: the place of its name.
    pub span: Span,
    /// Sorted by the policies' names; principals with the same closure share one list.
    pub statements: Arc<[StatementId]>,
    /// Sorted and distinct.
    pub kubernetes_groups: Arc<[Arc<str>]>,
    /// IAM's path.
    pub path: String,
    /// ARN.
    pub permissions_boundary: Option<String>,
    /// Sorted and distinct ARNs.
    pub managed_policy_arns: Vec<String>,
    /// Seconds.
    pub max_session_duration: Option<u32>,
    /// Sorted by key.
    pub tags: Vec<(String, String)>,
    /// The trust policy's statements, as written; empty for a service user.
    pub trust: Vec<TrustStatement>,
}

/// One statement of a trust policy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrustStatement {
    /// Which kind of principal.
    pub kind: TrustKind,
    /// Sorted and distinct; never empty.
    pub principals: Vec<String>,
    /// Sorted and distinct; never empty.
    pub actions: Vec<String>,
    /// All have to hold.
    pub conditions: Conditions,
    /// Where the entry is written.
    pub span: Span,
}
