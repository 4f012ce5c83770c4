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
    let line = |Touched { sensitive, principal, finding, .. }: &Touched| {
        format!("{sensitive} {principal}: {}", words(finding))
    };
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), expected);
}

fn words(finding: &Finding) -> String {
    match finding {
        Finding::Gain { witness, .. } => format!("{} {}", witness.action, witness.resource),
        Finding::Unknown(reason) => reason.clone(),
        Finding::Acts { through, is_sure, access } => {
            let may = if *is_sure { "acts" } else { "may act" };
            format!("{may} as {}: {}", through.join(", "), words(access))
        }
        Finding::Trusts { cause, through, access } => {
            let through: String = through.iter().map(|role| format!(" as {role}")).collect();
            format!("{}{through}: {}", cause.words, words(access))
        }
    }
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

/// Two engineers, a role with the payroll, and a role between.
fn roles(jane: &str, payroll: &str, between: &str) -> String {
    format!(
        "--- iamc.toml\n[project]\naccount = '123456789012'\n--- engineers.toml\n[engineer]\nJaneDoe = {{ policies = [{jane}] }}\nJohnDoe = []\n\
         --- roles.toml\n[role.Payroll]\npolicies = ['Payroll']\ntrust = [{payroll}]\n[role.Between]\npolicies = ['ToPayroll']\ntrust = [{between}]\n\
         --- policies/a.toml\n[policy.Payroll]\nactions = ['s3:GetObject']\nresources = ['arn:aws:s3:::payroll/*']\n\
         [policy.ToPayroll]\nactions = ['sts:AssumeRole']\nresources = ['arn:aws:iam::123456789012:role/Payroll*']\n\
         [policy.Other]\nactions = ['s3:ListBucket']\nresources = ['arn:aws:s3:::web']\n"
    )
}

const EC2: &str = "{ service = 'ec2.amazonaws.com' }";
const ACCOUNT: &str = "{ aws = 'arn:aws:iam::123456789012:root' }";

fn named(name: &str) -> String {
    format!("{{ aws = 'arn:aws:iam::123456789012:role/{name}' }}")
}

#[test]
fn who_newly_acts_as_a_role_that_has_it_is_found() {
    let base = roles("'Other'", EC2, EC2);
    check(&base, &base, PAYROLL, &[]);
    let payroll = "GetObject arn:aws:s3:::payroll/x";
    let trusted = roles("'Other'", &format!("{EC2}, {}", named("Between")), EC2);
    check(&base, &trusted, PAYROLL, &[&format!("0 Between: acts as Payroll: s3:{payroll}")]);
    check(&trusted, &base, PAYROLL, &[]);
    let open = roles("'Other'", &format!("{EC2}, {ACCOUNT}"), EC2);
    let permitted = roles("'Other', 'ToPayroll'", &format!("{EC2}, {ACCOUNT}"), EC2);
    check(&open, &permitted, PAYROLL, &[&format!("0 JaneDoe: acts as Payroll: s3:{payroll}")]);
    check(&permitted, &open, PAYROLL, &[]);
}

#[test]
fn a_chain_is_found_and_who_is_excepted_is_not() {
    let between = |trust: &str| roles("'Other'", &format!("{EC2}, {}", named("Between")), trust);
    let engineer = |name: &str| format!("{EC2}, {}", named(&format!("PersonalRole{name}")));
    let base = between(EC2);
    let head = between(&engineer("JaneDoe"));
    let chain = "0 JaneDoe: acts as Between, Payroll: s3:GetObject arn:aws:s3:::payroll/x";
    check(&base, &head, PAYROLL, &[chain]);
    check(&base, &between(&engineer("JohnDoe")), PAYROLL, &[]);
    let guarded = head.replace("Doe' }]", "Doe', conditions.Bool.'aws:MultiFactorAuthPresent' = ['true'] }]");
    let may = chain.replace("acts", "may act");
    check(&base, &guarded, PAYROLL, &[&may]);
    check(&guarded, &head, PAYROLL, &[chain]);
}

#[test]
fn new_trust_beyond_the_project_is_found() {
    let base = roles("'Other'", &named("Between"), EC2);
    let access = "s3:GetObject arn:aws:s3:::payroll/x";
    let other = "{ aws = '999999999999' }";
    let trusts = |who: &str| format!("now trusts {who} with `sts:AssumeRole`");
    check(
        &base,
        &roles("'Other'", &format!("{}, {other}", named("Between")), EC2),
        PAYROLL,
        &[&format!("0 Payroll: {}: {access}", trusts("AWS's principal `999999999999`"))],
    );
    let wider =
        roles("'Other'", &named("Between"), "{ service = ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }");
    let lambda = trusts("the service `lambda.amazonaws.com`");
    check(&base, &wider, PAYROLL, &[&format!("0 Between: {lambda} as Payroll: {access}")]);
    check(&base, &wider, &PAYROLL.replace("'JohnDoe'", "'lambda.amazonaws.com'"), &[]);
    let apart = |between: &str| roles("'Other'", EC2, between);
    check(&apart(EC2), &apart(other), PAYROLL, &[]);
}
