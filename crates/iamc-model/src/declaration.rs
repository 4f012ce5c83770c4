//! Declarations as written: every name, key and value with its place.

use crate::condition::Operator;
use crate::source::{Span, Spanned};
use crate::text::Text;
use crate::time::Timestamp;

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
    pub actions: List<Spanned<String>>,
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

/// `silence = [{ lint = "unused-policy", reason = "…" }]`
#[derive(Debug, Clone)]
pub struct Silence {
    /// The lint's name.
    pub lint: Spanned<String>,
    /// Why; never empty.
    pub reason: Spanned<String>,
}
