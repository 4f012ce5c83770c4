//! Patterns of actions and resources, against all short words.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// All words of these letters, up to a length, none empty.
fn words(letters: &[char], longest: usize) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut from = 0;
    for _ in 0..longest {
        let to = words.len();
        for at in from..to {
            words.extend(letters.iter().map(|letter| format!("{}{letter}", words[at])).collect::<Vec<_>>());
        }
        from = to;
    }
    words.split_off(1)
}

fn pattern(prefix: &'static str, letters: &'static str) -> impl Strategy<Value = String> {
    let letter = select(letters.chars().collect::<Vec<_>>());
    prop::collection::vec(letter, 0..=4).prop_map(move |letters| {
        letters.iter().fold(prefix.to_owned(), |mut text, c| {
            text.push(*c);
            text
        })
    })
}

fn list(prefix: &'static str, letters: &'static str) -> impl Strategy<Value = Patterns> {
    (prop::bool::weighted(0.25), prop::collection::vec(pattern(prefix, letters), 1..=2))
        .prop_map(|(negated, patterns)| Patterns { negated, patterns })
}

fn premise() -> impl Strategy<Value = (Statement, Reading)> {
    let actions = list("s:", "aB*?");
    let resources = prop_oneof![list("", "a:*?"), list("::::", "a:*?")];
    let reading = select(vec![Reading::Wide, Reading::Narrow]);
    (actions, resources, reading).prop_map(|(actions, resources, reading)| {
        (Statement::new(Allow, actions, resources, block(&[])), reading)
    })
}

fn premises(most: usize) -> impl Strategy<Value = Vec<(Statement, Reading)>> {
    prop::collection::vec(premise(), 0..=most)
}

fn borrowed(premises: &[(Statement, Reading)]) -> Vec<(&Statement, Reading)> {
    premises.iter().map(|(statement, reading)| (statement, *reading)).collect()
}

/// Whether some short request is matched by the positives and by no negative.
fn enumerated(
    positives: &[(&Statement, Reading)],
    negatives: &[(&Statement, Reading)],
    resources: &[String],
) -> bool {
    let actions = words(&['a', 'b', 'c'], 4).into_iter().map(|word| format!("s:{word}"));
    let context = Context::new();
    let mut classes: Vec<(Vec<bool>, String)> = Vec::new();
    let all = || positives.iter().chain(negatives);
    for action in actions {
        let named = |(statement, _): &(&Statement, Reading)| {
            crate::judge::action(statement, &Target::new(&action, None)) == Tri::True
        };
        let class: Vec<bool> = all().map(named).collect();
        if !classes.iter().any(|(known, _)| *known == class) {
            classes.push((class, action));
        }
    }
    classes.iter().any(|(_, action)| {
        resources.iter().any(|resource| {
            let matches = |&(statement, reading): &(&Statement, Reading)| {
                holds(at(statement, action, resource, &context), reading)
            };
            positives.iter().all(matches) && !negatives.iter().any(matches)
        })
    })
}

fn resources() -> Vec<String> {
    let short = words(&['a', ':', 'c'], 4);
    let fields = words(&['a', ':', 'c'], 4).into_iter().map(|word| format!("::::{word}"));
    short.iter().cloned().chain(fields).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn what_enumeration_finds_is_found(positives in premises(2), negatives in premises(4)) {
        let (positives, negatives) = (borrowed(&positives), borrowed(&negatives));
        let answer = ask(&positives, &negatives, "s:*", "?*");
        prop_assert!(!matches!(answer, Answer::Unknown(_)), "{answer:?}");
        if enumerated(&positives, &negatives, &resources()) {
            prop_assert!(answer.witness().is_some(), "{answer:?}");
        }
    }
}
