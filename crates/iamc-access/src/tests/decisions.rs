use super::*;
use crate::verdict::{Decision, Unmet};

const GET: &str = "s3:GetObject";
const OBJECT: &str = "arn:aws:s3:::ml-data/streaming/x";

fn nothing() -> Context {
    Context::new()
}

#[test]
fn an_allow_that_matches_allows_and_without_one_all_is_denied() {
    let statements = [allow(&["S3:GET*"], &["arn:aws:s3:::ml-data/*"])];
    assert_eq!(check(&statements, GET, OBJECT, &nothing()), "allowed 0:Matched");
    assert_eq!(check(&statements, "s3:getobject", OBJECT, &nothing()), "allowed 0:Matched");
    assert_eq!(check(&statements, "s3:PutObject", OBJECT, &nothing()), "implicitly-denied");
    assert_eq!(check(&statements, GET, "arn:aws:s3:::ML-data/x", &nothing()), "implicitly-denied");
    assert_eq!(check(&[], GET, OBJECT, &nothing()), "implicitly-denied");
}

#[test]
fn a_deny_wins_wherever_it_stands() {
    let (all, none) = (allow(&["*"], &["*"]), deny(&["s3:*"], &["arn:aws:s3:::ml-*"]));
    let statements = [all.clone(), none.clone()];
    assert_eq!(check(&statements, GET, OBJECT, &nothing()), "explicitly-denied 0:Matched 1:Matched");
    assert_eq!(check(&[none, all], GET, OBJECT, &nothing()), "explicitly-denied 0:Matched 1:Matched");
    assert_eq!(check(&statements, GET, "arn:aws:s3:::web/x", &nothing()), "allowed 0:Matched");
}

#[test]
fn what_is_excepted_is_not_covered() {
    let statements = [allow(&["!iam:*", "sts:*"], &["!arn:aws:s3:::secret/*"])];
    assert_eq!(check(&statements, GET, OBJECT, &nothing()), "allowed 0:Matched");
    assert_eq!(check(&statements, "iam:PassRole", OBJECT, &nothing()), "implicitly-denied");
    assert_eq!(check(&statements, GET, "arn:aws:s3:::secret/x", &nothing()), "implicitly-denied");
}

#[test]
fn an_unknown_key_leaves_the_decision_open() {
    let team: &[(&str, &str, &[&str])] = &[("StringEquals", "aws:PrincipalTag/team", &["ml"])];
    let statements = [conditional(Allow, &["s3:*"], &["*"], team)];
    let key = |value| context(&[("aws:principaltag/TEAM", value)], false);
    assert_eq!(check(&statements, GET, OBJECT, &nothing()), "conditional 0:Conditional");
    assert_eq!(check(&statements, GET, OBJECT, &key(Some("ml"))), "allowed 0:Matched");
    assert_eq!(check(&statements, GET, OBJECT, &key(Some("web"))), "implicitly-denied");
    assert_eq!(check(&statements, GET, OBJECT, &key(None)), "implicitly-denied");
    assert_eq!(check(&statements, GET, OBJECT, &context(&[], true)), "implicitly-denied");

    let verdict = ask(&statements, GET, Some(OBJECT), &nothing());
    let Unmet::Condition { open, words, got, .. } = &verdict.statements[0].unmet[0] else { panic!() };
    assert_eq!((*open, words.as_str(), got), (true, "aws:PrincipalTag/team is \"ml\"", &None));
}

#[test]
fn a_deny_that_may_match_leaves_what_is_allowed_open_and_nothing_else() {
    let mfa: &[(&str, &str, &[&str])] = &[("BoolIfExists", "aws:MultiFactorAuthPresent", &["false"])];
    let guard = conditional(Deny, &["*"], &["*"], mfa);
    let statements = [allow(&["s3:*"], &["*"]), guard];
    assert_eq!(check(&statements, GET, OBJECT, &nothing()), "conditional 0:Matched 1:Conditional");
    assert_eq!(check(&statements, "ec2:RunInstances", OBJECT, &nothing()), "implicitly-denied 1:Conditional");
    let with_mfa = context(&[("aws:MultiFactorAuthPresent", Some("true"))], false);
    assert_eq!(check(&statements, GET, OBJECT, &with_mfa), "allowed 0:Matched");
    let exact = context(&[], true);
    assert_eq!(check(&statements, GET, OBJECT, &exact), "explicitly-denied 0:Matched 1:Matched");
}

