//! Projects that mean the same, written otherwise: no difference.

use std::fmt::Write;

use iamc_catalog::Catalog;
use iamc_diff::compare;
use proptest::prelude::*;

use crate::random::{Plan, Policy, names, plan, quoted};
use crate::support::{Compiled, NOW, check, lines};

/// The same in other files and under other names, in another order, each policy by other means: its
/// actions divided among two policies, its lists turned around, by a template, and held by other groups.
fn rewritten(plan: &Plan) -> String {
    let mut text = String::new();
    for (at, policy) in plan.policies.iter().enumerate().rev() {
        let _ = writeln!(text, "--- policies/team-{at}/file.toml\n{}", divided(at, policy));
    }
    for (at, (policies, groups)) in plan.groups.iter().enumerate().rev() {
        let policies: Vec<String> =
            policies.iter().rev().flat_map(|it| [format!("R{it}a"), format!("R{it}b")]).collect();
        let _ = writeln!(text, "--- groups/{at}.toml\n[group.H{at}]\ngroups = ['H{at}x', 'H{at}y']");
        let _ = writeln!(
            text,
            "[group.H{at}x]\npolicies = {}\n[group.H{at}y]\ngroups = {}",
            quoted(&policies),
            names("H", groups)
        );
    }
    text.push_str("--- engineers/all.toml\n");
    for (at, (groups, policies, team)) in plan.engineers.iter().enumerate().rev() {
        let own: Vec<String> =
            policies.iter().flat_map(|it| [format!("R{it}b"), format!("R{it}a")]).collect();
        let _ =
            writeln!(text, "[engineer.E{at}]\ngroups = {}\npolicies = {}", names("H", groups), quoted(&own));
        let _ = writeln!(text, "tags = {{ team = '{team}' }}");
    }
    text
}

/// A policy as two: of a template, of which each has a part of the actions.
fn divided(at: usize, policy: &Policy) -> String {
    let half = if policy.not_actions { policy.actions.len() } else { policy.actions.len().div_ceil(2) };
    let first = Policy { actions: policy.actions[..half].iter().rev().copied().collect(), ..policy.clone() };
    let rest = if half == policy.actions.len() { &policy.actions[..] } else { &policy.actions[half..] };
    let second = Policy {
        actions: rest.to_vec(),
        resources: policy.resources.iter().rev().copied().collect(),
        ..policy.clone()
    };
    let templated = first.body().replace("arn:aws:s3:::data", "arn:aws:s3:::{bucket}");
    let template = match templated.contains("{bucket}") {
        true => format!(
            "[template.T{at}]\nparameters = ['bucket']\n{templated}[policy.R{at}a]\ntemplate = 'T{at}'\nwith = {{ bucket = 'data' }}\n"
        ),
        false => format!("[policy.R{at}a]\n{}", first.body()),
    };
    format!("{template}[policy.R{at}b]\n{}", second.body())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_written_otherwise_is_no_difference(plan in plan()) {
        let [base, head] = [plan.files(), rewritten(&plan)].map(|files| Compiled::new(&files));
        let catalog = Catalog::builtin();
        for (base, head) in [(&base, &head), (&head, &base)] {
            prop_assert_eq!(lines(&compare(base.side(), head.side(), &catalog, NOW)), Vec::<String>::new());
        }
    }
}

fn held(statement: &str) -> String {
    format!(
        "--- engineers.toml\n[engineer]\nJaneDoe = {{ policies = ['P'] }}\n--- policies/a.toml\n[policy.P]\n{statement}\n"
    )
}

#[test]
fn an_equivalent_pattern_is_no_difference() {
    let listed =
        "actions = ['s3:?etObject', 's3:GetObject']\nresources = ['arn:aws:s3:::a/*', 'arn:aws:s3:::a/b*']";
    let pattern = "actions = ['S3:?ETOBJECT']\nresources = ['arn:aws:s3:::a/', 'arn:aws:s3:::a/?*']";
    check(&held(listed), &held(pattern), &[]);
    let all_but = "not-actions = ['s3:*']\nresources = ['*']";
    let all_but_both = "not-actions = ['s3:*', 's3:Get*']\nresources = ['*']";
    check(&held(all_but), &held(all_but_both), &[]);
}

#[test]
fn an_equivalent_condition_is_no_difference() {
    let with =
        |condition: &str| held(&format!("actions = ['s3:*']\nresources = ['*']\nconditions.{condition}"));
    check(
        &with("StringEquals.\"s3:prefix\" = ['a', 'b']"),
        &with("StringLike.\"S3:Prefix\" = ['b', 'a']"),
        &[],
    );
    check(
        &with("DateLessThan.\"aws:CurrentTime\" = ['2027-01-01T00:00:00Z']"),
        &with("NumericLessThan.\"aws:EpochTime\" = ['1798761600']"),
        &[],
    );
}

#[test]
fn a_policy_that_adds_nothing_is_no_difference() {
    let one = held("actions = ['s3:*']\nresources = ['*']");
    let more = one.replace("['P']", "['P', 'Q']")
        + "[policy.Q]\nactions = ['s3:Get*']\nresources = ['arn:aws:s3:::a/*']\n";
    check(&one, &more, &[]);
    check(&more, &one, &[]);
}
