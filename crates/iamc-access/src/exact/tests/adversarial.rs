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
