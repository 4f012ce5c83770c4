//! CloudFormation as plain structs: what [`crate::render`] writes, and nothing that it would have to
//! work out.

use std::sync::Arc;

use iamc_model::declaration::{Effect, PrincipalKind};
use iamc_model::grants::{Conditions, Patterns, TrustStatement};
use iamc_model::graph::PrincipalId;

use crate::Rung;
use crate::item::Item;

/// Everything that out/ is to hold.
#[derive(Debug, Clone, Default)]
pub struct Stacks {
    /// Sorted by the principals' names, all kinds together.
    pub stacks: Vec<Stack>,
    /// Where any principal holds a Kubernetes group.
    pub kubernetes: Option<Kubernetes>,
}

impl Stacks {
    /// The stack of a principal by name.
    pub fn get(&self, principal: &str) -> Option<&Stack> {
        let at = self.stacks.binary_search_by(|stack| stack.principal.as_ref().cmp(principal)).ok()?;
        self.stacks.get(at)
    }
}

/// One principal's stack.
#[derive(Debug, Clone)]
pub struct Stack {
    /// The principal in the graph.
    pub id: PrincipalId,
    /// Its name.
    pub principal: Arc<str>,
    /// The stack's name.
    pub name: String,
    /// How the statements were divided among the managed policies.
    pub rung: Rung,
    /// In the order of the categories, each at most as long as the limit.
    pub policies: Vec<ManagedPolicy>,
    /// What the policies are attached to.
    pub identity: Identity,
    /// Names of the stacks that have to be deployed before this one, since its trust names their
    /// principals. Sorted and distinct.
    pub after: Vec<String>,
}

impl Stack {
    /// Which kind of principal.
    pub fn kind(&self) -> PrincipalKind {
        match self.identity {
            Identity::Engineer { .. } => PrincipalKind::Engineer,
            Identity::ServiceUser { .. } => PrincipalKind::ServiceUser,
            Identity::Role { .. } => PrincipalKind::Role,
        }
    }

    /// The path of its template below out/, with `/`.
    pub fn path(&self) -> String {
        format!("{}/{}.yaml", folder(self.kind()), self.principal)
    }

    /// The IAM role, which a service user does not have.
    pub fn role(&self) -> Option<&Role> {
        match &self.identity {
            Identity::Engineer { role, .. } | Identity::Role { role } => Some(role),
            Identity::ServiceUser { .. } => None,
        }
    }
}

/// Where below out/ the templates of a kind lie.
pub(crate) fn folder(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::Engineer => "engineers",
        PrincipalKind::ServiceUser => "service-users",
        PrincipalKind::Role => "roles",
    }
}

/// The resources that stand for the principal.
#[derive(Debug, Clone)]
pub enum Identity {
    /// A role that EC2 can take.
    Engineer {
        /// Holds the policies.
        role: Role,
        /// Holds the role.
        instance_profile: InstanceProfile,
    },
    /// A user in a group of its own.
    ServiceUser {
        /// Holds the policies.
        group: Group,
        /// Is in the group.
        user: User,
    },
    /// A role.
    Role {
        /// Holds the policies.
        role: Role,
    },
}

/// `AWS::IAM::ManagedPolicy`
#[derive(Debug, Clone)]
pub struct ManagedPolicy {
    /// Letters and digits.
    pub logical_id: String,
    /// ManagedPolicyName
    pub name: String,
    /// Description: made of stable names, as CloudFormation cannot change it.
    pub description: String,
    /// Path
    pub path: String,
    /// PolicyDocument; principals with the same statements share it.
    pub document: Arc<Document>,
}

/// A policy document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Sorted by the names of the policies that they come from.
    pub statements: Vec<Arc<Item>>,
    /// Characters as IAM counts them.
    pub characters: usize,
}

/// A statement of a policy document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Names of the policies that it comes from, sorted; more than one where statements were merged.
    pub policies: Vec<Arc<str>>,
    /// Sid, with `emit.sids`.
    pub sid: Option<String>,
    /// Effect
    pub effect: Effect,
    /// Action or NotAction
    pub actions: Patterns,
    /// Resource or NotResource
    pub resources: Patterns,
    /// Condition
    pub conditions: Conditions,
}

/// `AWS::IAM::Role`
#[derive(Debug, Clone)]
pub struct Role {
    /// Letters and digits.
    pub logical_id: String,
    /// RoleName
    pub name: String,
    /// Path
    pub path: String,
    /// AssumeRolePolicyDocument
    pub trust: Vec<TrustStatement>,
    /// ManagedPolicyArns before those of the stack's own policies.
    pub managed_policy_arns: Vec<String>,
    /// PermissionsBoundary
    pub permissions_boundary: Option<String>,
    /// MaxSessionDuration, in seconds.
    pub max_session_duration: Option<u32>,
    /// Tags, sorted by key.
    pub tags: Vec<(String, String)>,
}

/// `AWS::IAM::InstanceProfile`
#[derive(Debug, Clone)]
pub struct InstanceProfile {
    /// Letters and digits.
    pub logical_id: String,
    /// InstanceProfileName
    pub name: String,
    /// Path
    pub path: String,
}

/// `AWS::IAM::Group`
#[derive(Debug, Clone)]
pub struct Group {
    /// Letters and digits.
    pub logical_id: String,
    /// GroupName
    pub name: String,
    /// Path; written where it is not `/`.
    pub path: String,
    /// ManagedPolicyArns before those of the stack's own policies.
    pub managed_policy_arns: Vec<String>,
}

/// `AWS::IAM::User`
#[derive(Debug, Clone)]
pub struct User {
    /// Letters and digits.
    pub logical_id: String,
    /// UserName
    pub name: String,
    /// Path; written where it is not `/`.
    pub path: String,
    /// PermissionsBoundary
    pub permissions_boundary: Option<String>,
    /// Tags, sorted by key.
    pub tags: Vec<(String, String)>,
}

/// What an EKS cluster has to know.
#[derive(Debug, Clone, Default)]
pub struct Kubernetes {
    /// `mapRoles` of the ConfigMap aws-auth.
    pub roles: Vec<Mapping>,
    /// `mapUsers` of the ConfigMap aws-auth.
    pub users: Vec<Mapping>,
    /// Sorted by group.
    pub bindings: Vec<Binding>,
}

/// An IAM role or user with its name and groups in the cluster.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// The ARN; a role's without its path, as EKS wants it.
    pub arn: String,
    /// The name in the cluster.
    pub username: String,
    /// Groups in the cluster.
    pub groups: Vec<String>,
}

/// A group's cluster role.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The group in the cluster.
    pub group: String,
    /// The cluster role that it is bound to.
    pub cluster_role: String,
    /// With a namespace a RoleBinding, without one a ClusterRoleBinding.
    pub namespace: Option<String>,
}
