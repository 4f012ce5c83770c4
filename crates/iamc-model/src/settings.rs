//! iamc.toml: every setting with its default.

use crate::declaration::{Attributes, Param, PrincipalKind, TrustDecl, TrustKind};
use crate::level::Level;
use crate::source::{Span, Spanned};
use crate::text::{Placeholder, Segment, Text};

/// All settings. What iamc.toml does not give is a default, with [`Span::BUILTIN`].
#[derive(Debug, Clone)]
pub struct Settings {
    /// `project.account`: 12 digits.
    pub account: Option<Spanned<String>>,
    /// `project.partition`.
    pub partition: Spanned<String>,
    /// `[variables]`
    pub variables: Vec<Param>,
    /// `[naming]`
    pub naming: Naming,
    /// `[engineer-defaults]`; its trust is always given.
    pub engineer_defaults: Attributes,
    /// `[service-user-defaults]`
    pub service_user_defaults: Attributes,
    /// `[role-defaults]`
    pub role_defaults: Attributes,
    /// `[[category]]`, in order; what fits none is Misc.
    pub categories: Vec<Category>,
    /// `emit.sids`
    pub sids: bool,
    /// `[limits]`
    pub limits: Limits,
    /// `[kubernetes]`
    pub kubernetes: Kubernetes,
    /// `[lints]`: lint, level.
    pub lints: Vec<(Spanned<String>, Level)>,
}

impl Settings {
    /// The defaults for one kind of principal.
    pub fn defaults(&self, kind: PrincipalKind) -> &Attributes {
        match kind {
            PrincipalKind::Engineer => &self.engineer_defaults,
            PrincipalKind::ServiceUser => &self.service_user_defaults,
            PrincipalKind::Role => &self.role_defaults,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        let trust = TrustDecl {
            span: Span::BUILTIN,
            kind: TrustKind::Service,
            principals: vec![Text::literal("ec2.amazonaws.com", Span::BUILTIN)],
            actions: vec![Spanned::builtin("sts:AssumeRole".into())],
            conditions: vec![],
        };
        let category = |name: &str, service: &str| Category {
            name: Spanned::builtin(name.into()),
            services: vec![Spanned::builtin(service.into())],
        };
        Self {
            account: None,
            partition: Spanned::builtin("aws".into()),
            variables: vec![],
            naming: Naming::default(),
            engineer_defaults: Attributes { trust: Some(vec![trust]), ..Attributes::default() },
            service_user_defaults: Attributes::default(),
            role_defaults: Attributes::default(),
            categories: vec![category("S3", "s3"), category("SecretManager", "secretsmanager")],
            sids: false,
            limits: Limits::default(),
            kubernetes: Kubernetes::default(),
            lints: vec![],
        }
    }
}

/// `[naming]`: the patterns that make names of resources and stacks. Each holds, as placeholders, only
/// the principal's own (`{engineer}`, `{service-user}`, `{role}`) and, for policies, `{category}`.
#[derive(Debug, Clone)]
pub struct Naming {
    /// A regular expression that an engineer's whole name matches.
    pub engineer_pattern: Spanned<String>,
    /// The role of an engineer.
    pub engineer_role: Text,
    /// The instance profile of an engineer.
    pub engineer_instance_profile: Text,
    /// The managed policies of an engineer.
    pub engineer_policy: Text,
    /// The stack of an engineer.
    pub engineer_stack: Text,
    /// The managed policies of a service user.
    pub service_user_policy: Text,
    /// The IAM group of a service user.
    pub service_user_group: Text,
    /// The stack of a service user.
    pub service_user_stack: Text,
    /// The managed policies of a role.
    pub role_policy: Text,
    /// The stack of a role.
    pub role_stack: Text,
}

impl Naming {
    /// The pattern of a principal's managed policies.
    pub fn policy(&self, kind: PrincipalKind) -> &Text {
        match kind {
            PrincipalKind::Engineer => &self.engineer_policy,
            PrincipalKind::ServiceUser => &self.service_user_policy,
            PrincipalKind::Role => &self.role_policy,
        }
    }

    /// The pattern of a principal's stack.
    pub fn stack(&self, kind: PrincipalKind) -> &Text {
        match kind {
            PrincipalKind::Engineer => &self.engineer_stack,
            PrincipalKind::ServiceUser => &self.service_user_stack,
            PrincipalKind::Role => &self.role_stack,
        }
    }

