//! What the statements of a policy say: made up, or AWS's own.

use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns, Statement};
use iamc_model::graph::PolicyId;
use iamc_model::source::Span;
use serde_json::Value;

use crate::random::Random;

/// Larger statements are not drawn: they would need documents of their own.
const MOST_CHARACTERS: usize = 6000;

/// Where statements come from.
pub(crate) enum Source {
    /// Made up.
    Synthetic,
    /// Read from a file.
    Real(Vec<Statement>),
}

impl Source {
    /// The file that `IAMC_AWS_POLICIES` names, else made up.
    pub(crate) fn from_environment() -> Self {
        let Some(path) = std::env::var_os("IAMC_AWS_POLICIES") else { return Self::Synthetic };
        let text = std::fs::read_to_string(path).expect("IAMC_AWS_POLICIES names a file that can be read");
        let documents = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON"));
        let statements = documents.flat_map(|line: Value| listed(&line["document"]["Statement"]));
        let small = statements.filter(|statement| statement.to_string().len() <= MOST_CHARACTERS);
        Self::Real(small.map(|statement| real(&statement)).collect())
    }

    /// A statement for the policy of this name.
    pub(crate) fn draw(&self, name: &str, random: &mut Random) -> Statement {
        let drawn = match self {
            Self::Synthetic => synthetic(random),
            Self::Real(statements) => statements[random.below(statements.len())].clone(),
        };
        Statement { name: name.into(), ..drawn }
    }
}

/// Counts and lengths are drawn from about the quantiles of AWS's own managed policies.
fn synthetic(random: &mut Random) -> Statement {
    let actions = random.pick(&[1, 1, 1, 1, 2, 2, 3, 4, 5, 8, 13, 40]);
    let resources = random.pick(&[1, 1, 1, 1, 1, 1, 2, 2, 3, 7]);
    let condition = random.pick(&[None, Some(40), Some(80)]);
    let mut conditions = Conditions::new();
    if let Some(length) = condition {
        let operator = "StringLike".parse().expect("an operator of IAM");
        conditions.insert(operator, [("aws:RequestedRegion".into(), vec![word("", length, random)])].into());
    }
    let actions = (0..actions).map(|_| action(random)).collect();
    let resources = (0..resources).map(|_| word("arn:aws:s3:::", random.pick(&[13, 27, 42, 54]), random));
    statement(Effect::Allow, sorted(actions, false), sorted(resources.collect(), false), conditions)
}

/// An action that no other statement has.
pub(crate) fn action(random: &mut Random) -> String {
    word("service:", random.pick(&[7, 11, 17, 23, 30]), random)
}

fn word(prefix: &str, length: usize, random: &mut Random) -> String {
    let letters = (0..length).map(|_| (b'a' + random.below(26) as u8) as char);
    prefix.chars().chain(letters).collect()
}

fn real(value: &Value) -> Statement {
    let patterns = |name: &str| match value.get(name) {
        Some(patterns) => sorted(texts(patterns), false),
        None => sorted(texts(&value[format!("Not{name}")]), true),
    };
    let effect = if value["Effect"] == "Deny" { Effect::Deny } else { Effect::Allow };
    statement(effect, patterns("Action"), patterns("Resource"), conditions(&value["Condition"]))
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

fn listed(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

fn texts(value: &Value) -> Vec<String> {
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    listed(value).into_iter().map(text).collect()
}

fn sorted(mut patterns: Vec<String>, negated: bool) -> Patterns {
    patterns.sort();
    patterns.dedup();
    Patterns { negated, patterns }
}

fn statement(effect: Effect, actions: Patterns, resources: Patterns, conditions: Conditions) -> Statement {
    let (policy, span) = (PolicyId(0), Span::BUILTIN);
    Statement { policy, name: "".into(), span, effect, actions, resources, conditions }
}
