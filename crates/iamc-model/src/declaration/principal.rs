//! Engineers, service users and roles as written, and whom they trust.

use super::{ConditionDecl, ForEachEntry, Member, Param, Silence};
use crate::source::{Span, Spanned};
use crate::text::Text;

/// The kinds of principals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalKind {
    /// A person: an IAM role and an instance profile.
    Engineer,
    /// An IAM user for a service.
    ServiceUser,
    /// An IAM role for anything else.
    Role,
}

impl PrincipalKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Engineer, Self::ServiceUser, Self::Role];

    /// The name of its table in TOML, which is also the placeholder for its own name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Engineer => "engineer",
            Self::ServiceUser => "service-user",
            Self::Role => "role",
        }
    }

    /// As a person writes it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Engineer => "engineer",
            Self::ServiceUser => "service user",
            Self::Role => "role",
        }
    }
}

/// `[engineer.X]`, `[service-user.X]` or `[role.X]`, before its `for-each` is expanded.
#[derive(Debug, Clone)]
pub struct PrincipalDecl {
    /// Which of them.
    pub kind: PrincipalKind,
    /// The name; holds placeholders only where there is a `for-each`. Its span names the declaration.
    pub name: Text,
    /// What it says of itself.
    pub attributes: Attributes,
    /// One declaration for each entry.
    pub for_each: Option<Vec<ForEachEntry>>,
}

/// The keys that principals and their `[…-defaults]` share. A key that is absent (`None`) falls back
/// on the defaults; `tags` and `managed-policy-arns` are united with them.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// For people.
    pub description: Option<Spanned<String>>,
    /// Groups that it holds.
    pub groups: Option<Vec<Member>>,
    /// Policies that it holds itself.
    pub policies: Option<Vec<Member>>,
    /// Values for placeholders.
    pub params: Option<Vec<Param>>,
    /// Tags of the role or user.
    pub tags: Vec<Tag>,
    /// Policies that are attached besides those that are made.
    pub managed_policy_arns: Vec<Text>,
    /// The ARN of the permissions boundary.
    pub permissions_boundary: Option<Text>,
    /// IAM's path: `/` or `/[!-~]+/`.
    pub path: Option<Spanned<String>>,
    /// Seconds, 3,600 to 43,200.
    pub max_session_duration: Option<Spanned<u32>>,
    /// Who may assume the role.
    pub trust: Option<Vec<TrustDecl>>,
    /// Lints that are silenced here.
    pub silence: Option<Vec<Silence>>,
}

/// A tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The key.
    pub key: Spanned<String>,
    /// The value, which may hold placeholders.
    pub value: Text,
}

/// One entry of `trust`: a statement of the role's trust policy.
#[derive(Debug, Clone)]
pub struct TrustDecl {
    /// The whole entry.
    pub span: Span,
    /// Which kind of principal is trusted.
    pub kind: TrustKind,
    /// The trusted principals; never empty, never `*`.
    pub principals: Vec<Text>,
    /// The actions; `sts:AssumeRole` where none is given.
    pub actions: Vec<Spanned<String>>,
    /// All have to hold.
    pub conditions: Vec<ConditionDecl>,
}

/// The kinds of principals that a trust policy can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrustKind {
    /// An ARN or account of AWS.
    Aws,
    /// An identity provider's ARN or name.
    Federated,
    /// A service's domain.
    Service,
}

impl TrustKind {
    /// The key in TOML.
    pub fn key(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Federated => "federated",
            Self::Service => "service",
        }
    }

    /// The key in IAM's Principal element.
    pub fn iam_key(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Federated => "Federated",
            Self::Service => "Service",
        }
    }
}
