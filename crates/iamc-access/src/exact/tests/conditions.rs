//! Conditions, against a grid of contexts.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

/// Keys with the values that stand in policies and in the grid.
const TEXTS: [&str; 6] = ["a", "A", "ab", "a*", "*b", "?"];
const NUMBERS: [&str; 4] = ["1", "1.5", "-2", "1.50"];
const DATES: [&str; 3] = ["2027-01-01T00:00:00Z", "1798761600", "2027-06-01"];
const ADDRESSES: [&str; 4] = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "2001:db8::/32"];
const ARNS: [&str; 4] = ["arn:aws:s3:::a", "arn:aws:s3:::*", "arn:*:s3:::a*", "a*"];
const BYTES: [&str; 2] = ["YQ==", "YWI="];

type Kind = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Key, operators, values of policies, values of requests.
const KINDS: [Kind; 9] = [
    (
        "s:text",
        &["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "Null"],
        &TEXTS,
        &["a", "A", "ab", "aB", "b", "xb", "ax", "", "*", "x", "xyz"],
    ),
    (
        "aws:PrincipalTag/t",
        &["StringEquals", "StringNotLike", "StringLikeIfExists", "Bool", "StringNotEqualsIgnoreCaseIfExists"],
        &["a", "true", "t*", "TRUE"],
        &["a", "true", "True", "TRUE", "tx", "x"],
    ),
    (
        "s:number",
        &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericGreaterThanEquals",
            "NumericLessThanIfExists",
        ],
        &NUMBERS,
        &["1", "1.5", "1.2", "-2", "-3", "0", "9", "x"],
    ),
    (
        "aws:CurrentTime",
        &["DateLessThan", "DateGreaterThanEquals", "DateEquals", "DateNotEquals", "DateLessThanIfExists"],
        &DATES,
        &[],
    ),
    (
        "aws:EpochTime",
        &["DateLessThanEquals", "DateGreaterThan", "NumericLessThan", "Null"],
        &["1798761600"],
        &[],
    ),
    (
        "aws:SourceIp",
        &["IpAddress", "NotIpAddress", "NotIpAddressIfExists"],
        &ADDRESSES,
        &["10.0.0.1", "10.1.0.1", "10.1.2.3", "11.0.0.0", "2001:db8::9", "::1", "x"],
    ),
    (
        "aws:SourceArn",
        &["ArnEquals", "ArnNotLike", "ArnLikeIfExists"],
        &ARNS,
        &["arn:aws:s3:::a", "arn:aws:s3:::ab", "arn:cn:s3:::a", "arn:aws:sns:::a", "a", "x"],
    ),
    ("s:bytes", &["BinaryEquals"], &BYTES, &["YQ==", "YWI=", "eA==", "!"]),
    (
        "s:set",
        &[
            "ForAllValues:StringEquals",
            "ForAnyValue:StringEquals",
            "ForAllValues:StringNotLike",
            "ForAnyValue:StringNotEquals",
            "ForAnyValue:StringLikeIfExists",
            "StringNotEquals",
        ],
        &["a", "b", "a*", "*"],
        &["a", "b", "ab", "c"],
    ),
];

fn condition() -> impl Strategy<Value = (Operator, &'static str, Vec<String>)> {
    select(&KINDS[..]).prop_flat_map(|(key, operators, values, _)| {
        let operator = select(operators).prop_map(|text| text.parse::<Operator>().expect("an operator"));
        let values = (operator, subsequence(values, 1..=2.min(values.len())));
        values.prop_map(move |(operator, values)| {
            let null = operator.to_string() == "Null";
            let values = values.into_iter().map(|it| if null { "true".to_owned() } else { it.to_owned() });
            (operator, key, values.collect())
        })
    })
}

fn premise() -> impl Strategy<Value = (Statement, Reading)> {
    let reading = select(vec![Reading::Wide, Reading::Narrow]);
    (prop::collection::vec(condition(), 0..=3), reading).prop_map(|(conditions, reading)| {
        let mut block = Conditions::new();
        for (operator, key, values) in conditions {
            block.entry(operator).or_default().insert(key.to_owned(), values);
        }
        (Statement::new(Allow, patterns(&["s:a"]), patterns(&["*"]), block), reading)
    })
}

/// What a key of the grid may have.
fn choices(key: &str, values: &[&str]) -> Vec<Option<Vec<String>>> {
    let mut choices: Vec<Option<Vec<String>>> = vec![None];
    choices.extend(values.iter().map(|&value| Some(vec![value.to_owned()])));
    if key == "s:set" {
        for mask in 0u32..16 {
            let set = values.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
            choices.push(Some(set.map(|(_, &value)| value.to_owned()).collect()));
        }
    }
    choices
}

/// Whether a context of the grid makes the positives hold and no negative.
fn enumerated(positives: &[(&Statement, Reading)], negatives: &[(&Statement, Reading)]) -> bool {
    let used = |key: &str| {
        positives
            .iter()
            .chain(negatives)
            .any(|(statement, _)| statement.keys().contains(&key.to_ascii_lowercase()))
    };
    let mut contexts = vec![Context::new()];
    let mut has_time = false;
    for (key, _, _, values) in KINDS.iter().filter(|(key, ..)| used(key)) {
        if values.is_empty() {
            has_time = true;
            continue;
        }
        let choices = choices(key, values);
        contexts = extend(&contexts, choices.len(), |context, at| match &choices[at] {
            None => context.set_absent(key),
            Some(values) => context.set(key, values.iter()),
        });
    }
    if has_time {
        let instants = [1_798_761_599_i64, 1_798_761_600, 1_798_761_601, 1_811_808_000, 1_900_000_000];
        contexts = extend(&contexts, instants.len(), |context, at| {
            context.set("aws:EpochTime", [instants[at].to_string()]);
            context.set("aws:CurrentTime", [iamc_model::Timestamp(instants[at]).to_string()]);
        });
    }
    contexts.iter().any(|context| {
        let matches = |&(statement, reading): &(&Statement, Reading)| {
            holds(at(statement, "s:a", "r", context), reading)
        };
        positives.iter().all(matches) && !negatives.iter().any(matches)
    })
}

fn extend(contexts: &[Context], choices: usize, choose: impl Fn(&mut Context, usize)) -> Vec<Context> {
    let with = |context: &Context, at| {
        let mut context = context.clone();
        choose(&mut context, at);
        context
    };
    contexts.iter().flat_map(|context| (0..choices).map(|at| with(context, at)).collect::<Vec<_>>()).collect()
}

fn keys(premises: &[&[(Statement, Reading)]]) -> usize {
    let keys = premises.iter().flat_map(|list| list.iter()).flat_map(|(statement, _)| statement.keys());
    keys.collect::<std::collections::BTreeSet<_>>().len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn what_a_grid_of_contexts_finds_is_found(
        positives in prop::collection::vec(premise(), 0..=2),
        negatives in prop::collection::vec(premise(), 0..=3),
    ) {
        prop_assume!(keys(&[&positives, &negatives]) <= 3);
        let positives: Vec<_> = positives.iter().map(|(it, reading)| (it, *reading)).collect();
        let negatives: Vec<_> = negatives.iter().map(|(it, reading)| (it, *reading)).collect();
        let answer = ask(&positives, &negatives, "s:a", "r");
        prop_assert!(!matches!(answer, Answer::Unknown(_)), "{answer:?}");
        if enumerated(&positives, &negatives) {
            prop_assert!(answer.witness().is_some(), "{answer:?}");
        }
    }
}
