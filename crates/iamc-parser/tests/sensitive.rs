//! The file of what nobody may gain.

mod support;

use iamc_model::{Source, Sources};

#[track_caller]
fn check(toml: &str, expected: &[&str]) -> usize {
    let sources = Sources::new(vec![Source::new("sensitive.toml", toml)]);
    let (declared, diagnostics) = iamc_parser::parse_sensitive(&sources);
    assert_eq!(support::reports(&sources, &diagnostics), expected, "{diagnostics:#?}");
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.help.is_some()));
    declared.len()
}

#[test]
fn what_is_right_is_read() {
    let toml = "\
[[sensitive]]
actions = ['iam:*', 'sts:AssumeRole']
resources = ['*']
except = ['JaneDoe']
because = 'only she administers'
[[sensitive]]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::payroll/*']
";
    assert_eq!(check(toml, &[]), 2);
    assert_eq!(check("", &[]), 0);
}

#[test]
fn what_is_wrong_is_said_at_once() {
    let toml = "\
[[sensitive]]
action = ['iam:*']
resources = 'payroll'
[[sensitive]]
actions = ['iam']
resources = ['arn:aws:s3:::{bucket}', '*']
except = []
[[assert]]
[policy.X]
";
    let expected = [
        "unknown-key | action",
        "invalid-resource | 'payroll'",
        "wrong-type | 'payroll'",
        "invalid-action | 'iam'",
        "invalid-placeholder | 'arn:aws:s3:::{bucket}'",
        "empty-value | []",
        "unknown-key | assert",
        "unknown-key | policy",
    ];
    assert_eq!(check(toml, &expected), 0);
}
