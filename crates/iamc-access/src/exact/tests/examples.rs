//! Questions as they are asked.

use super::*;
use crate::verdict::Decision;

fn never(statements: &[Statement], action: &str, resource: &str) -> String {
    let statements: Vec<&Statement> = statements.iter().collect();
    let context = Context::new();
    let region = Region { action, resources: vec![resource], context: &context };
    let permissions = Permissions { statements: &statements, unknown_documents: false };
    text(&grants_any(permissions, &region, Caps::default(), &NoNames))
}

#[test]
fn a_grant_that_no_deny_shadows_has_an_example() {
    let read = allow(&["s3:Get*"], &["arn:aws:s3:::ml-data/*"], &[]);
    let iam = allow(&["iam:PassRole"], &["arn:aws:iam::1:role/x"], &[]);
    assert_eq!(never(std::slice::from_ref(&read), "s3:*", "*"), "s3:GetX arn:aws:s3:::ml-data/x");
    assert_eq!(never(&[read, iam], "iam:*", "*"), "iam:PassRole arn:aws:iam::1:role/x");
}

#[test]
fn an_action_reads_as_one_and_a_key_as_it_is_written() {
    let all = allow(&["!iam:*"], &["*"], &[]);
    let shadow = deny(&["s3:X*"], &["*"], &[]);
    assert_eq!(never(&[all.clone(), shadow], "s3:*", "*"), "s3:Z arn:aws:s3:::x");
    let home = allow(&["s3:GetObject"], &["arn:aws:s3:::${aws:PrincipalTag/Team}/*"], &[]);
    assert_eq!(
        never(&[home], "s3:GetObject", "arn:aws:s3:::a/*"),
        "s3:GetObject arn:aws:s3:::a/x aws:PrincipalTag/Team=a"
    );
}

#[test]
fn a_deny_shadows_what_it_covers() {
    let all = allow(&["*"], &["*"], &[]);
    let shadow = deny(&["iam:*"], &["*"], &[]);
    let mfa = deny(&["iam:*"], &["*"], &["Bool aws:MultiFactorAuthPresent=false"]);
    assert_eq!(never(&[all.clone(), shadow], "iam:*", "*"), "none");
    assert_eq!(never(&[all.clone(), mfa], "iam:*", "*"), "iam:X arn:aws:iam::123456789012:x");
    assert_eq!(never(&[all], "iam:*", "arn:aws:iam::*:role/*"), "iam:X arn:aws:iam::123456789012:role/x");
}

#[test]
fn two_denies_shadow_together() {
    let all = allow(&["s3:*"], &["*"], &[]);
    let halves = [
        deny(&["s3:*"], &["*"], &["StringEquals s3:prefix=a"]),
        deny(&["s3:*"], &["*"], &["StringNotEquals s3:prefix=a"]),
    ];
    let [one, other] = halves;
    assert_eq!(never(&[all.clone(), one.clone(), other], "s3:*", "*"), "none");
    assert_eq!(never(&[all, one], "s3:*", "*"), "s3:X arn:aws:s3:::x");
}

#[test]
fn variables_take_the_values_that_grant() {
    let home = allow(&["s3:GetObject"], &["arn:aws:s3:::home/${aws:username}/*"], &[]);
    assert_eq!(
        never(std::slice::from_ref(&home), "s3:GetObject", "arn:aws:s3:::home/ann/*"),
        "s3:GetObject arn:aws:s3:::home/ann/x aws:username=ann"
    );
    assert_eq!(never(&[home], "s3:GetObject", "arn:aws:s3:::other/*"), "none");
    let own = allow(&["s3:*"], &["*"], &["StringEquals aws:ResourceTag/owner=${aws:username}"]);
    let foreign = deny(&["s3:*"], &["*"], &["StringNotEquals aws:ResourceTag/owner=${aws:username}"]);
    assert!(never(&[own, foreign], "s3:GetObject", "*").starts_with("s3:GetObject"));
}