#[test]
fn operators_and_keys_have_to_hold_together() {
    let block: &[(&str, &str, &[&str])] = &[
        ("StringEquals", "aws:a", &["1"]),
        ("StringEquals", "aws:b", &["1"]),
        ("NumericLessThan", "aws:c", &["10"]),
    ];
    let statements = [conditional(Allow, &["*"], &["*"], block)];
    let check = |a, b, c| {
        let keys = [("aws:a", Some(a)), ("aws:b", Some(b)), ("aws:c", Some(c))];
        check(&statements, GET, OBJECT, &context(&keys, true))
    };
    assert_eq!(check("1", "1", "9"), "allowed 0:Matched");
    for (a, b, c) in [("2", "1", "9"), ("1", "2", "9"), ("1", "1", "10")] {
        assert_eq!(check(a, b, c), "implicitly-denied");
    }
}

#[test]
fn variables_in_resources() {
    let statements = [allow(&["s3:*"], &["arn:aws:s3:::home/${aws:username}/*"])];
    let ann = context(&[("aws:username", Some("ann"))], true);
    assert_eq!(check(&statements, GET, "arn:aws:s3:::home/ann/x", &ann), "allowed 0:Matched");
    assert_eq!(check(&statements, GET, "arn:aws:s3:::home/bob/x", &ann), "implicitly-denied");
    assert_eq!(check(&statements, GET, "arn:aws:s3:::home/bob/x", &nothing()), "conditional 0:Conditional");
    assert_eq!(check(&statements, GET, "arn:aws:s3:::web/bob/x", &nothing()), "implicitly-denied");
    assert_eq!(check(&statements, GET, "arn:aws:s3:::home//x", &context(&[], true)), "implicitly-denied");
}

