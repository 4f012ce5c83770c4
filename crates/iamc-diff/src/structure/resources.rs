//! The named resources of stacks, as CloudFormation sees them.

use std::collections::BTreeMap;

use iamc_emitter::{Identity, Stack};

use crate::Side;

/// A resource with a name of its own, which CloudFormation cannot replace under that name.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Resource<'a> {
    pub(super) kind: Kind,
    pub(super) name: &'a str,
    /// A new path, or of a managed policy a new description, wants a new resource.
    pub(super) path: &'a str,
}

/// The types of named resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Role,
    InstanceProfile,
    User,
    Group,
    ManagedPolicy,
}

impl Kind {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::InstanceProfile => "instance profile",
            Self::User => "user",
            Self::Group => "group",
            Self::ManagedPolicy => "managed policy",
        }
    }

    /// Whether a new path moves it in place: of users and groups, which IAM can move.
    pub(super) fn moves_in_place(self) -> bool {
        matches!(self, Self::User | Self::Group)
    }
}

/// The named resources of a stack, those that stand for the principal first.
pub(super) fn of_stack(stack: &Stack) -> Vec<Resource<'_>> {
    let mut resources = match &stack.identity {
        Identity::Engineer { role, instance_profile } => vec![
            Resource { kind: Kind::Role, name: &role.name, path: &role.path },
            Resource {
                kind: Kind::InstanceProfile,
                name: &instance_profile.name,
                path: &instance_profile.path,
            },
        ],
        Identity::ServiceUser { group, user } => vec![
            Resource { kind: Kind::User, name: &user.name, path: &user.path },
            Resource { kind: Kind::Group, name: &group.name, path: &group.path },
        ],
        Identity::Role { role } => vec![Resource { kind: Kind::Role, name: &role.name, path: &role.path }],
    };
    let policies = stack.policies.iter();
    resources.extend(policies.map(|policy| Resource {
        kind: Kind::ManagedPolicy,
        name: &policy.name,
        path: &policy.path,
    }));
    resources
}

/// In which stack of the base each resource lives, by its kind and its name in lower case: IAM's names are
/// the same whatever their case.
#[derive(Debug)]
pub(super) struct Homes<'a>(BTreeMap<(Kind, String), &'a str>);

impl<'a> Homes<'a> {
    pub(super) fn new(base: &Side<'a>) -> Self {
        let stacks = base.built.stacks.stacks.iter();
        let homes = stacks.flat_map(|stack| {
            let resources = of_stack(stack).into_iter();
            resources.map(|it| ((it.kind, it.name.to_ascii_lowercase()), stack.name.as_str()))
        });
        Self(homes.collect())
    }

    /// The stack of the base in which a resource lives.
    pub(super) fn of(&self, resource: &Resource<'_>) -> Option<&'a str> {
        self.0.get(&(resource.kind, resource.name.to_ascii_lowercase())).copied()
    }
}
