use super::*;
use crate::verdict::{Outcome, Unmet};

const GET: &str = "s3:GetObject";
const OBJECT: &str = "arn:aws:s3:::ml-data/other/x";

fn misses(statements: &[Statement]) -> Vec<usize> {
    let verdict = ask(statements, GET, Some(OBJECT), &context(&[("aws:a", Some("1"))], true));
    assert!(verdict.near_misses.iter().all(|judged| judged.outcome == Outcome::Missed));
    verdict.near_misses.iter().map(|judged| judged.index).collect()
}

#[test]
fn the_fewest_and_latest_failed_parts_come_first() {
    let unmet: &[(&str, &str, &[&str])] = &[("StringEquals", "aws:a", &["2"])];
    let statements = [
        allow(&["s3:PutObject"], &["arn:aws:s3:::web/*"]),
        allow(&["s3:PutObject"], &["arn:aws:s3:::ml-data/*"]),
        allow(&["s3:GetObject"], &["arn:aws:s3:::web/*"]),
        allow(&["s3:GetObject"], &["arn:aws:s3:::ml-data/streaming/*"]),
        conditional(Allow, &["s3:GetObject"], &["*"], unmet),
    ];
    assert_eq!(misses(&statements), [4, 3, 2, 1, 0]);
}

#[test]
fn other_services_and_denials_are_no_near_misses() {
    let statements = [
        allow(&["ec2:*"], &["*"]),
        deny(&["s3:GetObject"], &["arn:aws:s3:::web/*"]),
        allow(&["s3-object-lambda:*"], &["*"]),
        allow(&["!s3:Get*"], &["*"]),
    ];
    assert_eq!(misses(&statements), [3]);
}

#[test]
fn at_most_five_are_shown() {
    let statements: Vec<_> = (0..9).map(|_| allow(&["s3:Put*"], &["*"])).collect();
    assert_eq!(misses(&statements), [0, 1, 2, 3, 4]);
}

#[test]
fn the_failed_part_is_named() {
    let statements = [allow(&["s3:GetObject"], &["arn:aws:s3:::ml-data/streaming/*"])];
    let verdict = ask(&statements, GET, Some(OBJECT), &Context::new());
    let expected = Unmet::Resource {
        wanted: patterns(&["arn:aws:s3:::ml-data/streaming/*"]),
        got: Some(OBJECT.to_owned()),
        open: false,
        doubt: None,
    };
    assert_eq!(verdict.near_misses[0].unmet, [expected]);
}
