//! What each principal has of its own: resources and conditions of one policy that its placeholders fill
//! with other texts for others.

use std::borrow::Cow;

use iamc_diff::{AccessChange, PrincipalChange, SideOf, Source};
use iamc_model::Text;
use iamc_model::grants::{Conditions, Patterns};
use iamc_model::graph::Policy;

use super::sides::Sides;
use crate::filling::Filling;

/// Turns what was filled for a principal back into what is written for all.
pub(super) struct Own<'a> {
    sides: &'a Sides,
}

/// A policy's texts, and what fills them.
struct Filled<'a> {
    policy: &'a Policy,
    filling: Filling<'a>,
}

impl<'a> Own<'a> {
    pub(super) fn new(sides: &'a Sides) -> Self {
        Self { sides }
    }

    /// The resources, with the placeholders that stand for something else for others.
    pub(super) fn resources(&self, principal: &PrincipalChange, change: &AccessChange) -> Patterns {
        let Patterns { negated, patterns } = &change.resources;
        let patterns = match self.filled(principal, change) {
            Some(filled) => filled.all(&filled.policy.resources.items, patterns),
            None => patterns.clone(),
        };
        Patterns { negated: *negated, patterns }
    }

    /// The conditions, in the same way.
    pub(super) fn conditions(&self, principal: &PrincipalChange, change: &AccessChange) -> Conditions {
        let mut conditions = change.conditions.clone();
        let Some(filled) = self.filled(principal, change) else { return conditions };
        for (operator, keys) in &mut conditions {
            for (key, values) in keys {
                let mut written = filled.policy.conditions.iter();
                let written = written.find(|it| it.operator == *operator && it.key.value == *key);
                if let Some(written) = written {
                    *values = filled.all(&written.values, values);
                }
            }
        }
        conditions
    }

    fn filled(&self, principal: &PrincipalChange, change: &AccessChange) -> Option<Filled<'a>> {
        let Source::Policy { name, side, .. } = &change.source else { return None };
        let side = match side {
            SideOf::Base => &self.sides.base,
            SideOf::Head => &self.sides.head,
        };
        let graph = &side.compilation.graph;
        let principal = graph.principal(graph.principal_id(&principal.name)?);
        let policy = graph.policy(graph.policy_id(name)?);
        Some(Filled { policy, filling: Filling { settings: &side.compilation.project.settings, principal } })
    }
}

impl Filled<'_> {
    /// Sorted and distinct, as patterns are.
    fn all(&self, texts: &[Text], filled: &[String]) -> Vec<String> {
        let is_own = |text: &&Text| text.placeholders().any(|it| self.filling.is_own(&it.name));
        let texts: Vec<Text> = texts.iter().filter(is_own).cloned().collect();
        if texts.is_empty() {
            return filled.to_vec();
        }
        let written = |one: &String| {
            let text = self.filling.written(&texts, one).and_then(|text| self.for_all(text));
            text.unwrap_or_else(|| one.clone())
        };
        let mut written: Vec<String> = filled.iter().map(written).collect();
        written.sort_unstable();
        written.dedup();
        written
    }

    fn for_all(&self, text: &Text) -> Option<String> {
        let fill = |name: &str| match self.filling.is_own(name) {
            true => Some(Cow::Owned(format!("{{{name}}}"))),
            false => self.filling.value(name),
        };
        text.fill(|placeholder| fill(&placeholder.name)).ok()
    }
}
