//! Requests that leave something open: patterns, no resource, keys that are not known.

use super::*;
use crate::decide::decide_with;
use crate::exact::ActionNames;

const GET: &str = "s3:GetObject";
const OBJECT: &str = "arn:aws:s3:::ml-data/x";

fn decision(statements: &[Statement], action: &str, resource: Option<&str>) -> &'static str {
    ask(statements, action, resource, &Context::new()).decision.name()
}

#[test]
fn what_holds_for_all_values_is_decided() {
    let with = |effect, operator: &str| {
        conditional(effect, &["s3:*"], &["*"], &[(operator, "aws:PrincipalTag/team", &["ml"])])
    };
    let (is, is_not) = ("StringEquals", "StringNotEquals");
    let allows = [with(Allow, is), with(Allow, is_not)];
    assert_eq!(decision(&allows, GET, Some(OBJECT)), "allowed");
    let denies = [with(Allow, is), with(Deny, is)];
    assert_eq!(decision(&denies, GET, Some(OBJECT)), "implicitly-denied");
    let all_denied = [allow(&["*"], &["*"]), with(Deny, is), with(Deny, is_not)];
    assert_eq!(decision(&all_denied, GET, Some(OBJECT)), "explicitly-denied");
    let open = [with(Allow, is), with(Deny, is_not)];
    assert_eq!(decision(&open, GET, Some(OBJECT)), "conditional");
}

#[test]
fn a_denial_that_is_proved_has_no_near_misses_among_what_may_apply() {
    let with = |effect| conditional(effect, &["s3:*"], &["*"], &[("Bool", "aws:k", &["true"])]);
    let statements = [with(Allow), with(Deny), allow(&["s3:GetObject"], &["arn:aws:s3:::web/*"])];
    let verdict = ask(&statements, GET, Some(OBJECT), &Context::new());
    assert_eq!(verdict.decision.name(), "implicitly-denied");
    assert_eq!(verdict.near_misses.iter().map(|judged| judged.index).collect::<Vec<_>>(), [2]);
}

#[test]
fn patterns_are_decided_over_all_that_they_cover() {
    let data = "arn:aws:s3:::ml-data/*";
    let read = allow(&["s3:Get*"], &[data]);
    let secret = deny(&["*"], &["arn:aws:s3:::ml-data/secret/*"]);
    let one = std::slice::from_ref(&read);
    assert_eq!(decision(one, "s3:Get*", Some(data)), "allowed");
    assert_eq!(decision(one, "s3:*", Some(data)), "partly-allowed");
    assert_eq!(decision(one, GET, Some("arn:aws:s3:::*")), "partly-allowed");
    assert_eq!(decision(&[read.clone(), secret.clone()], GET, Some(data)), "partly-allowed");
    assert_eq!(decision(one, "s3:Put*", Some(data)), "implicitly-denied");
    let hidden = Some("arn:aws:s3:::ml-data/secret/a*");
    assert_eq!(decision(&[read.clone(), secret], "s3:*", hidden), "explicitly-denied");
    let halves = [allow(&["s3:?*"], &["arn:aws:s3:::a*"]), allow(&["s3:*"], &["!arn:aws:s3:::a*"])];
    assert_eq!(decision(&halves, "s3:*", Some("arn:aws:s3:::*")), "allowed", "taken together");
}

#[test]
fn several_stars_cover_everything() {
    let all = [allow(&["s3:*"], &["*"])];
    let others = [allow(&["s3:*"], &["!arn:aws:s3:::secret"])];
    for stars in ["**", "*****"] {
        assert_eq!(decision(&all, GET, Some(stars)), "allowed");
        assert_eq!(decision(&others, GET, Some(stars)), "partly-allowed");
        assert_eq!(decision(&[], GET, Some(stars)), "implicitly-denied");
    }
}

#[test]
fn a_pattern_has_an_example_of_each_decision_by_names_that_there_are() {
    struct Names;

    impl ActionNames for Names {
        fn matching(&self, pattern: &str) -> Vec<String> {
            let pattern = crate::target::action(pattern);
            let names = ["s3:GetObject", "s3:PutObject"].into_iter();
            names.filter(|name| pattern.matches(&name.to_lowercase())).map(str::to_owned).collect()
        }
    }
    let statement = allow(&["s3:get*"], &["arn:aws:s3:::ml-data/*"]);
    let permissions = Permissions { statements: &[&statement], unknown_documents: false };
    let resource = Some("arn:aws:s3:::ml-data/*".to_owned());
    let request = Request { action: "s3:*".into(), resource, context: Context::new() };
    let verdict = decide_with(permissions, &request, &Names);
    let examples: Vec<_> =
        verdict.examples.iter().map(|it| (it.decision.name(), it.action.as_str())).collect();
    assert_eq!(examples, [("allowed", "s3:GetObject"), ("implicitly-denied", "s3:PutObject")]);
}

#[test]
fn some_resource_is_left_that_is_not_denied() {
    let statements = [allow(&["s3:*"], &["arn:aws:s3:::*"]), deny(&["*"], &["arn:aws:s3:::secret/*"])];
    assert_eq!(decision(&statements, GET, None), "allowed");
    let covered = [allow(&["s3:*"], &["arn:aws:s3:::a/*"]), deny(&["*"], &["arn:aws:s3:::*"])];
    assert_eq!(decision(&covered, GET, None), "implicitly-denied");
    let mfa: &[(&str, &str, &[&str])] = &[("Bool", "aws:MultiFactorAuthPresent", &["true"])];
    assert_eq!(decision(&[conditional(Allow, &["s3:*"], &["*"], mfa)], GET, None), "conditional");
}
