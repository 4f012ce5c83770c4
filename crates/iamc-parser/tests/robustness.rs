//! Whatever is written, the parser answers, and every place that it names lies in the file.

#![allow(clippy::unwrap_used)]

mod support;

use support::parse;

const PROJECT: [(&str, &str); 4] = [
    (
        "policies/a.toml",
        r#"# é
[template.T]
parameters = ["bucket"]
actions = ["s3:GetObject"]
resources = ["arn:aws:s3:::{bucket}/${aws:username}"]
[policy."P{name}"]
template = "T"
with = { bucket = "{bucket}" }
for-each = [{ name = "Sales", bucket = "sales" }]
[policy.Q]
effect = "Deny"
not-actions = ["s3:*"]
resources = ["*"]
conditions.StringLike."s3:prefix" = ['a{{b}}*', """
c"""]
conditions.DateLessThan."aws:CurrentTime" = ["2027-01-01T00:00:00Z"]
silence = [{ lint = "unused-policy", reason = "\u00e9 x" }]
"#,
    ),
    (
        "engineers.toml",
        r#"[engineer]
A = ["G", { name = "H", until = 2026-12-31, reason = "x" }]
[engineer.B]
groups = ["G"]
tags = { a = "b" }
params = { c = "d" }
E = ["F"]
"#,
    ),
    (
        "roles.toml",
        r#"[role.R]
max-session-duration = 3600
[[role.R.trust]]
federated = "arn:aws:iam::{account}:saml-provider/x"
actions = ["sts:AssumeRoleWithWebIdentity"]
conditions.StringEquals."a:b" = ["c"]
"#,
    ),
    (
        "iamc.toml",
        r#"[project]
account = "123456789876"
[naming]
engineer-role = "X{engineer}"
[[category]]
name = "S3"
services = ["s3"]
[kubernetes]
username = "{engineer}{{x}}"
[lints]
unused-policy = "off"
"#,
    ),
];

const INSERTS: [&str; 24] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\n",
    "#",
    "\\",
    "\"\"\"",
    "'''",
    "\u{202E}",
    "\0",
    "\r",
    ".",
    "${",
    "\\u0041",
    "é",
    ",",
    "[policy.Q]\n",
    "1",
    "*",
    "[[",
];

/// Numbers that only look random, the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

fn assert_answers(path: &str, text: &str) {
    let (sources, project, diagnostics) = parse(&[(path, text)]);
    for diagnostic in &diagnostics {
        let related = diagnostic.related.iter().flat_map(|related| &related.labels);
        for label in diagnostic.labels.iter().chain(related) {
            let source = sources.get(label.span.file).unwrap();
            assert!(source.text.get(label.span.range()).is_some(), "{label:?} of {text:?}");
        }
        assert!(diagnostic.help.is_some() && !diagnostic.labels.is_empty(), "{diagnostic:?}");
    }
    if !project.unreadable.is_empty() {
        assert!(!diagnostics.is_empty(), "left out silently: {text:?}");
    }
}

#[test]
fn the_project_is_nearly_sound() {
    let (sources, _, diagnostics) = parse(&PROJECT);
    assert_eq!(support::reports(&sources, &diagnostics), ["unknown-key | E"]);
}

#[test]
fn every_beginning_of_a_file_is_answered() {
    for (path, text) in PROJECT {
        for (at, _) in text.char_indices() {
            assert_answers(path, &text[..at]);
        }
    }
}

#[test]
fn every_mutation_is_answered() {
    let mut numbers = Numbers(7);
    for round in 0..4_000 {
        let (path, text) = PROJECT[round % PROJECT.len()];
        let mut text = text.to_owned();
        for _ in 0..=numbers.below(3) {
            let start = text.floor_char_boundary(numbers.below(text.len()));
            let end = text.ceil_char_boundary((start + numbers.below(6)).min(text.len()));
            text.replace_range(start..end, INSERTS[numbers.below(INSERTS.len())]);
        }
        assert_answers(path, &text);
    }
}
