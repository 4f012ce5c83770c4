//! Statements of AWS's own managed policies, or made up.

use iamc_access::Statement;
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};
use serde_json::Value;

use crate::random::Random;

/// The statements of the file that `IAMC_AWS_POLICIES` names, else made up.
pub(crate) fn from_environment() -> Vec<Statement> {
    let Some(path) = std::env::var_os("IAMC_AWS_POLICIES") else {
        let mut random = Random(7);
        return (0..2000).map(|_| synthetic(&mut random)).collect();
    };
    let text = std::fs::read_to_string(path).expect("IAMC_AWS_POLICIES names a file that can be read");
    let documents = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON"));
    documents.flat_map(|line: Value| listed(&line["document"]["Statement"])).map(|it| real(&it)).collect()
}

/// The same permissions in other statements: an action each, or a resource each.
pub(crate) fn rewritten(statement: &Statement, by_action: bool) -> Vec<Statement> {
    let divided = if by_action { statement.actions() } else { statement.resources() };
    if divided.negated {
        return vec![statement.clone()];
    }
    let with = |pattern: &String| {
        let one = Patterns { negated: false, patterns: vec![pattern.clone()] };
        let (actions, resources) = match by_action {
            true => (one, statement.resources().clone()),
            false => (statement.actions().clone(), one),
        };
        Statement::new(statement.effect(), actions, resources, statement.conditions().clone())
    };
    divided.patterns.iter().map(with).collect()
}

/// Sets of which each Allow of the second is hard to compare with the first: patterns that overlap in very
/// many ways, and conditions on as many keys.
pub(crate) fn hard(seed: u64) -> [Vec<Statement>; 2] {
    let allow = |action: String, resource: String, conditions| {
        let one = |pattern| Patterns { negated: false, patterns: vec![pattern] };
        Statement::new(Effect::Allow, one(action), one(resource), conditions)
    };
    let before = (1..24).map(|length| {
        let operator = "StringEquals".parse().expect("an operator of IAM");
        let conditions = [(operator, [(format!("s3:k{length}"), vec!["x".to_owned()])].into())];
        let resource = format!("arn:aws:s3:::*a{}", "?".repeat(length));
        allow("s3:*".to_owned(), resource, conditions.into())
    });
    let rest = allow("s3:*".to_owned(), "arn:aws:s3:::*b".to_owned(), Conditions::new());
    let after = (0..60).map(|at| {
        let resource = format!("arn:aws:s3:::{}{}b", "*a".repeat(6), "?".repeat((at + seed as usize) % 7));
        allow(format!("s3:Get{at}*"), resource, Conditions::new())
    });
    [before.chain([rest]).collect(), after.collect()]
}

fn synthetic(random: &mut Random) -> Statement {
    let effect = if random.below(10) == 0 { Effect::Deny } else { Effect::Allow };
    let mut some = |most: usize, text: &dyn Fn(usize) -> String| Patterns {
        negated: false,
        patterns: (0..=random.below(most)).map(|_| text(random.below(40))).collect(),
    };
    let actions =
        some(8, &|n| ["s3:Get*", "s3:Put", "sqs:*", "ec2:Describe"][n % 4].to_owned() + ["", "x"][n % 2]);
    let resources = some(3, &|n| format!("arn:aws:s3:::bucket-{n}/*"));
    let mut conditions = Conditions::new();
    if random.below(3) == 0 {
        let operator = "StringLike".parse().expect("an operator of IAM");
        let value = format!("eu-{}*", random.below(5));
        conditions.insert(operator, [("aws:RequestedRegion".into(), vec![value])].into());
    }
    Statement::new(effect, actions, resources, conditions)
}

fn real(value: &Value) -> Statement {
    let patterns = |name: &str| match value.get(name) {
        Some(patterns) => Patterns { negated: false, patterns: texts(patterns) },
        None => Patterns { negated: true, patterns: texts(&value[format!("Not{name}")]) },
    };
    let effect = if value["Effect"] == "Deny" { Effect::Deny } else { Effect::Allow };
    Statement::new(effect, patterns("Action"), patterns("Resource"), conditions(&value["Condition"]))
}

fn conditions(value: &Value) -> Conditions {
    let mut conditions = Conditions::new();
    for (operator, keys) in value.as_object().into_iter().flatten() {
        let keys = keys.as_object().into_iter().flatten();
        let keys = keys.map(|(key, values)| (key.clone(), texts(values))).collect();
        conditions.insert(operator.parse().expect("an operator of IAM"), keys);
    }
    conditions
}

fn texts(value: &Value) -> Vec<String> {
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    listed(value).into_iter().map(text).collect()
}

fn listed(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}
