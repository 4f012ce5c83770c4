//! One statement: a policy with its placeholders filled and its bound applied.

use std::sync::Arc;

use iamc_model::grants::{Conditions, Patterns, Statement};
use iamc_model::graph::{Policy, PolicyId};
use iamc_model::text::Placeholder;
use iamc_model::{Diagnostic, Text};

use super::scope::{Gap, Scope};
use super::{checks, conditions};
use crate::closure::Bound;
use crate::placeholder::{By, Definition};

/// The texts of a policy that may hold placeholders.
pub(super) fn texts(policy: &Policy) -> impl Iterator<Item = &Text> {
    policy.resources.items.iter().chain(policy.conditions.iter().flat_map(|condition| &condition.values))
}

/// Every placeholder of a policy that has no value for a principal, or more than one.
pub(super) fn gaps(policy: &Policy, scope: &Scope<'_>) -> Vec<Diagnostic> {
    let open = texts(policy).flat_map(Text::placeholders);
    let open =
        open.filter_map(|placeholder| scope.report(placeholder, scope.value(&placeholder.name).err()?));
    let filled = policy.filled.iter().filter_map(|filled| {
        let rival = scope.rival(&filled.placeholder)?;
        let own = Definition { by: By::Policy, span: filled.by };
        let placeholder =
            Placeholder { name: filled.placeholder.value.clone(), span: filled.placeholder.span };
        scope.report(&placeholder, Gap::Ambiguous(own, rival))
    });
    open.chain(filled).collect()
}

/// The statement of a policy all of whose placeholders have a value, or what is wrong with the texts
/// that come of it.
pub(super) fn make(
    id: PolicyId,
    policy: &Policy,
    bound: Bound,
    scope: &Scope<'_>,
) -> Result<Statement, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let mut fill = |text: &Text, check: &dyn Fn(&Text, &str) -> Vec<Diagnostic>| {
        let value = scope.fill(text).unwrap_or_default();
        if !policy.filled.is_empty() || text.as_literal().is_none() {
            wrong.extend(check(text, &value));
        }
        value
    };
    let resources = policy.resources.items.iter().map(|text| fill(text, &checks::resource)).collect();
    let mut all = Conditions::new();
    for condition in &policy.conditions {
        let check = |text: &Text, value: &str| checks::condition_value(condition.operator, text, value);
        let values = condition.values.iter().map(|text| fill(text, &check)).collect();
        conditions::add(&mut all, condition.operator, &condition.key, values);
    }
    if let Some(until) = bound.until() {
        conditions::bound(&mut all, until);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Statement {
        policy: id,
        name: Arc::clone(&policy.name),
        span: policy.span,
        effect: policy.effect,
        actions: patterns(
            policy.actions.negated,
            policy.actions.items.iter().map(|action| action.value.clone()).collect(),
        ),
        resources: patterns(policy.resources.negated, resources),
        conditions: all,
    })
}

fn patterns(negated: bool, mut patterns: Vec<String>) -> Patterns {
    patterns.sort_unstable();
    patterns.dedup();
    Patterns { negated, patterns }
}
