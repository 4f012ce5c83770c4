//! What is decided, from statements to verdicts.

mod decisions;
mod near_misses;
mod open;
mod properties;

use iamc_model::Operator;
use iamc_model::declaration::Effect::{self, Allow, Deny};
use iamc_model::grants::{Conditions, Patterns};

use crate::context::Context;
use crate::decide::{Permissions, Request, decide};
use crate::statement::Statement;
use crate::verdict::Verdict;

/// Patterns; the first one may begin with `!`, which makes them NotAction or NotResource.
fn patterns(texts: &[&str]) -> Patterns {
    let negated = texts.first().is_some_and(|text| text.starts_with('!'));
    let patterns = texts.iter().map(|text| text.trim_start_matches('!').to_owned()).collect();
    Patterns { negated, patterns }
}

fn conditions(conditions: &[(&str, &str, &[&str])]) -> Conditions {
    let mut block = Conditions::new();
    for (operator, key, values) in conditions {
        let operator: Operator = operator.parse().expect("an operator");
        let values = values.iter().map(|&value| value.to_owned()).collect();
        block.entry(operator).or_default().insert((*key).to_owned(), values);
    }
    block
}

fn statement(effect: Effect, actions: &[&str], resources: &[&str]) -> Statement {
    conditional(effect, actions, resources, &[])
}

fn conditional(
    effect: Effect,
    actions: &[&str],
    resources: &[&str],
    block: &[(&str, &str, &[&str])],
) -> Statement {
    Statement::new(effect, patterns(actions), patterns(resources), conditions(block))
}

fn allow(actions: &[&str], resources: &[&str]) -> Statement {
    statement(Allow, actions, resources)
}

fn deny(actions: &[&str], resources: &[&str]) -> Statement {
    statement(Deny, actions, resources)
}

/// A context with these keys, a value of which may be missing: the key is absent.
fn context(keys: &[(&str, Option<&str>)], exact: bool) -> Context {
    let mut context = Context::new();
    context.set_exact(exact);
    for (key, value) in keys {
        match value {
            Some(value) => context.set(key, [*value]),
            None => context.set_absent(key),
        }
    }
    context
}

fn ask(statements: &[Statement], action: &str, resource: Option<&str>, context: &Context) -> Verdict {
    let statements: Vec<&Statement> = statements.iter().collect();
    let request =
        Request { action: action.into(), resource: resource.map(Into::into), context: context.clone() };
    decide(Permissions { statements: &statements, unknown_documents: false }, &request)
}

/// The decision's name with the outcome of each statement that has one.
fn check(statements: &[Statement], action: &str, resource: &str, context: &Context) -> String {
    let verdict = ask(statements, action, Some(resource), context);
    let outcomes = verdict.statements.iter().map(|judged| format!(" {}:{:?}", judged.index, judged.outcome));
    format!("{}{}", verdict.decision.name(), outcomes.collect::<String>())
}
