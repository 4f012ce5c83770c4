//! Actions that give permissions to others.

use iamc_catalog::{AccessLevel, Action, ResourceType, Service};
use iamc_model::codes;

use super::Exposure;
use crate::closure::ask::Scope;
use crate::closure::held::Held;
use crate::closure::holdings::Holdings;
use crate::services::Services;
use crate::words;

/// `permission-management`
pub(super) const EXPOSURE: Exposure = Exposure {
    code: &codes::PERMISSION_MANAGEMENT,
    scope: Scope::Unbound,
    actions: managing,
    gives: |actions| format!("decide what others may do, by {}", words::first_few(actions)),
    help: "write the ARNs of the resources whose permissions are managed, or take the action away",
};

/// Whether some resource of a service has no name, so that it is not bound though it is written out.
fn has_unnamed(service: &Service) -> bool {
    !service.resources.iter().all(ResourceType::has_name)
}

/// The actions of AWS's access level "permissions management" that a statement names. `*`, and services
/// that are patterns, are other rules'.
fn managing(held: &Held<'_>, holdings: &Holdings<'_>) -> Vec<String> {
    let mut services = Services::new(holdings.subject.catalog);
    let mut managing = Vec::new();
    for pattern in held.actions.patterns.iter().filter(|_| !held.actions.negated) {
        let (prefix, name) = pattern.split_once(':').unwrap_or_default();
        let Some(service) = services.get(prefix).filter(|service| held.is_open() || has_unnamed(service))
        else {
            continue;
        };
        let manages = |action: &&Action| action.level == AccessLevel::PermissionsManagement;
        let actions = service.matching(name).filter(manages);
        managing.extend(actions.map(|action| format!("{}:{}", service.prefix, action.name)));
    }
    managing
}