fn doubt(statements: &[Statement], resource: &str, context: &Context) -> String {
    let verdict = ask(statements, GET, Some(resource), context);
    assert_eq!(verdict.decision, Decision::Conditional);
    match verdict.statements[0].unmet.as_slice() {
        [Unmet::Resource { doubt: Some(doubt), open: true, .. }] => doubt.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wildcard_across_colons_is_a_doubt() {
    for pattern in ["arn:aws:s3*", "arn:*:ml-data/*", "arn:aws:s3:::ml-data?streaming/x"] {
        let said = check(&[allow(&["*"], &[pattern])], GET, OBJECT, &nothing());
        let expected = if pattern.contains('?') { "allowed 0:Matched" } else { "conditional 0:Conditional" };
        assert_eq!(said, expected, "{pattern}");
    }
    let statements = [allow(&["*"], &["arn:aws:s3*"])];
    assert_eq!(
        doubt(&statements, OBJECT, &nothing()),
        "AWS leaves open whether a wildcard in `arn:aws:s3*` goes beyond a colon of the ARN"
    );
    let statements = [allow(&["*"], &["arn:aws:s3*", "arn:aws:s3:::*"])];
    assert_eq!(check(&statements, GET, OBJECT, &nothing()), "allowed 0:Matched", "the other pattern matches");
    let statements = [allow(&["*"], &["*"]), deny(&["*"], &["!arn:aws:s3*"])];
    assert_eq!(check(&statements, GET, OBJECT, &nothing()), "conditional 0:Matched 1:Conditional");
}

#[test]
fn a_variable_without_a_value_may_discard_the_statement() {
    let statements = [allow(&["*"], &["arn:aws:s3:::ml-data/*", "arn:aws:s3:::home/${aws:username}/*"])];
    let exact = context(&[], true);
    assert_eq!(
        doubt(&statements, OBJECT, &exact),
        "`${aws:username}` has no value, for which AWS may pass over the whole statement"
    );
    assert_eq!(
        doubt(&statements, OBJECT, &nothing()),
        "`${aws:username}` may have no value, for which AWS may pass over the whole statement"
    );
    assert_eq!(check(&statements, GET, "arn:aws:s3:::web/x", &exact), "implicitly-denied");
    let ann = context(&[("aws:username", Some("ann"))], true);
    assert_eq!(check(&statements, GET, OBJECT, &ann), "allowed 0:Matched");
    let default = [allow(&["*"], &["arn:aws:s3:::ml-data/*", "arn:aws:s3:::home/${aws:username, 'x'}/*"])];
    assert_eq!(check(&default, GET, OBJECT, &exact), "allowed 0:Matched");
    let excepted = [allow(&["*"], &["!arn:aws:s3:::home/${aws:username}/*"])];
    assert_eq!(check(&excepted, GET, OBJECT, &exact), "conditional 0:Conditional");
}

#[test]
fn documents_that_are_not_known_leave_all_but_an_explicit_denial_open() {
    let statements = [allow(&["s3:*"], &["*"]), deny(&["iam:*"], &["*"])];
    let statements: Vec<&Statement> = statements.iter().collect();
    let decide = |action: &str| {
        let request =
            Request { action: action.into(), resource: Some(OBJECT.into()), context: Context::new() };
        decide(Permissions { statements: &statements, unknown_documents: true }, &request)
    };
    assert_eq!(decide(GET).decision, Decision::Conditional);
    assert_eq!(decide("ec2:RunInstances").decision, Decision::Conditional);
    assert_eq!(decide("iam:PassRole").decision, Decision::ExplicitlyDenied);
    assert!(decide(GET).unknown_documents);
}

#[test]
fn without_a_resource_it_is_asked_whether_any_would_do() {
    let check = |statements: &[Statement]| {
        let verdict = ask(statements, GET, None, &Context::new());
        (verdict.decision.name(), verdict.resources)
    };
    let (ml, web) = ("arn:aws:s3:::ml-data/*", "arn:aws:s3:::web/*");
    let owned = |patterns: &[&str]| patterns.iter().map(|&pattern| pattern.to_owned()).collect::<Vec<_>>();
    assert_eq!(check(&[allow(&["s3:*"], &[web, ml])]), ("allowed", owned(&[ml, web])));
    assert_eq!(check(&[allow(&["s3:*"], &["!*"])]), ("implicitly-denied", owned(&[])));
    assert_eq!(
        check(&[allow(&["s3:*"], &[web]), deny(&["*"], &["*"])]),
        ("explicitly-denied", owned(&[web]))
    );
    assert_eq!(check(&[allow(&["ec2:*"], &[web])]), ("implicitly-denied", owned(&[])));
}

#[test]
fn a_condition_that_aws_leaves_open_says_why() {
    let doubt = |operator: &str, value: &str, got: &[&str]| {
        let statements = [conditional(Allow, &["*"], &["*"], &[(operator, "aws:k", &[value, "x"])])];
        let mut context = context(&[], true);
        context.set("aws:several", ["x", "y"]);
        context.set("aws:k", got.iter().copied());
        let verdict = ask(&statements, GET, Some(OBJECT), &context);
        assert_eq!(verdict.decision, Decision::Conditional);
        match verdict.statements[0].unmet.as_slice() {
            [Unmet::Condition { doubt, open: true, .. }] => doubt.clone().unwrap_or_default(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        doubt("StringEquals", "${aws:absent}", &["x"]),
        "`${aws:absent}` has no value, for which AWS may pass over the whole statement"
    );
    assert_eq!(
        doubt("StringEquals", "${aws:several}", &["y"]),
        "AWS does not say what `${aws:several}` becomes where the key has several values"
    );
    assert_eq!(
        doubt("ForAllValues:StringEquals", "a", &[""]),
        "AWS leaves open where an empty string counts as a value"
    );
    assert_eq!(
        doubt("ForAnyValue:BoolIfExists", "true", &[]),
        "AWS says both that `ForAnyValue` fails and that `IfExists` holds for a key that is not given"
    );
    assert_eq!(
        doubt("ArnLike", "*", &["arn:aws:s3:::x"]),
        "AWS leaves open what a pattern of an ARN with fewer than six fields matches"
    );
}

#[test]
fn statements_meet_where_both_may_match_one_request() {
    let read = |resource| allow(&["s3:Get*"], &[resource]);
    let team = read("arn:aws:s3:::team-*");
    assert!(team.may_meet(&read("arn:aws:s3:::*-a")) && !team.may_meet(&read("arn:aws:s3:::base/*")));
    assert!(team.may_meet(&read("arn:aws:s3:::${aws:username}")));
    assert!(!team.may_meet(&allow(&["s3:Put*"], &["*"])) && team.may_meet(&deny(&["s3:*Object"], &["*"])));
    let but_team = allow(&["!s3:Put*"], &["!arn:aws:s3:::team-*"]);
    assert!(!but_team.may_meet(&team) && but_team.may_meet(&read("arn:aws:s3:::*")));
    assert!(!but_team.may_meet(&allow(&["s3:PutObject"], &["*"])) && but_team.may_meet(&but_team));
}
