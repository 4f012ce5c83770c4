//! Actions that give permissions to others.

use iamc_catalog::{AccessLevel, Action};
use iamc_model::codes;

use super::Exposure;
use crate::closure::ask::Scope;
use crate::closure::holdings::{Held, Holdings};
use crate::words;

/// `permission-management`
pub(super) const EXPOSURE: Exposure = Exposure {
    code: &codes::PERMISSION_MANAGEMENT,
    scope: Scope::Unbound,
    actions: managing,
    gives: |actions| format!("decide what others may do, by {}", words::first_few(actions)),
    help: "write the ARNs of the resources whose permissions are managed, or take the action away",
};

/// The actions of AWS's access level "permissions management" that a statement names. `*`, and services
/// that are patterns, are other rules'.
fn managing(held: &Held<'_>, holdings: &Holdings<'_>) -> Vec<String> {
    let patterns = held.actions.patterns.iter().filter(|_| !held.actions.negated);
    let named = patterns.filter_map(|pattern| {
        let (prefix, name) = pattern.split_once(':')?;
        let service = holdings.subject.catalog.service(prefix)?;
        let actions: Vec<&Action> = match name.contains(['*', '?']) {
            true => service.matching(name).collect(),
            false => service.action(name).into_iter().collect(),
        };
        let manages = actions.into_iter().filter(|it| it.level == AccessLevel::PermissionsManagement);
        Some(manages.map(|action| format!("{}:{}", service.prefix, action.name)).collect::<Vec<_>>())
    });
    named.flatten().collect()
}
