//! Actions that give permissions to others.

use iamc_catalog::covers;
use iamc_model::codes;

use super::Exposure;
use crate::closure::ask::{Ask, Scope};
use crate::closure::held::Held;
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

/// The actions of AWS's access level "permissions management" that a statement names. `*`, and services
/// that are patterns, are other rules'.
fn managing(held: &Held<'_>, ask: &Ask<'_, '_>) -> Vec<String> {
    let mut services = Services::new(ask.catalog());
    let mut managing = Vec::new();
    for pattern in held.actions.patterns.iter().filter(|_| !held.actions.negated) {
        let (prefix, name) = pattern.split_once(':').unwrap_or_default();
        let Some(service) = services.get(prefix) else { continue };
        let all = ask.managing(service);
        let named = all.iter().filter(|action| covers(name, &action.name));
        managing.extend(named.map(|action| format!("{}:{}", service.prefix, action.name)));
    }
    managing
}
