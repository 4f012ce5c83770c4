//! Patterns and conditions that are made to be hard end all the same.

use super::*;

fn stars(letters: &str) -> String {
    letters.chars().map(|c| format!("*{c}")).collect::<String>() + "*"
}

#[test]
fn many_stars_end() {
    let texts: Vec<String> =
        (0..40).map(|at| format!("arn:aws:s3:::{}", stars(&"abcdefgh"[at % 5..]).repeat(3))).collect();
    let denies: Vec<Statement> = texts.iter().map(|text| deny(&["*"], &[text], &["Bool s:x=true"])).collect();
    let all = allow(&["*"], &["*"], &[]);
    let negatives: Vec<_> = denies.iter().map(|statement| (statement, Reading::Narrow)).collect();
    assert!(ask(&[(&all, Reading::Wide)], &negatives, "*", "*").witness().is_some());
    let some = allow(&["*"], &[&format!("arn:aws:s3:::{}", stars("hgfedcba").repeat(2))], &[]);
    assert!(ask(&[(&some, Reading::Wide)], &negatives, "*", "*").witness().is_some());
}

#[test]
fn many_question_marks_end() {
    let texts: Vec<String> = (1..24).map(|length| format!("arn:aws:s3:::*a{}", "?".repeat(length))).collect();
    let denies: Vec<Statement> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| deny(&["*"], &[text], &[&format!("StringEquals s:k{at}=x")]))
        .collect();
    let some = allow(&["*"], &["arn:aws:s3:::*a*a*a*a*a*a*b"], &[]);
    let mut negatives: Vec<_> = denies.iter().map(|statement| (statement, Reading::Narrow)).collect();
    assert!(ask(&[(&some, Reading::Wide)], &negatives, "*", "*").witness().is_some());
    let rest = deny(&["*"], &["arn:aws:s3:::*b"], &[]);
    negatives.push((&rest, Reading::Narrow));
    assert_eq!(ask(&[(&some, Reading::Wide)], &negatives, "*", "*").witness(), None);
}

#[test]
fn many_contradictory_conditions_end() {
    let keys = 14;
    let denies: Vec<Statement> = (0..1 << keys)
        .step_by(5)
        .map(|mask: usize| {
            let conditions: Vec<String> =
                (0..keys).map(|key| format!("StringEquals s:k{key}={}", mask >> key & 1)).collect();
            deny(&["*"], &["*"], &conditions.iter().map(String::as_str).take(keys).collect::<Vec<_>>())
        })
        .take(2000)
        .collect();
    let all = allow(&["*"], &["*"], &[]);
    let negatives: Vec<_> = denies.iter().map(|statement| (statement, Reading::Narrow)).collect();
    assert!(ask(&[(&all, Reading::Wide)], &negatives, "s3:GetObject", "arn:aws:s3:::x").witness().is_some());
}

#[test]
fn many_patterns_on_one_key_are_never_a_silent_no() {
    let letters = "abcdefghijklmnop";
    let denies: Vec<Statement> = letters
        .chars()
        .map(|c| {
            deny(&["*"], &["*"], &[&format!("StringNotLike s:k=*{c}*"), &format!("StringLike s:l{c}=x")])
        })
        .collect();
    let all = allow(&["*"], &["*"], &["StringLike s:k=*"]);
    let negatives: Vec<_> = denies.iter().map(|statement| (statement, Reading::Narrow)).collect();
    assert_ne!(ask(&[(&all, Reading::Wide)], &negatives, "s3:GetObject", "arn:aws:s3:::x"), Answer::None);
}

/// Sets of which each Allow of the second is hard to compare with the first.
fn hard(allows: usize) -> [Vec<Statement>; 2] {
    let before = (1..24).map(|length| {
        let resource = format!("arn:aws:s3:::*a{}", "?".repeat(length));
        allow(&["s3:*"], &[&resource], &[&format!("StringEquals s:k{length}=x")])
    });
    let rest = allow(&["s3:*"], &["arn:aws:s3:::*b"], &[]);
    let after = (0..allows).map(|at| {
        let resource = format!("arn:aws:s3:::{}{}b", "*a".repeat(6), "?".repeat(at % 7));
        allow(&[&format!("s3:Get{at}*")], &[&resource, "arn:aws:s3:::*c*b"], &[])
    });
    [before.chain([rest]).collect(), after.collect()]
}

fn compared(before: &[Statement], after: &[Statement], caps: Caps) -> Gains {
    let context = Context::new();
    let [before, after] = [before, after].map(|statements| statements.iter().collect::<Vec<_>>());
    let [before, after] = [&before, &after].map(|statements| Side {
        permissions: Permissions { statements, unknown_documents: false },
        context: &context,
    });
    gains(before, after, caps, &NoNames)
}

#[test]
fn all_questions_of_a_comparison_end_together() {
    let [before, after] = hard(60);
    let caps = Caps { steps: 50_000, all_steps: 100_000 };
    let found = compared(&before, &after, caps);
    assert!(found.gains.is_empty());
    assert!(found.doubts.iter().any(|doubt| doubt.starts_with("there is too much")), "{:?}", found.doubts);
    assert_eq!(compared(&before, &after, caps), found);
}

#[test]
fn what_is_hard_to_tell_hides_no_other_gain() {
    let [before, mut after] = hard(10);
    after.push(allow(&["s3:Put*"], &["arn:aws:s3:::d"], &[]));
    let found = compared(&before, &after, Caps { steps: 50_000, all_steps: 100_000 });
    assert_eq!(found.gains.iter().map(|gain| gain.cause).collect::<Vec<_>>(), [Cause::Allow(10)]);
    assert!(!found.doubts.is_empty());
}

#[test]
fn conditions_that_are_made_to_be_hard_end() {
    let letters = |at: usize| "abcdefghijklmnop".chars().cycle().skip(at).take(16);
    let on = |at: usize| {
        let texts: Vec<String> = letters(at).map(|c| format!("*{c}*")).collect();
        let conditions = texts.iter().map(|text| format!("ForAnyValue:StringLike s:k{at}={text}"));
        conditions.map(|condition| allow(&["*"], &["*"], &[&condition])).collect::<Vec<_>>()
    };
    let before: Vec<Statement> = (0..12).flat_map(on).collect();
    let after = [allow(&["*"], &["*"], &["StringLike s:k0=*a*b*"])];
    let found = compared(&before, &after, Caps { steps: 50_000, all_steps: 100_000 });
    assert!(!found.doubts.is_empty(), "{:?}", found.gains);
}
