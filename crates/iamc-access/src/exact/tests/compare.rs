//! What is gained from one set of statements to another.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::verdict::Decision;

fn sides(before: &[Statement], after: &[Statement], contexts: [&Context; 2]) -> Gains {
    let [before, after] = [before, after].map(|statements| statements.iter().collect::<Vec<_>>());
    let side = |statements, context| Side {
        permissions: Permissions { statements, unknown_documents: false },
        context,
    };
    gains(side(&before, contexts[0]), side(&after, contexts[1]), Caps::default(), &NoNames)
}

/// The gains, as cause and request, and the doubts.
fn check(before: &[Statement], after: &[Statement]) -> Vec<String> {
    let context = Context::new();
    lines(sides(before, after, [&context, &context]))
}

fn lines(Gains { gains, doubts }: Gains) -> Vec<String> {
    let gain = |gain: Gain| format!("{:?}: {}", gain.cause, text(&Answer::Witness(gain.witness)));
    gains.into_iter().map(gain).chain(doubts).collect()
}

#[test]
fn a_new_allow_is_a_gain() {
    let get = allow(&["s3:Get*"], &["arn:aws:s3:::a/*"], &[]);
    let put = allow(&["s3:Put*"], &["arn:aws:s3:::a/*"], &[]);
    assert_eq!(
        check(std::slice::from_ref(&get), &[get.clone(), put.clone()]),
        ["Allow(1): s3:PutX arn:aws:s3:::a/x"]
    );
    assert!(check(&[get.clone(), put], &[get]).is_empty());
}

#[test]
fn what_is_written_otherwise_is_no_gain() {
    let before = [allow(&["s3:Get*", "s3:Put*"], &["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"], &[])];
    let after = [
        allow(&["s3:Get*"], &["arn:aws:s3:::b/*", "arn:aws:s3:::a", "arn:aws:s3:::a/*"], &[]),
        allow(&["s3:Put*"], &["arn:aws:s3:::a/*"], &[]),
        allow(&["S3:put*"], &["arn:aws:s3:::b/?*", "arn:aws:s3:::b/"], &[]),
    ];
    assert_eq!(check(&before, &after), ["Allow(0): s3:GetX arn:aws:s3:::a"]);
    assert!(check(&before, &after[1..]).is_empty());
    assert!(!check(&after[1..], &before).is_empty());
}

#[test]
fn a_deny_that_is_gone_is_a_gain_where_something_allows() {
    let all = allow(&["s3:*"], &["*"], &[]);
    let shadow = deny(&["s3:Put*", "iam:*"], &["arn:aws:s3:::a/*"], &["Bool aws:SecureTransport=false"]);
    let before = [all.clone(), shadow.clone()];
    assert_eq!(
        check(&before, std::slice::from_ref(&all)),
        ["Undenied { deny: 1, allow: 0 }: s3:PutX arn:aws:s3:::a/x aws:SecureTransport=false"]
    );
    assert!(check(std::slice::from_ref(&all), &before).is_empty());
    let narrower = deny(&["s3:Put*", "iam:*"], &["arn:aws:s3:::a/?*"], &["Bool aws:SecureTransport=false"]);
    assert_eq!(
        check(&before, &[all, narrower]),
        ["Undenied { deny: 1, allow: 0 }: s3:PutX arn:aws:s3:::a/ aws:SecureTransport=false"]
    );
}

#[test]
fn a_gain_that_is_sure_is_preferred() {
    let gain_of = |before: &[Statement], after: &[Statement]| {
        let context = Context::new();
        let Gains { gains, doubts } = sides(before, after, [&context, &context]);
        assert!(doubts.is_empty() && gains.len() == 1, "{gains:?} {doubts:?}");
        let gain = gains.into_iter().next().expect("a gain");
        (text(&Answer::Witness(gain.witness)), gain.is_sure)
    };
    let is_absent = allow(&["sqs:S*"], &["*"], &["Null k=true"]);
    let unless_x = deny(&["sqs:*"], &["*"], &["StringLikeIfExists k=x*"]);
    assert_eq!(
        gain_of(&[], &[is_absent.clone(), unless_x.clone()]),
        ("sqs:SX arn:aws:sqs:us-east-1:123456789012:x k=".to_owned(), false)
    );
    assert!(gain_of(&[], std::slice::from_ref(&is_absent)).1);
    let some = allow(&["sqs:S*"], &["*"], &["Null k=false"]);
    assert!(gain_of(&[], &[some, unless_x]).1);
    let crossing = allow(&["s3:GetX"], &["arn:aws:s3*"], &[]);
    assert!(!gain_of(&[], &[crossing]).1);
    let is_y = &["StringEquals aws:PrincipalTag/a=y"];
    let by_a_variable = allow(&["s3:GetX"], &["arn:aws:s3*${aws:PrincipalTag/a, 'x'}"], is_y);
    assert!(!gain_of(&[], &[by_a_variable]).1);
    let own = allow(&["s3:GetX"], &["arn:aws:s3:::${aws:PrincipalTag/a, 'x'}/*"], &[]);
    assert!(gain_of(&[], &[own]).1);
    let plain = allow(&["s3:GetX"], &["arn:aws:s3:*:a", "arn:aws:s3:::b"], &[]);
    assert_eq!(gain_of(&[], &[plain]), ("s3:GetX arn:aws:s3:::b".to_owned(), true));
}

