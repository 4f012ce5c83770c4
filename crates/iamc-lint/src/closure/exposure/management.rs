//! Actions that give permissions to others.

use iamc_catalog::{AccessLevel, Action, ResourceType, Service};
use iamc_model::codes;

use super::Exposure;
use crate::closure::ask::Scope;
use crate::closure::held::Held;
use crate::closure::holdings::Holdings;
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
    let mut managing = Vec::new();
    if held.actions.negated {
        return managing;
    }
    let is_open = held.is_open();
    let manages = |action: &&Action| action.level == AccessLevel::PermissionsManagement;
    for patterns in held.actions.patterns.chunk_by(|one, other| prefix(one) == prefix(other)) {
        let service = holdings.subject.catalog.service(prefix(&patterns[0]));
        let Some(service) = service.filter(|service| is_open || has_unnamed(service)) else { continue };
        let names = patterns.iter().filter_map(|pattern| pattern.split_once(':'));
        let actions = names.flat_map(|(_, name)| service.matching(name).filter(manages));
        managing.extend(actions.map(|action| format!("{}:{}", service.prefix, action.name)));
    }
    managing
}

/// What stands before the colon; nothing in `*`.
fn prefix(pattern: &str) -> &str {
    pattern.split_once(':').map_or("", |(prefix, _)| prefix)
}
