//! One statement: a policy with its placeholders filled and its bound applied.

use std::sync::Arc;

use iamc_model::grants::{Conditions, Patterns, Statement};
use iamc_model::graph::{Policy, PolicyId};
use iamc_model::text::Placeholder;
use iamc_model::{Diagnostic, Text};

use super::scope::{Gap, Scope};
use super::{checks, conditions};
use crate::bounds::Bound;
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

#[cfg(test)]
mod tests {
    use crate::testing::run;

    #[test]
    fn with_is_composed_of_what_each_can_see() {
        let run = run("\
--- iamc.toml
[variables]
stage = 'prod'
--- policies/a.toml
[template.T]
parameters = ['bucket']
actions = ['s3:PutObject', 's3:GetObject', 's3:GetObject']
resources = ['arn:aws:s3:::{bucket}/{stage}/*', 'arn:aws:s3:::{bucket}']
conditions.StringLike.'s3:prefix' = ['{bucket}/*', 'a']
[policy.'P{name}']
template = 'T'
with = { bucket = '{name}-{client}' }
conditions.StringEquals.'aws:PrincipalTag/client' = ['{client}']
for-each = [{ name = 'A' }]
--- engineers.toml
[engineer]
Jane = { policies = ['PA'], params = { client = 'tcm' } }
John = { policies = ['PA'], params = { client = 'abc' } }
Mary = { policies = ['PA'], params = { client = 'abc' } }
");
        assert_eq!(run.said(&run.diagnostics), "");
        let statement = run.grants.statement(run.grants.principals[0].statements[0]);
        assert_eq!(statement.resources.patterns, ["arn:aws:s3:::A-tcm", "arn:aws:s3:::A-tcm/prod/*"]);
        let values: Vec<&String> =
            statement.conditions.values().flat_map(|keys| keys.values()).flatten().collect();
        assert_eq!(values, ["tcm", "A-tcm/*", "a"]);
    }

    #[test]
    fn values_are_sorted_and_distinct() {
        let run = run("\
--- policies/a.toml
[policy.P]
actions = ['s3:PutObject', 's3:GetObject', 's3:GetObject']
not-resources = ['arn:aws:s3:::b/{client}', 'arn:aws:s3:::a', 'arn:aws:s3:::a']
conditions.StringLike.'s3:prefix' = ['{client}/*', 'a', 'a']
--- engineers.toml
[engineer]
Jane = { policies = ['P'], params = { client = 'tcm' } }
John = { policies = ['P'], params = { client = 'abc' } }
Mary = { policies = ['P'], params = { client = 'abc' } }
");
        assert_eq!(run.said(&run.diagnostics), "");
        let [jane, john, mary] = &run.grants.principals[..] else { panic!("three engineers") };
        assert_ne!(jane.statements, john.statements);
        assert!(std::sync::Arc::ptr_eq(&john.statements, &mary.statements));
        let statement = run.grants.statement(jane.statements[0]);
        assert_eq!(statement.actions.patterns, ["s3:GetObject", "s3:PutObject"]);
        assert!(statement.resources.negated && !statement.actions.negated);
        assert_eq!(statement.resources.patterns, ["arn:aws:s3:::a", "arn:aws:s3:::b/tcm"]);
        let values: Vec<&String> =
            statement.conditions.values().flat_map(|keys| keys.values()).flatten().collect();
        assert_eq!(values, ["a", "tcm/*"]);
    }
}
