//! The answer, as plain data.

use std::sync::Arc;

use iamc_access::exact::Witness;
use iamc_model::grants::{Conditions, Patterns};
use iamc_model::{PrincipalKind, Span};

/// Everything that differs.
#[derive(Debug, Clone, Default)]
pub struct Difference {
    /// Sorted by name; principals without a difference are left out.
    pub principals: Vec<PrincipalChange>,
    /// What changes for the project as a whole: levels of lints, silences, assertions, limits, settings
    /// of Kubernetes.
    pub project: Vec<Change>,
}

/// How one principal differs.
#[derive(Debug, Clone)]
pub struct PrincipalChange {
    /// Its name.
    pub name: Arc<str>,
    /// Its kind at the head, at the base where it is removed.
    pub kind: PrincipalKind,
    /// Whether both sides have it.
    pub presence: Presence,
    /// What is allowed at the head and not at the base.
    pub gains: Vec<AccessChange>,
    /// What is allowed at the base and not at the head.
    pub losses: Vec<AccessChange>,
    /// Where it could not be decided whether there are more.
    pub unknown: Vec<Doubt>,
    /// All that is not access: trust, tags, the stack itself; and gains that only past times allow.
    pub other: Vec<Change>,
}

/// Whether both sides have a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// Both.
    Changed,
    /// The head alone.
    Added,
    /// The base alone.
    Removed,
}

/// Which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SideOf {
    /// Before.
    Base,
    /// After.
    Head,
}

/// Access that is gained or lost, by one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessChange {
    /// The Allow by which it is or was allowed; where a Deny that has gone (or come) is the cause, that
    /// Deny.
    pub source: Source,
    /// Whether a Deny is the cause.
    pub by_deny: bool,
    /// The actions of it that are gained or lost.
    pub actions: Patterns,
    /// The resources of it on which they are.
    pub resources: Patterns,
    /// The conditions under which they are.
    pub conditions: Conditions,
    /// A request that is allowed on one side and not on the other.
    pub witness: Witness,
    /// What AWS leaves open on which it depends whether they are, in words; empty where they are for sure.
    pub open: Vec<String>,
    /// What in the sources made it so.
    pub causes: Vec<Cause>,
    /// What makes it worth a second look. Sorted and distinct.
    pub risks: Vec<Risk>,
}

/// Where a statement comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A policy of the project.
    Policy {
        /// Its name.
        name: Arc<str>,
        /// The side on which it is declared there.
        side: SideOf,
        /// Where.
        span: Span,
    },
    /// A document that is attached by ARN.
    Attached {
        /// The ARN.
        arn: String,
        /// The statement's Sid.
        sid: Option<String>,
    },
}

/// A place in the sources of one side that made a change: a membership, a policy, a setting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// On which side it is written.
    pub side: SideOf,
    /// Where.
    pub span: Span,
    /// What happened there: `TeamML now includes S3Read`.
    pub words: String,
}

/// What makes a change worth a second look, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// Permissions that together give more than the source says.
    PrivilegeEscalation,
    /// Who may do what can be changed.
    PermissionManagement,
    /// A role can be passed to a service.
    PassRole,
    /// Whoever is trusted to act as the principal has grown.
    Trust,
    /// A document that is attached by ARN.
    AttachedDocument,
    /// Access to the cluster, which iamc does not decide.
    ClusterAccess,
    /// All actions of a service, or all resources.
    Wildcard,
    /// A check is weaker than it was.
    WeakenedCheck,
}

impl Risk {
    /// All of them, worst first.
    pub const ALL: [Self; 8] = [
        Self::PrivilegeEscalation,
        Self::PermissionManagement,
        Self::PassRole,
        Self::Trust,
        Self::AttachedDocument,
        Self::ClusterAccess,
        Self::Wildcard,
        Self::WeakenedCheck,
    ];

    /// As JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::PrivilegeEscalation => "privilege-escalation",
            Self::PermissionManagement => "permission-management",
            Self::PassRole => "pass-role",
            Self::Trust => "trust",
            Self::AttachedDocument => "attached-document",
            Self::ClusterAccess => "cluster-access",
            Self::Wildcard => "wildcard",
            Self::WeakenedCheck => "weakened-check",
        }
    }
}

/// What could not be decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// Whether gains are in doubt, else losses.
    pub of_gains: bool,
    /// Why, in words.
    pub reason: String,
}

/// A change that is not access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Of what.
    pub aspect: Aspect,
    /// What it was and is, in words: `the boundary goes from … to …`.
    pub words: String,
    /// Where.
    pub causes: Vec<Cause>,
    /// What makes it worth a second look. Sorted and distinct.
    pub risks: Vec<Risk>,
}

/// What else can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Aspect {
    Kind,
    Trust,
    Tags,
    PermissionsBoundary,
    SessionDuration,
    TimeBound,
    KubernetesGroups,
    AttachedPolicies,
    Stack,
    PastAccess,
    Lints,
    Silences,
    Assertions,
    Limits,
    Kubernetes,
    Settings,
}

impl Aspect {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Kind,
        Self::Trust,
        Self::Tags,
        Self::PermissionsBoundary,
        Self::SessionDuration,
        Self::TimeBound,
        Self::KubernetesGroups,
        Self::AttachedPolicies,
        Self::Stack,
        Self::PastAccess,
        Self::Lints,
        Self::Silences,
        Self::Assertions,
        Self::Limits,
        Self::Kubernetes,
        Self::Settings,
    ];

    /// As JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Trust => "trust",
            Self::Tags => "tags",
            Self::PermissionsBoundary => "permissions-boundary",
            Self::SessionDuration => "max-session-duration",
            Self::TimeBound => "time-bound",
            Self::KubernetesGroups => "kubernetes-groups",
            Self::AttachedPolicies => "managed-policy-arns",
            Self::Stack => "stack",
            Self::PastAccess => "past-access",
            Self::Lints => "lints",
            Self::Silences => "silences",
            Self::Assertions => "assertions",
            Self::Limits => "limits",
            Self::Kubernetes => "kubernetes",
            Self::Settings => "settings",
        }
    }
}
