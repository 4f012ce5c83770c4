//! Statements at random.

use std::collections::BTreeMap;

use iamc_catalog::DocumentStatement;
use iamc_model::Operator;
use iamc_model::condition::{BaseOperator, ValueType};
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

use crate::case::Case;
use crate::random::Random;
use crate::values::{ACTIONS, KEYS, wanted};

/// Which parts of the language statements are made of.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) operators: Vec<Operator>,
    /// Whether policy variables may stand in resources and values.
    pub(crate) variables: bool,
}

impl Language {
    /// A policy of one to six statements, all about a few actions.
    pub(crate) fn policy(&self, random: &mut Random) -> Vec<DocumentStatement> {
        let about = [random.one(ACTIONS), random.one(ACTIONS)];
        let count = *random.one(&[1, 1, 1, 2, 2, 3, 3, 4, 6]);
        (0..count).map(|_| statement(random, about, self)).collect()
    }

    /// Whether a case is within the language, which AWS's own policies need not be.
    pub(crate) fn takes(&self, case: &Case) -> bool {
        self.variables || !case.json().to_string().contains("${")
    }

    /// Some of those with variables, and all others.
    fn takes_value(&self, value: &str, random: &mut Random) -> bool {
        !value.contains("${") || (self.variables && random.chance(40))
    }
}

fn statement(random: &mut Random, about: [&(&str, &str); 2], language: &Language) -> DocumentStatement {
    let effect = if random.chance(30) { Effect::Deny } else { Effect::Allow };
    let actions = patterns(random, 12, |random| {
        let action = random_of(about, random).0;
        action_pattern(random, action)
    });
    let resources = patterns(random, 12, |random| {
        let arn = random_of(about, random).1;
        resource_pattern(random, arn, language)
    });
    let count = *random.one(&[0, 0, 1, 1, 1, 1, 2, 2, 3]);
    let conditions = (0..count).map(|_| condition(random, language));
    DocumentStatement { sid: None, effect, actions, resources, conditions: united(conditions) }
}

fn random_of<'a>(about: [&'a (&'a str, &'a str); 2], random: &mut Random) -> &'a (&'a str, &'a str) {
    about[random.below(2)]
}

/// One to three patterns; negated in so many of a hundred cases.
fn patterns(random: &mut Random, negated: usize, mut make: impl FnMut(&mut Random) -> String) -> Patterns {
    let count = *random.one(&[1, 1, 2, 3]);
    let mut patterns: Vec<_> = (0..count).map(|_| make(random)).collect();
    patterns.sort();
    patterns.dedup();
    Patterns { negated: random.chance(negated), patterns }
}

fn action_pattern(random: &mut Random, action: &str) -> String {
    let (service, name) = action.split_once(':').unwrap_or((action, ""));
    let name = match random.below(8) {
        0 => "*".to_owned(),
        1 => name.to_ascii_lowercase(),
        2 => with_star(random, name),
        3 => with_question_mark(random, name),
        4 => with_star(random, &name.to_ascii_uppercase()),
        5 if random.chance(30) => return "*".to_owned(),
        _ => name.to_owned(),
    };
    let service = if random.chance(5) { service.to_ascii_uppercase() } else { service.to_owned() };
    format!("{service}:{name}")
}

fn resource_pattern(random: &mut Random, arn: &str, language: &Language) -> String {
    let last = arn.match_indices(':').nth(4).map_or(0, |(at, _)| at + 1);
    let (fields, name) = arn.split_at(last);
    match random.below(12) {
        0 => "*".to_owned(),
        1 | 2 => format!("{fields}{}", with_star(random, name)),
        3 => format!("{fields}{}", with_question_mark(random, name)),
        4 => format!("{fields}*"),
        5 => field_opened(random, arn),
        6 => format!("arn:{}", with_star(random, &arn[4..])),
        7 if language.variables => format!("{fields}{}", with_variable(random, name)),
        8 if language.variables => format!("{fields}{}*", with_variable(random, name)),
        _ => arn.to_owned(),
    }
}

/// The text with a stretch of it replaced by `*`.
fn with_star(random: &mut Random, text: &str) -> String {
    let (from, to) = stretch(random, text);
    format!("{}*{}", &text[..from], &text[to..])
}

fn with_question_mark(random: &mut Random, text: &str) -> String {
    let at = random.below(text.len());
    format!("{}?{}", &text[..at], &text[at + 1..])
}

const VARIABLES: &[&str] = &[
    "${aws:username}",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/TEAM, 'ml-data'}",
    "${s3:prefix}",
    "${example:None, 'a b'}",
    "${example:None}",
    "${*}",
    "${?}",
    "${$}",
];

fn with_variable(random: &mut Random, text: &str) -> String {
    let (from, to) = stretch(random, text);
    format!("{}{}{}", &text[..from], random.pick(VARIABLES), &text[to..])
}

fn stretch(random: &mut Random, text: &str) -> (usize, usize) {
    let (one, other) = (random.below(text.len() + 1), random.below(text.len() + 1));
    (one.min(other), one.max(other))
}

/// The ARN with one or two of its first five fields replaced by `*`, or an empty one.
fn field_opened(random: &mut Random, arn: &str) -> String {
    let mut fields: Vec<_> = arn.splitn(6, ':').collect();
    for _ in 0..=random.below(2) {
        let at = 1 + random.below(4);
        fields[at] = random.pick(&["*", "*", "*", ""]);
    }
    fields.join(":")
}

/// Conditions of one statement: a key that stands twice under an operator has the later values.
fn united(all: impl Iterator<Item = (Operator, &'static str, Vec<String>)>) -> Conditions {
    let mut conditions: Conditions = BTreeMap::new();
    for (operator, key, values) in all {
        conditions.entry(operator).or_default().insert(key.to_owned(), values);
    }
    conditions
}

fn condition(random: &mut Random, language: &Language) -> (Operator, &'static str, Vec<String>) {
    let operator = *random.one(&language.operators);
    let of = operator.base.value_type();
    let many = if random.chance(90) { operator.set.is_some() } else { random.chance(50) };
    let fits = |&&(_, other, several): &&(&str, ValueType, bool)| {
        several == many && (other == of || operator.base == BaseOperator::Null)
    };
    let keys: Vec<_> = KEYS.iter().filter(fits).map(|key| key.0).collect();
    let key = if keys.is_empty() { "example:Blob" } else { random.pick(&keys) };
    let count = if operator.base == BaseOperator::Null { 1 } else { *random.one(&[1, 1, 1, 2, 3]) };
    let wanted: Vec<_> =
        wanted(of).iter().copied().filter(|value| language.takes_value(value, random)).collect();
    let mut values: Vec<_> = (0..count).map(|_| random.pick(&wanted).to_owned()).collect();
    values.sort();
    values.dedup();
    (operator, key, values)
}
