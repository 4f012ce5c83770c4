//! Requests that have a good chance to be those that a policy speaks of.

use std::collections::BTreeMap;

use iamc_catalog::DocumentStatement;
use iamc_model::Operator;
use iamc_model::condition::{BaseOperator, SetOperator, ValueType};
use iamc_model::grants::Patterns;

use crate::case::{Case, Given};
use crate::random::Random;
use crate::values::{ACTIONS, KEYS, got, is_multivalued, type_of};

/// A request to these statements, made from one of them.
pub(crate) fn request(random: &mut Random, statements: Vec<DocumentStatement>) -> Case {
    let target = random.one(&statements).clone();
    let mut context = BTreeMap::new();
    strangers(random, &mut context);
    for statement in &statements {
        if random.chance(40) {
            meet(random, statement, &mut context);
        }
    }
    meet(random, &target, &mut context);
    let (other_action, other_resource) = *random.one(ACTIONS);
    let mut case = Case { statements, action: String::new(), resource: String::new(), context };
    let action = fitting(random, &case, &target.actions, other_action);
    let resource = fitting(random, &case, &target.resources, other_resource);
    case.action = concrete(&if random.chance(10) { other_case(random, &action) } else { action });
    case.resource = concrete(&if random.chance(12) { altered(random, &resource) } else { resource });
    case
}

/// Without wildcards: with one a request asks about all that the pattern covers.
fn concrete(text: &str) -> String {
    text.replace(['*', '?'], "-")
}

/// Keys that have nothing to do with the policy, or only by chance.
fn strangers(random: &mut Random, context: &mut BTreeMap<String, Given>) {
    for &(key, of, _) in KEYS {
        if random.chance(20) {
            give(random, context, key, false, |random| random.pick(got(of)).to_owned());
        }
    }
}

/// Mostly gives what the statement's conditions want.
fn meet(random: &mut Random, statement: &DocumentStatement, context: &mut BTreeMap<String, Given>) {
    for (&operator, keys) in &statement.conditions {
        for (key, wanted) in keys {
            let of = operator.base.value_type();
            match random.below(20) {
                0 | 1 => drop(context.remove(key)),
                2..6 => give(random, context, key, operator.set.is_some(), |random| {
                    random.pick(got(of)).to_owned()
                }),
                _ => give_wanted(random, context, operator, key, wanted),
            }
        }
    }
}

/// Gives a key a value, or some if it is listed as one that has several, or as none and is taken for one.
fn give(
    random: &mut Random,
    context: &mut BTreeMap<String, Given>,
    key: &str,
    taken_for_many: bool,
    mut value: impl FnMut(&mut Random) -> String,
) {
    let given = if is_multivalued(key).unwrap_or(taken_for_many) {
        let count = *random.one(&[0, 1, 1, 2, 2, 3]);
        Given::Many((0..count).map(|_| value(random)).collect())
    } else {
        Given::One(value(random))
    };
    // Sometimes written otherwise: names of keys are compared without regard to case.
    context.retain(|name, _| !name.eq_ignore_ascii_case(key));
    let key = if random.chance(15) { key.to_ascii_lowercase() } else { key.to_owned() };
    context.insert(key, given);
}

fn give_wanted(
    random: &mut Random,
    context: &mut BTreeMap<String, Given>,
    operator: Operator,
    key: &str,
    wanted: &[String],
) {
    if operator.base == BaseOperator::Null {
        if wanted.iter().any(|value| value == "true") {
            context.remove(key);
        } else {
            give(random, context, key, false, |random| random.pick(got(type_of(key))).to_owned());
        }
        return;
    }
    let snapshot = context.clone();
    let filler = if operator.set == Some(SetOperator::ForAllValues) { 10 } else { 25 };
    give(random, context, key, operator.set.is_some(), |random| {
        let of = operator.base.value_type();
        if random.chance(filler) {
            random.pick(got(of)).to_owned()
        } else {
            value(random, operator, wanted, &snapshot)
        }
    });
}

/// A value that the operator is likely to accept.
fn value(
    random: &mut Random,
    operator: Operator,
    wanted: &[String],
    known: &BTreeMap<String, Given>,
) -> String {
    let of = operator.base.value_type();
    let (least, most) = match of {
        ValueType::Number => ("-1000", "1000000"),
        _ => ("1999-12-31T00:00:00Z", "2090-01-01T00:00:00Z"),
    };
    let text = random.one(wanted).clone();
    match operator.base {
        BaseOperator::NumericLessThan | BaseOperator::DateLessThan => least.to_owned(),
        BaseOperator::NumericGreaterThan | BaseOperator::DateGreaterThan => most.to_owned(),
        base if base.is_negated() => random.pick(got(of)).to_owned(),
        _ if of == ValueType::IpAddress => text.split('/').next().unwrap_or(&text).to_owned(),
        _ if matches!(of, ValueType::String | ValueType::Arn) => instance(random, &filled(&text, known)),
        _ => text,
    }
}

/// What one of the patterns covers; something else where they are what is excepted.
fn fitting(random: &mut Random, case: &Case, patterns: &Patterns, other: &str) -> String {
    if random.chance(if patterns.negated { 70 } else { 12 }) {
        return other.to_owned();
    }
    let pattern = random.one(&patterns.patterns);
    if pattern == "*" {
        return other.to_owned();
    }
    instance(random, &filled(pattern, &case.context))
}

/// The text with the policy variables in it replaced, by what the context has or by something else.
fn filled(text: &str, context: &BTreeMap<String, Given>) -> String {
    let Some((before, rest)) = text.split_once("${") else { return text.to_owned() };
    let Some((variable, after)) = rest.split_once('}') else { return text.to_owned() };
    let (key, default) = match variable.split_once(',') {
        Some((key, default)) => (key.trim(), default.trim().trim_matches('\'')),
        None => (variable, "a"),
    };
    let given = context.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
    let value = match (variable, given) {
        ("*" | "?" | "$", _) => variable,
        (_, Some((_, given))) => given.values().first().map_or(default, String::as_str),
        _ => default,
    };
    format!("{before}{value}{}", filled(after, context))
}

/// The pattern with its wildcards replaced.
fn instance(random: &mut Random, pattern: &str) -> String {
    let mut text = String::new();
    for c in pattern.chars() {
        match c {
            '*' => text.push_str(random.pick(&["", "a", "x1", "a/b", "Zz-9", "eu-central-1"])),
            '?' => text.push_str(random.pick(&["a", "b", "7"])),
            c => text.push(c),
        }
    }
    text
}

fn other_case(random: &mut Random, text: &str) -> String {
    if random.chance(50) { text.to_ascii_lowercase() } else { text.to_ascii_uppercase() }
}

/// The ARN with one small thing changed, which leaves it one.
fn altered(random: &mut Random, text: &str) -> String {
    let ends = text.char_indices().map(|(at, c)| (at, at + c.len_utf8()));
    let ends: Vec<_> = ends.filter(|&(at, end)| at > 3 && &text[at..end] != ":").collect();
    if ends.is_empty() {
        return format!("{text}/more");
    }
    let (from, to) = *random.one(&ends);
    // The case of a service or a region is no question: no ARN has them in another.
    let in_name = text[..from].matches(':').count() >= 5;
    match random.below(4) {
        0 => format!("{}{}", &text[..from], &text[to..]),
        1 => format!("{}x{}", &text[..from], &text[from..]),
        2 if in_name => format!("{}{}{}", &text[..from], text[from..to].to_ascii_uppercase(), &text[to..]),
        _ => format!("{text}/more"),
    }
}