#[test]
fn a_tag_that_changes_gains_what_it_opens() {
    let tagged = [allow(&["s3:*"], &["arn:aws:s3:::${aws:PrincipalTag/team}/*"], &[])];
    let context = |team: &str| {
        let mut context = Context::new();
        context.set("aws:PrincipalTag/team", [team]);
        context
    };
    let lines = lines(sides(&tagged, &tagged, [&context("a"), &context("b")]));
    assert_eq!(lines, ["Allow(0): s3:X arn:aws:s3:::b/x"]);
    assert!(sides(&tagged, &tagged, [&context("a"), &context("a")]).gains.is_empty());
}

#[test]
fn what_rests_on_unknown_variables_is_compared_as_it_is_written() {
    let home = |actions: &[&str]| allow(actions, &["arn:aws:s3:::home/${aws:username}/*"], &[]);
    let both = [home(&["s3:GetObject", "s3:PutObject"])];
    let one = [home(&["s3:GetObject"])];
    assert!(check(&both, &one).is_empty());
    let gained = check(&one, &both);
    assert_eq!(gained, ["Allow(0): s3:PutObject arn:aws:s3:::home/x/x aws:username=x"]);
    assert_eq!(
        check(&[allow(&["*"], &["arn:aws:s3:::home/a*"], &[])], &one),
        ["Allow(0): s3:GetObject arn:aws:s3:::home/x/x aws:username=x"]
    );
}

#[test]
fn a_doubt_that_both_sides_share_is_no_gain() {
    let crossing = allow(&["sqs:*"], &["arn:aws:sqs:*:q"], &[]);
    let renamed = allow(&["sqs:?*"], &["arn:aws:sqs:*:q"], &[]);
    assert!(check(std::slice::from_ref(&crossing), &[renamed]).is_empty());
    let narrow = allow(&["sqs:*"], &["arn:aws:sqs:*:*:q"], &[]);
    assert!(check(std::slice::from_ref(&narrow), std::slice::from_ref(&crossing)).is_empty());
    assert_eq!(check(&[crossing], &[narrow]), ["Allow(0): sqs:X arn:aws:sqs:us-east-1:123456789012:q"]);
}

fn list(from: &'static [&'static str]) -> impl Strategy<Value = Patterns> {
    (prop::bool::weighted(0.15), subsequence(from, 1..=2)).prop_map(|(negated, texts)| Patterns {
        negated,
        patterns: texts.into_iter().map(str::to_owned).collect(),
    })
}

fn some_statement() -> impl Strategy<Value = Statement> {
    let effect = select(vec![Allow, Allow, Allow, Deny]);
    let actions = list(&["s:*", "s:a", "s:a*", "s:?", "s:b*", "*"]);
    let resources = list(&["*", "a*", "*b", "a?", "ab", "arn:a:b:c:*:d*", "arn:a:b:*:d*"]);
    let conditions = select(vec![
        &[][..],
        &["StringEquals s:k=x"],
        &["StringNotEquals s:k=x"],
        &["StringLike s:k=x*", "Null s:m=false"],
        &["NumericLessThan s:m=5"],
        &["NumericGreaterThanEquals s:m=3"],
    ]);
    (effect, actions, resources, conditions)
        .prop_map(|(effect, actions, resources, it)| Statement::new(effect, actions, resources, block(it)))
}

fn some_statements() -> impl Strategy<Value = Vec<Statement>> {
    prop::collection::vec(some_statement(), 0..=4)
}

/// Requests that tell the statements above apart.
fn requests() -> Vec<(&'static str, &'static str, Context)> {
    let actions = ["s:a", "s:ab", "s:b", "s:bc", "s:c", "s:cc", "t:a"];
    let resources =
        ["a", "ab", "ac", "aab", "b", "c", "arn:a:b:c:x:d", "arn:a:b:c:x:y:d", "arn:a:b:c:dd", "*"];
    let mut requests = Vec::new();
    for key in [None, Some("x"), Some("xy"), Some("y")] {
        for number in [None, Some("1"), Some("3"), Some("4"), Some("5"), Some("z")] {
            let mut context = Context::new();
            key.into_iter().for_each(|value| context.set("s:k", [value]));
            number.into_iter().for_each(|value| context.set("s:m", [value]));
            for action in actions {
                requests.extend(resources.map(|resource| (action, resource, context.clone())));
            }
        }
    }
    requests
}

