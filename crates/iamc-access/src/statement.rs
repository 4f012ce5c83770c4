//! A statement, made ready to be judged many times.

use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

/// A statement of a policy document, without its name and place: the caller knows it by its index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    effect: Effect,
    actions: Patterns,
    resources: Patterns,
    conditions: Conditions,
}

impl Statement {
    /// A statement with these elements.
    pub fn new(effect: Effect, actions: Patterns, resources: Patterns, conditions: Conditions) -> Self {
        Self { effect, actions, resources, conditions }
    }

    /// `Allow` or `Deny`.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Action or NotAction.
    pub fn actions(&self) -> &Patterns {
        &self.actions
    }

    /// Resource or NotResource.
    pub fn resources(&self) -> &Patterns {
        &self.resources
    }

    /// Operator → key → values.
    pub fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// Whether the statement can matter to a request with this action and resource (either may be a
    /// pattern, no resource is any), whatever the context. Cheap; never false where it matters.
    pub fn may_concern(&self, action: &str, resource: Option<&str>) -> bool {
        let _ = (action, resource);
        true
    }

    /// The context keys in lower case on which its answer can depend: of its conditions, and of policy
    /// variables in its resources and values. Sorted and distinct.
    pub fn keys(&self) -> Vec<String> {
        Vec::new()
    }
}
