//! What makes a gain worth a second look.

mod escalation;

use std::cell::RefCell;
use std::collections::BTreeMap;

use iamc_catalog::{AccessLevel, Action, Catalog, covers};
use iamc_model::grants::Patterns;

use crate::difference::{AccessChange, Risk, Source};
pub(super) use escalation::add_escalations;

const PASS_ROLE: &str = "iam:PassRole";

/// What is known of patterns of actions.
pub(super) struct Risks<'c> {
    catalog: &'c Catalog,
    /// By pattern.
    known: RefCell<BTreeMap<String, Named>>,
}

/// What a pattern of actions names.
#[derive(Debug, Clone, Copy, Default)]
struct Named {
    /// An action by which permissions are managed; passing a role is a risk of its own.
    manages_permissions: bool,
    /// An action that works on resources.
    works_on_resources: bool,
}

impl<'c> Risks<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        Self { catalog, known: RefCell::default() }
    }

    /// The risks of a gain, but for what follows from all that the principal has. Sorted and distinct.
    pub(super) fn of(&self, gain: &AccessChange) -> Vec<Risk> {
        let AccessChange { source, actions, resources, .. } = gain;
        let named = self.named(actions);
        let all_resources = resources.negated || resources.patterns.iter().any(|pattern| is_all(pattern));
        let is_wide = is_wide(actions) || (all_resources && named.works_on_resources);
        let found = [
            (Risk::PermissionManagement, named.manages_permissions),
            (Risk::PassRole, names(actions, PASS_ROLE)),
            (Risk::AttachedDocument, matches!(source, Source::Attached { .. })),
            (Risk::Wildcard, is_wide),
        ];
        found.into_iter().filter(|(_, is_so)| *is_so).map(|(risk, _)| risk).collect()
    }

    fn named(&self, actions: &Patterns) -> Named {
        match actions.negated {
            true => self.named_beside(&actions.patterns),
            false => actions
                .patterns
                .iter()
                .map(|pattern| self.named_by(pattern))
                .fold(Named::default(), Named::or),
        }
    }

    fn named_by(&self, pattern: &str) -> Named {
        if is_all(pattern) {
            return Named { manages_permissions: true, works_on_resources: true };
        }
        let mut known = self.known.borrow_mut();
        *known.entry(pattern.to_owned()).or_insert_with(|| {
            let (prefix, name) = pattern.split_once(':').unwrap_or(("*", pattern));
            let services = self.catalog.services_matching(prefix);
            let of = |named: Named, action: &Action| named.or(Named::of(action));
            services
                .map(|service| service.matching(name).fold(Named::default(), of))
                .fold(Named::default(), Named::or)
        })
    }

    /// What all actions name but those that are excepted. IAM's own tell it mostly.
    fn named_beside(&self, excepted: &[String]) -> Named {
        let prefixes = ["iam"].into_iter().chain(self.catalog.services());
        let mut named = Named::default();
        for service in prefixes.filter_map(|prefix| self.catalog.service(prefix)) {
            let is_left = |action: &&Action| {
                let full = format!("{}:{}", service.prefix, action.name);
                !excepted.iter().any(|pattern| covers(pattern, &full))
            };
            named = service.actions.iter().filter(is_left).map(Named::of).fold(named, Named::or);
            if named.manages_permissions && named.works_on_resources {
                break;
            }
        }
        named
    }
}

impl Named {
    fn of(action: &Action) -> Self {
        Self {
            manages_permissions: action.level == AccessLevel::PermissionsManagement
                && PASS_ROLE.strip_prefix("iam:") != Some(&action.name),
            works_on_resources: !action.resources().is_empty(),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            manages_permissions: self.manages_permissions || other.manages_permissions,
            works_on_resources: self.works_on_resources || other.works_on_resources,
        }
    }
}

/// Whether an action is among these.
fn names(actions: &Patterns, action: &str) -> bool {
    actions.patterns.iter().any(|pattern| covers(pattern, action)) != actions.negated
}

/// Whether all actions of a service are among these.
fn is_wide(actions: &Patterns) -> bool {
    actions.negated || actions.patterns.iter().any(|pattern| is_all(name(pattern)))
}

/// What stands behind the service.
fn name(pattern: &str) -> &str {
    pattern.split_once(':').map_or(pattern, |(_, name)| name)
}

fn is_all(pattern: &str) -> bool {
    pattern.bytes().all(|byte| byte == b'*')
}