fn is_allowed(statements: &[Statement], reading: Reading, request: &(&str, &str, Context)) -> bool {
    is_allowed_by(statements, [reading, reading], request)
}

/// Allows and Denies read each in their way.
fn is_allowed_by(
    statements: &[Statement],
    [allows, denies]: [Reading; 2],
    (action, resource, context): &(&str, &str, Context),
) -> bool {
    let matches = |effect, reading| {
        let mut statements = statements.iter().filter(|statement| statement.effect() == effect);
        statements.any(|statement| holds(at(statement, action, resource, context), reading))
    };
    matches(Allow, allows) && !matches(Deny, denies)
}

/// Whether the side after allows a request in all readings, and the side before in none.
fn is_surely_gained([before, after]: [&[Statement]; 2], request: &(&str, &str, Context)) -> bool {
    is_allowed_by(after, [Reading::Narrow, Reading::Wide], request)
        && !is_allowed_by(before, [Reading::Wide, Reading::Narrow], request)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_gain_of_a_grid_is_found(before in some_statements(), after in some_statements()) {
        let context = Context::new();
        let Gains { gains, doubts } = sides(&before, &after, [&context, &context]);
        prop_assert!(doubts.is_empty(), "{doubts:?}");
        for Gain { witness, is_sure, .. } in &gains {
            let request = (witness.action.as_str(), witness.resource.as_str(), witness.context.clone());
            prop_assert_eq!(*is_sure, is_surely_gained([&before, &after], &request), "{:?}", witness);
            let is_gained = |reading| {
                is_allowed(&after, reading, &request) && !is_allowed(&before, reading, &request)
            };
            prop_assert!(is_gained(Reading::Wide) || is_gained(Reading::Narrow), "{witness:?}");
        }
        // Regions hold what actions can be decided on: ARNs and `*`.
        let requests = requests();
        let real = |(_, resource, _): &&(&str, &str, Context)| resource.starts_with("arn:") || *resource == "*";
        let gained = requests.iter().filter(real).find(|request| {
            [Reading::Wide, Reading::Narrow]
                .iter()
                .any(|&reading| is_allowed(&after, reading, request) && !is_allowed(&before, reading, request))
        });
        prop_assert!(gained.is_none() || !gains.is_empty(), "{gained:?}");
        let sure =
            requests.iter().filter(real).find(|request| is_surely_gained([&before, &after], request));
        prop_assert!(sure.is_none() || gains.iter().any(|gain| gain.is_sure), "{sure:?}");
    }

    #[test]
    fn the_same_statements_gain_nothing(statements in some_statements()) {
        let rewritten: Vec<Statement> = statements
            .iter()
            .rev()
            .flat_map(|it| {
                let actions = match it.actions().negated {
                    true => vec![it.actions().clone()],
                    false => it.actions().patterns.iter().map(|one| patterns(&[one])).collect(),
                };
                let with = |actions| {
                    Statement::new(it.effect(), actions, it.resources().clone(), it.conditions().clone())
                };
                actions.into_iter().map(with).collect::<Vec<_>>()
            })
            .collect();
        let none = Vec::<String>::new();
        prop_assert_eq!(check(&statements, &rewritten), none.clone());
        prop_assert_eq!(check(&rewritten, &statements), none);
    }

    #[test]
    fn a_judgement_holds_of_every_request_of_a_grid(
        statements in some_statements(),
        action in select(vec!["s:*", "s:a*", "s:a", "*", "s:?"]),
        resource in select(vec!["a*", "*b", "ab", "arn:a:*", "?*"]),
    ) {
        let judgement = judged(&statements, action, Some(resource));
        prop_assert!(judgement.doubts.is_empty(), "{judgement:?}");
        let covers = |pattern: &str, text: &str| Glob::pattern(pattern).matches(text);
        let mut requests = requests();
        requests.retain(|(name, text, _)| covers(action, name) && covers(resource, text));
        for request in &requests {
            let allowed = [Reading::Wide, Reading::Narrow].map(|reading| is_allowed(&statements, reading, request));
            match judgement.decision {
                Decision::Allowed => prop_assert_eq!(allowed, [true; 2], "{:?}", request),
                Decision::ExplicitlyDenied | Decision::ImplicitlyDenied => {
                    prop_assert_eq!(allowed, [false; 2], "{:?}", request);
                }
                Decision::PartlyAllowed | Decision::Conditional => {
                    prop_assert!(!judgement.examples.is_empty(), "{:?}", judgement);
                }
            }
        }
    }
}
