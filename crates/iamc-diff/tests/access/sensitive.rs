//! What nobody may gain.

use iamc_catalog::Catalog;
use iamc_diff::{Finding, Touched, touched};
use iamc_model::source::{Source, Sources};

use crate::support::{Compiled, NOW};

/// What is touched, a line each.
#[track_caller]
fn check(base: &str, head: &str, sensitive: &str, expected: &[&str]) {
    let (declared, wrong) =
        iamc_parser::parse_sensitive(&Sources::new(vec![Source::new("s.toml", sensitive)]));
    assert!(wrong.is_empty(), "{wrong:?}");
    let [base, head] = [base, head].map(Compiled::new);
    let found = touched(base.side(), head.side(), &Catalog::builtin(), NOW, &declared);
    let line = |Touched { sensitive, principal, finding, .. }: &Touched| match finding {
        Finding::Gain { witness, .. } => {
            format!("{sensitive} {principal}: {} {}", witness.action, witness.resource)
        }
        Finding::Unknown(reason) => format!("{sensitive} {principal}: {reason}"),
    };
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), expected);
}

const BASE: &str = "--- engineers.toml\n[engineer]\nJaneDoe = []\nJohnDoe = []\n";

fn head(policy: &str) -> String {
    format!(
        "--- engineers.toml\n[engineer]\nJaneDoe = {{ policies = ['P'] }}\nJohnDoe = {{ policies = ['P'] }}\n--- policies/a.toml\n[policy.P]\n{policy}\n"
    )
}

const PAYROLL: &str =
    "[[sensitive]]\nactions = ['s3:*']\nresources = ['arn:aws:s3:::payroll/*']\nexcept = ['JohnDoe']\n";

#[test]
fn a_gain_that_touches_it_is_found_by_whichever_pattern() {
    let wide = "actions = ['s3:Get*']\nresources = ['arn:aws:s3:::*']";
    check(BASE, &head(wide), PAYROLL, &["0 JaneDoe: s3:GetObject arn:aws:s3:::payroll/x"]);
    let beside = "not-actions = ['s3:*']\nresources = ['*']";
    check(BASE, &head(beside), PAYROLL, &[]);
    let other = "actions = ['s3:Get*']\nresources = ['arn:aws:s3:::payroll-2/*', 'arn:aws:s3:::payroll']";
    check(BASE, &head(other), PAYROLL, &[]);
}

#[test]
fn what_was_allowed_before_is_no_gain() {
    let wide = head("actions = ['s3:Get*']\nresources = ['arn:aws:s3:::*']");
    check(&wide, &wide, PAYROLL, &[]);
    check(&wide, BASE, PAYROLL, &[]);
    check(
        &wide,
        &wide.replace("s3:Get*", "s3:*"),
        PAYROLL,
        &["0 JaneDoe: s3:AbortMultipartUpload arn:aws:s3:::payroll/x"],
    );
}

#[test]
fn a_deny_that_goes_touches_it() {
    let denied = |effect: &str| {
        let both = "actions = ['s3:Get*']\nresources = ['*']\n[policy.Not]\n";
        let not = format!(
            "effect = '{effect}'\nactions = ['s3:GetObject']\nresources = ['arn:aws:s3:::payroll/x']"
        );
        head(&format!("{both}{not}")).replace("['P']", "['P', 'Not']")
    };
    check(&denied("Deny"), &denied("Allow"), PAYROLL, &["0 JaneDoe: s3:GetObject arn:aws:s3:::payroll/x"]);
}

#[test]
fn what_cannot_be_told_is_said() {
    let attached = BASE.replace(
        "JaneDoe = []",
        "JaneDoe = { managed-policy-arns = ['arn:aws:iam::123456789012:policy/Theirs'] }",
    );
    let why = "0 JaneDoe: the document of `arn:aws:iam::123456789012:policy/Theirs` is not known: it may allow anything";
    check(BASE, &attached, PAYROLL, &[why]);
}
