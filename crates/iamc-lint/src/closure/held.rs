//! A statement that somebody has, as the rules on closures ask it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use iamc_access::Statement;
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};
use iamc_model::graph::PolicyId;

use super::asked::Asked;
use crate::arn::literal_start;

/// Where a statement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin<'a> {
    /// A policy of the project.
    Policy(PolicyId),
    /// The document of AWS's behind this ARN.
    Attached(&'a str),
}

/// A statement that somebody has.
pub(super) struct Held<'a> {
    pub(super) origin: Origin<'a>,
    pub(super) effect: Effect,
    pub(super) actions: &'a Patterns,
    pub(super) resources: &'a Patterns,
    pub(super) conditions: &'a Conditions,
    /// The actions that rules [ask after](Asked) and that it names.
    pub(super) asked: BTreeSet<&'static str>,
    /// What each of its resources begins with, before a wildcard or a variable.
    pub(super) starts: Vec<&'a str>,
    ready: OnceLock<Statement>,
}

impl<'a> Held<'a> {
    pub(super) fn new(
        origin: Origin<'a>,
        effect: Effect,
        actions: &'a Patterns,
        resources: &'a Patterns,
        conditions: &'a Conditions,
        asked: &Asked,
    ) -> Self {
        let asked = asked.named_by(actions);
        let starts = resources.patterns.iter().map(|pattern| literal_start(pattern)).collect();
        Self { origin, effect, actions, resources, conditions, asked, starts, ready: OnceLock::new() }
    }

    /// Ready to be decided.
    pub(super) fn ready(&self) -> &Statement {
        self.ready.get_or_init(|| self.with_effect(self.effect))
    }

    /// The same with another effect.
    pub(super) fn with_effect(&self, effect: Effect) -> Statement {
        Statement::new(effect, self.actions.clone(), self.resources.clone(), self.conditions.clone())
    }

    /// Whether it is about other resources than those that it names to the letter.
    pub(super) fn is_open(&self) -> bool {
        let patterns = self.resources.patterns.iter();
        self.resources.negated || self.starts.iter().zip(patterns).any(|(start, all)| start.len() < all.len())
    }

    /// Whether it can be about resources that begin so, as far as the beginnings of its own tell: most
    /// statements are not.
    pub(super) fn may_concern(&self, beginning: &str) -> bool {
        let is_alike = |own: &&str| own.starts_with(beginning) || beginning.starts_with(*own);
        self.resources.negated || self.starts.iter().any(is_alike)
    }

    /// Whether another can be about its first resource.
    pub(super) fn may_share_first(&self, other: &Self) -> bool {
        self.resources.negated || self.starts.first().is_some_and(|start| other.may_concern(start))
    }

    /// Whether what it says can differ by who asks, other than in what was filled.
    pub(super) fn is_personal(&self) -> bool {
        let of_principal = |key: &str| {
            let start = key.get(.."aws:principal".len()).unwrap_or_default();
            start.eq_ignore_ascii_case("aws:principal") || key.eq_ignore_ascii_case("aws:username")
        };
        let has_variable = |text: &String| text.contains("${");
        let mut keys = self.conditions.values().flatten();
        self.resources.patterns.iter().any(has_variable)
            || keys.any(|(key, values)| of_principal(key) || values.iter().any(has_variable))
    }
}
