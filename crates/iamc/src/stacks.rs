//! What answers say of grants and stacks.

use iamc_emitter::{Identity, Rung, Stack};
use iamc_model::Settings;
use iamc_model::grants::{Grant, Grants};

/// What a principal has, by its name.
pub(crate) fn grant<'a>(grants: &'a Grants, principal: &str) -> Option<&'a Grant> {
    let at = grants.principals.binary_search_by(|grant| grant.name.as_ref().cmp(principal)).ok()?;
    grants.principals.get(at)
}

/// The Kubernetes groups that a principal is in.
pub(crate) fn kubernetes_groups(grants: &Grants, principal: &str) -> Vec<String> {
    let groups = grant(grants, principal).map(|grant| grant.kubernetes_groups.iter());
    groups.into_iter().flatten().map(ToString::to_string).collect()
}

/// The ARNs that are attached besides the stack's own policies.
pub(crate) fn attached(stack: &Stack) -> &[String] {
    match &stack.identity {
        Identity::Engineer { role, .. } | Identity::Role { role } => &role.managed_policy_arns,
        Identity::ServiceUser { group, .. } => &group.managed_policy_arns,
    }
}

/// The permissions boundary.
pub(crate) fn boundary(stack: &Stack) -> Option<&str> {
    match &stack.identity {
        Identity::Engineer { role, .. } | Identity::Role { role } => role.permissions_boundary.as_deref(),
        Identity::ServiceUser { user, .. } => user.permissions_boundary.as_deref(),
    }
}

/// The tags of the role or user.
pub(crate) fn tags(stack: &Stack) -> &[(String, String)] {
    match &stack.identity {
        Identity::Engineer { role, .. } | Identity::Role { role } => &role.tags,
        Identity::ServiceUser { user, .. } => &user.tags,
    }
}

/// How full something is: whole percents, 100 only where it is full.
pub(crate) fn percent(used: usize, limit: usize) -> usize {
    (used * 100).checked_div(limit).unwrap_or_default()
}

/// The fullest managed policy of a stack, in percent.
pub(crate) fn fullest(settings: &Settings, stack: &Stack) -> usize {
    let limit = settings.limits.managed_policy_characters.value as usize;
    let percents = stack.policies.iter().map(|policy| percent(policy.document.characters, limit));
    percents.max().unwrap_or_default()
}

/// The name of a rung: how the statements were divided among the managed policies.
pub(crate) fn rung(rung: Rung) -> &'static str {
    match rung {
        Rung::Stable => "stable",
        Rung::Ordered => "ordered",
        Rung::Dense => "dense",
        Rung::Merged => "merged",
        Rung::Together => "together",
    }
}

/// What an edit does to managed policies that were divided on this rung.
pub(crate) fn stability(rung: Rung) -> &'static str {
    match rung {
        Rung::Stable => "an edit moves no other statement",
        Rung::Ordered => "an edit can replace neighbouring managed policies",
        Rung::Dense => "an edit can replace several managed policies",
        Rung::Merged => "statements are merged; an edit can replace several managed policies",
        Rung::Together => "categories share managed policies; an edit can replace any of them",
    }
}
