//! The engine against plain enumeration.

mod adversarial;
mod compare;
mod conditions;
mod examples;
mod patterns;

use iamc_model::Operator;
use iamc_model::declaration::Effect::{self, Allow, Deny};
use iamc_model::grants::{Conditions, Patterns};

use super::*;
use crate::context::Context;
use crate::decide::{Permissions, Request};
use crate::glob::Glob;
use crate::judge::judge;
use crate::statement::Statement;
use crate::target::Target;
use crate::tri::Tri;

/// Patterns; a `!` before the first makes them NotAction or NotResource.
fn patterns(texts: &[&str]) -> Patterns {
    let negated = texts.first().is_some_and(|text| text.starts_with('!'));
    let patterns = texts.iter().map(|text| text.trim_start_matches('!').to_owned()).collect();
    Patterns { negated, patterns }
}

/// Conditions, each `Operator key=value|value`.
fn block(conditions: &[&str]) -> Conditions {
    let mut block = Conditions::new();
    for condition in conditions {
        let (operator, rest) = condition.split_once(' ').expect("an operator");
        let (key, values) = rest.split_once('=').expect("values");
        let operator: Operator = operator.parse().expect("an operator");
        let values = values.split('|').map(str::to_owned).collect();
        block.entry(operator).or_default().insert(key.to_owned(), values);
    }
    block
}

fn statement(effect: Effect, actions: &[&str], resources: &[&str], conditions: &[&str]) -> Statement {
    Statement::new(effect, patterns(actions), patterns(resources), block(conditions))
}

fn allow(actions: &[&str], resources: &[&str], conditions: &[&str]) -> Statement {
    statement(Allow, actions, resources, conditions)
}

fn deny(actions: &[&str], resources: &[&str], conditions: &[&str]) -> Statement {
    statement(Deny, actions, resources, conditions)
}

/// What a statement says of one request whose whole context is known.
fn at(statement: &Statement, action: &str, resource: &str, context: &Context) -> Tri {
    let mut context = context.clone();
    context.set_exact(true);
    let target = Target { resource: Some(Glob::literal(resource)), ..Target::new(action, None) };
    judge(statement, &target, &context)
}

fn holds(truth: Tri, reading: Reading) -> bool {
    match reading {
        Reading::Wide => truth != Tri::False,
        Reading::Narrow => truth == Tri::True,
    }
}

/// Asks for a request that the positives match and the negatives do not.
fn ask(
    positives: &[(&Statement, Reading)],
    negatives: &[(&Statement, Reading)],
    action: &str,
    resource: &str,
) -> Answer {
    let context = Context::new();
    let question = Question {
        positives: positives.iter().map(|&(statement, reading)| Premise { statement, reading }).collect(),
        negatives: negatives.iter().map(|&(statement, reading)| Premise { statement, reading }).collect(),
        region: Region { action, resources: vec![resource], context: &context },
        caps: Caps::default(),
    };
    find(&question, &NoNames)
}

/// The witness, or `none`, or `unknown`.
fn text(answer: &Answer) -> String {
    match answer {
        Answer::Witness(witness) => {
            let values = |(key, values): (&str, &[String])| format!(" {key}={}", values.join("|"));
            let context: String = witness.context.present().map(values).collect();
            format!("{} {}{context}", witness.action, witness.resource)
        }
        Answer::None => "none".to_owned(),
        Answer::Unknown(why) => format!("unknown: {why}"),
    }
}

fn judged(statements: &[Statement], action: &str, resource: Option<&str>) -> Judgement {
    judged_in(statements, action, resource, Context::new())
}

fn judged_in(statements: &[Statement], action: &str, resource: Option<&str>, context: Context) -> Judgement {
    let statements: Vec<&Statement> = statements.iter().collect();
    let request = Request { action: action.to_owned(), resource: resource.map(str::to_owned), context };
    judge_open(Permissions { statements: &statements, unknown_documents: false }, &request, &NoNames)
}