    /// The name of the IAM role of a principal; a service user has none.
    pub fn role_name(&self, kind: PrincipalKind, principal: &str) -> Option<String> {
        match kind {
            PrincipalKind::Engineer => Some(render(&self.engineer_role, principal, None)),
            PrincipalKind::ServiceUser => None,
            PrincipalKind::Role => Some(principal.to_owned()),
        }
    }
}

/// A naming pattern filled: `{category}` with the category, any other placeholder with the principal.
pub fn render(pattern: &Text, principal: &str, category: Option<&str>) -> String {
    let fill = |placeholder: &Placeholder| match placeholder.name.as_str() {
        "category" => category.unwrap_or_default(),
        _ => principal,
    };
    let parts = pattern.segments.iter().map(|segment| match segment {
        Segment::Literal(literal) => literal.as_str(),
        Segment::Placeholder(placeholder) => fill(placeholder),
    });
    parts.collect()
}

impl Default for Naming {
    fn default() -> Self {
        Self {
            engineer_pattern: Spanned::builtin("[A-Z][A-Za-z0-9]*".into()),
            engineer_role: pattern("PersonalRole", &["engineer"]),
            engineer_instance_profile: pattern("PersonalInstanceProfile", &["engineer"]),
            engineer_policy: pattern("PersonalPolicy", &["category", "engineer"]),
            engineer_stack: pattern("personal-iam-profile-", &["engineer"]),
            service_user_policy: pattern("PolicyFor", &["service-user"]),
            service_user_group: pattern("IamGroup", &["service-user"]),
            service_user_stack: pattern("service-user-", &["service-user"]),
            role_policy: pattern("PolicyFor", &["role"]),
            role_stack: pattern("role-", &["role"]),
        }
    }
}

fn pattern(literal: &str, placeholders: &[&str]) -> Text {
    let mut segments = vec![Segment::Literal(literal.into())];
    segments.extend(
        placeholders
            .iter()
            .map(|&name| Segment::Placeholder(Placeholder { name: name.into(), span: Span::BUILTIN })),
    );
    Text { segments, span: Span::BUILTIN }
}

/// `[[category]]`: a policy whose actions are all of these services belongs here.
#[derive(Debug, Clone)]
pub struct Category {
    /// Stands in the names of managed policies.
    pub name: Spanned<String>,
    /// Prefixes of actions: `s3`.
    pub services: Vec<Spanned<String>>,
}

/// `[limits]`: AWS's defaults, or what the account has raised.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Limits {
    pub managed_policies_per_role: Spanned<u32>,
    pub managed_policy_characters: Spanned<u32>,
    pub account_managed_policies: Spanned<u32>,
    pub account_roles: Spanned<u32>,
    pub account_instance_profiles: Spanned<u32>,
}

impl Limits {
    /// Managed policies of an IAM group, which AWS does not raise:
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
    const MANAGED_POLICIES_PER_GROUP: u32 = 10;

    /// How many managed policies a principal can have, those that are attached besides included.
    pub fn managed_policies(&self, kind: PrincipalKind) -> usize {
        let most = match kind {
            PrincipalKind::Engineer | PrincipalKind::Role => self.managed_policies_per_role.value,
            PrincipalKind::ServiceUser => Self::MANAGED_POLICIES_PER_GROUP,
        };
        most as usize
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            managed_policies_per_role: Spanned::builtin(10),
            managed_policy_characters: Spanned::builtin(6144),
            account_managed_policies: Spanned::builtin(1500),
            account_roles: Spanned::builtin(1000),
            account_instance_profiles: Spanned::builtin(1000),
        }
    }
}

/// `[kubernetes]`
#[derive(Debug, Clone)]
pub struct Kubernetes {
    /// A principal's user name in the cluster: one placeholder, the principal's own name; `{{…}}` is
    /// EKS's own and stays as it is.
    pub username: Text,
    /// Entries of `mapRoles` besides those that are made.
    pub map_roles: Vec<MapRole>,
    /// Which cluster role a group is bound to.
    pub groups: Vec<KubernetesGroup>,
}

impl Default for Kubernetes {
    fn default() -> Self {
        let name = Placeholder { name: "engineer".into(), span: Span::BUILTIN };
        let username = Text { segments: vec![Segment::Placeholder(name)], span: Span::BUILTIN };
        Self { username, map_roles: vec![], groups: vec![] }
    }
}

/// `[[kubernetes.map-role]]`
#[derive(Debug, Clone)]
pub struct MapRole {
    /// The ARN, which may hold `{account}`, `{partition}` and variables.
    pub role_arn: Text,
    /// As written: `{{EC2PrivateDNSName}}` is EKS's own.
    pub username: Spanned<String>,
    /// Kubernetes groups.
    pub groups: Vec<Spanned<String>>,
}

/// `[kubernetes.groups.X]`
#[derive(Debug, Clone)]
pub struct KubernetesGroup {
    /// The Kubernetes group.
    pub name: Spanned<String>,
    /// The cluster role that it is bound to.
    pub cluster_role: Spanned<String>,
    /// With a namespace a RoleBinding, without one a ClusterRoleBinding.
    pub namespace: Option<Spanned<String>>,
}