#[test]
fn patterns_are_decided_over_all_that_they_cover() {
    let read = allow(&["s3:Get*"], &["arn:aws:s3:::ml-data/*"], &[]);
    let decide = |statements: &[Statement], action: &str, resource: &str| {
        judged(statements, action, Some(resource)).decision
    };
    let one = std::slice::from_ref(&read);
    assert_eq!(decide(one, "s3:GetObject*", "arn:aws:s3:::ml-data/a/*"), Decision::Allowed);
    assert_eq!(decide(one, "s3:*", "arn:aws:s3:::ml-data/a/*"), Decision::PartlyAllowed);
    assert_eq!(decide(one, "s3:Put*", "*"), Decision::ImplicitlyDenied);
    let denied = [read.clone(), deny(&["s3:*"], &["*"], &[])];
    assert_eq!(decide(&denied, "s3:Get*", "*"), Decision::ExplicitlyDenied);
    let until = [allow(&["s3:Get*"], &["*"], &["DateLessThan aws:CurrentTime=2027-01-01T00:00:00Z"])];
    assert_eq!(decide(&until, "s3:Get*", "*"), Decision::Conditional);
}

#[test]
fn several_allows_count_together() {
    let allows = [
        allow(&["s3:GetObject"], &["arn:aws:s3:::a*"], &["StringEquals s3:x=1"]),
        allow(&["s3:GetObject"], &["arn:aws:s3:::a*"], &["StringNotEquals s3:x=1"]),
        allow(&["s3:GetObject"], &["arn:aws:s3:::b"], &[]),
        allow(&["s3:GetObject"], &["arn:aws:s3:::b?*"], &[]),
    ];
    let decide = |resource: &str| judged(&allows, "s3:GetObject", Some(resource)).decision;
    assert_eq!(decide("arn:aws:s3:::a"), Decision::Allowed);
    assert_eq!(decide("arn:aws:s3:::b*"), Decision::Allowed);
    assert_eq!(decide("arn:aws:s3:::a*"), Decision::Allowed);
    assert_eq!(decide("arn:aws:s3:::*"), Decision::PartlyAllowed);
}

#[test]
fn without_a_resource_one_is_enough_for_each_action() {
    let allows = [
        allow(&["s3:GetObject"], &["arn:aws:s3:::a"], &[]),
        allow(&["s3:PutObject"], &["*"], &["Bool s:x=true"]),
    ];
    let decide = |action: &str| judged(&allows, action, None).decision;
    assert_eq!(decide("s3:GetObject"), Decision::Allowed);
    assert_eq!(decide("s3:PutObject"), Decision::Conditional);
    assert_eq!(decide("s3:GetO*"), Decision::PartlyAllowed);
    assert_eq!(decide("s3:DeleteObject"), Decision::ImplicitlyDenied);
}

#[test]
fn a_doubt_leaves_it_open() {
    let crossing = [allow(&["sqs:*"], &["arn:aws:sqs:*:q"], &[])];
    assert_eq!(
        judged(&crossing, "sqs:SendMessage", Some("arn:aws:sqs:eu-west-1:1:q")).decision,
        Decision::Conditional
    );
}

#[test]
fn examples_show_both_sides() {
    let read = allow(&["s3:Get*"], &["arn:aws:s3:::ml-data/*"], &["StringEquals s3:x=1"]);
    let judgement = judged(&[read], "s3:GetObject", Some("arn:aws:s3:::ml-data/a"));
    let lines: Vec<String> = judgement
        .examples
        .iter()
        .map(|it| {
            let keys = it.context.present().map(|(key, values)| format!(" {key}={}", values.join("|")));
            format!("{}: {} {}{}", it.decision.name(), it.action, it.resource, keys.collect::<String>())
        })
        .collect();
    assert_eq!(
        lines,
        [
            "allowed: s3:GetObject arn:aws:s3:::ml-data/a s3:x=1",
            "implicitly-denied: s3:GetObject arn:aws:s3:::ml-data/a"
        ]
    );
}

#[test]
fn examples_hold_no_wildcards() {
    let wanted = allow(&["s:?B*"], &["arn:aws:s:::?*a"], &[]);
    let unwanted = deny(&["s:*B?"], &["*"], &[]);
    let other = deny(&["s:*"], &["arn:aws:s:::xa"], &[]);
    assert_eq!(never(&[wanted, unwanted, other], "s:*", "*"), "s:XB arn:aws:s:::xxa");
}

#[test]
fn a_deny_of_all_other_actions_counts() {
    let allows = allow(&["ec2:RunInstances"], &["*"], &[]);
    let denies = deny(&["!s3:*"], &["!arn:aws:s3:::x"], &[]);
    assert_eq!(never(&[allows, denies], "*", "arn:aws:ec2:*"), "none");
}
