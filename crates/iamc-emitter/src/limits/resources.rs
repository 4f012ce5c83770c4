//! The resources of a stack, seen as names alone.

use iamc_model::settings::Naming;
use iamc_model::{PrincipalKind, Text};

use crate::stack::{Identity, Role, Stack};

/// What has a name of its own in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    ManagedPolicy,
    Role,
    InstanceProfile,
    Group,
    User,
    Stack,
}

impl Kind {
    /// As a person writes it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::ManagedPolicy => "managed policy",
            Self::Role => "role",
            Self::InstanceProfile => "instance profile",
            Self::Group => "group",
            Self::User => "user",
            Self::Stack => "stack",
        }
    }

    /// The most characters of a name.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>,
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>
    pub(super) fn longest(self) -> usize {
        match self {
            Self::Role | Self::User => 64,
            Self::ManagedPolicy | Self::InstanceProfile | Self::Group | Self::Stack => 128,
        }
    }
}

/// A resource or the stack itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resource<'a> {
    pub(super) kind: Kind,
    pub(super) name: &'a str,
    /// The stack has none.
    pub(super) logical_id: Option<&'a str>,
    /// What makes the name; none where it is the principal's own.
    pub(super) pattern: Option<&'a Text>,
}

impl Resource<'_> {
    /// As a person calls it: the role `X`.
    pub(super) fn noun(&self) -> String {
        format!("the {} `{}`", self.kind.noun(), self.name)
    }
}

/// The stack and its resources, in the order of the template.
pub(super) fn resources<'a>(naming: &'a Naming, stack: &'a Stack) -> Vec<Resource<'a>> {
    let policies = stack.policies.iter().map(|policy| Resource {
        kind: Kind::ManagedPolicy,
        name: &policy.name,
        logical_id: Some(&policy.logical_id),
        pattern: Some(naming.policy(stack.kind())),
    });
    let itself = Resource {
        kind: Kind::Stack,
        name: &stack.name,
        logical_id: None,
        pattern: Some(naming.stack(stack.kind())),
    };
    std::iter::once(itself).chain(policies).chain(identity(naming, &stack.identity)).collect()
}

fn identity<'a>(naming: &'a Naming, identity: &'a Identity) -> Vec<Resource<'a>> {
    let role = |role: &'a Role, pattern| Resource {
        kind: Kind::Role,
        name: &role.name,
        logical_id: Some(&role.logical_id),
        pattern,
    };
    match identity {
        Identity::Engineer { role: held, instance_profile } => {
            let profile = Resource {
                kind: Kind::InstanceProfile,
                name: &instance_profile.name,
                logical_id: Some(&instance_profile.logical_id),
                pattern: Some(&naming.engineer_instance_profile),
            };
            vec![role(held, Some(&naming.engineer_role)), profile]
        }
        Identity::ServiceUser { group, user } => {
            let group = Resource {
                kind: Kind::Group,
                name: &group.name,
                logical_id: Some(&group.logical_id),
                pattern: Some(&naming.service_user_group),
            };
            let user = Resource {
                kind: Kind::User,
                name: &user.name,
                logical_id: Some(&user.logical_id),
                pattern: None,
            };
            vec![group, user]
        }
        Identity::Role { role: held } => vec![role(held, None)],
    }
}

/// Every pattern with its key in `[naming]` and what it names.
pub(super) fn patterns(naming: &Naming) -> [(&'static str, Kind, PrincipalKind, &Text); 9] {
    use PrincipalKind::{Engineer, Role, ServiceUser};
    [
        ("engineer-role", Kind::Role, Engineer, &naming.engineer_role),
        ("engineer-instance-profile", Kind::InstanceProfile, Engineer, &naming.engineer_instance_profile),
        ("engineer-policy", Kind::ManagedPolicy, Engineer, &naming.engineer_policy),
        ("engineer-stack", Kind::Stack, Engineer, &naming.engineer_stack),
        ("service-user-policy", Kind::ManagedPolicy, ServiceUser, &naming.service_user_policy),
        ("service-user-group", Kind::Group, ServiceUser, &naming.service_user_group),
        ("service-user-stack", Kind::Stack, ServiceUser, &naming.service_user_stack),
        ("role-policy", Kind::ManagedPolicy, Role, &naming.role_policy),
        ("role-stack", Kind::Stack, Role, &naming.role_stack),
    ]
}
