//! The resources of one principal.

use iamc_model::grants::Grant;
use iamc_model::{PrincipalKind, Settings};

use crate::Rung;
use crate::names::{Names, logical_id};
use crate::stack::{Group, Identity, InstanceProfile, ManagedPolicy, Role, Stack, User};

/// The stack of a principal whose managed policies are made. What it waits for is not known here.
pub(crate) fn stack(names: &Names<'_>, grant: &Grant, rung: Rung, policies: Vec<ManagedPolicy>) -> Stack {
    Stack {
        id: grant.id,
        principal: grant.name.clone(),
        name: names.stack(),
        rung,
        policies,
        identity: identity(names, grant),
        after: vec![],
    }
}

/// What names the resources of a principal.
pub(crate) fn names<'a>(settings: &'a Settings, grant: &'a Grant) -> Names<'a> {
    Names { naming: &settings.naming, kind: grant.kind, principal: &grant.name }
}

fn identity(names: &Names<'_>, grant: &Grant) -> Identity {
    match grant.kind {
        PrincipalKind::Engineer => Identity::Engineer {
            role: role(names, grant),
            instance_profile: instance_profile(names.instance_profile(), grant),
        },
        PrincipalKind::ServiceUser => {
            Identity::ServiceUser { group: group(names.group(), grant), user: user(grant) }
        }
        PrincipalKind::Role => Identity::Role { role: role(names, grant) },
    }
}

fn role(names: &Names<'_>, grant: &Grant) -> Role {
    let name = names.role();
    Role {
        logical_id: logical_id(&name),
        name,
        path: grant.path.clone(),
        trust: grant.trust.clone(),
        managed_policy_arns: grant.managed_policy_arns.clone(),
        permissions_boundary: grant.permissions_boundary.clone(),
        max_session_duration: grant.max_session_duration,
        tags: grant.tags.clone(),
    }
}

fn instance_profile(name: String, grant: &Grant) -> InstanceProfile {
    InstanceProfile { logical_id: logical_id(&name), name, path: grant.path.clone() }
}

fn group(name: String, grant: &Grant) -> Group {
    Group {
        logical_id: logical_id(&name),
        name,
        path: grant.path.clone(),
        managed_policy_arns: grant.managed_policy_arns.clone(),
    }
}

fn user(grant: &Grant) -> User {
    User {
        logical_id: logical_id(&grant.name),
        name: grant.name.to_string(),
        path: grant.path.clone(),
        permissions_boundary: grant.permissions_boundary.clone(),
        tags: grant.tags.clone(),
    }
}
