//! What holds of any statements and any request.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::exact::{NoNames, judge_open};
use crate::precedent::Precedents;
use crate::verdict::{Decision, Outcome};

const KEYS: [&str; 3] = ["aws:a", "aws:B", "s3:c"];
const VALUES: [&str; 7] = ["", "x", "y", "10", "true", "203.0.113.1", "arn:aws:s3:::x"];
const ACTIONS: [&str; 4] = ["s3:GetObject", "s3:PutObject", "ec2:RunInstances", "s3:G"];
const RESOURCES: [&str; 5] =
    ["arn:aws:s3:::x", "arn:aws:s3:::x/y", "arn:aws:sqs:eu:1:x", "arn:aws:sqs:eu:1:x:y", "x"];

fn texts(from: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(from, 1..=2.min(from.len()))
}

fn some_patterns(from: &'static [&'static str]) -> impl Strategy<Value = Patterns> {
    (prop::bool::weighted(0.2), texts(from)).prop_map(|(negated, texts)| Patterns {
        negated,
        patterns: texts.into_iter().map(str::to_owned).collect(),
    })
}

fn some_conditions() -> impl Strategy<Value = Conditions> {
    let operators: Vec<Operator> = Operator::all().collect();
    let values =
        &["x", "y", "${aws:b}", "${s3:c, 'x'}", "?", "10", "true", "203.0.113.0/24", "arn:aws:s3:::*"];
    let condition = (select(operators), select(&KEYS), texts(values));
    prop::collection::vec(condition, 0..=2).prop_map(|conditions| {
        let mut block = Conditions::new();
        for (operator, key, values) in conditions {
            let values = values.into_iter().map(str::to_owned).collect();
            block.entry(operator).or_default().insert(key.to_owned(), values);
        }
        block
    })
}

fn some_statement() -> impl Strategy<Value = Statement> {
    let effect = prop_oneof![2 => Just(Allow), 1 => Just(Deny)];
    let actions = some_patterns(&["*", "s3:*", "S3:Get*", "s3:?", "ec2:RunInstances", "s3:*Object"]);
    let resources = some_patterns(&[
        "*",
        "arn:aws:s3:::x*",
        "arn:aws:s3:::${aws:a}",
        "arn:aws:s3:::${AWS:b, 'x'}/*",
        "arn:aws:s3*",
        "arn:aws:sqs:*:x",
    ]);
    (effect, actions, resources, some_conditions())
        .prop_map(|(effect, actions, resources, block)| Statement::new(effect, actions, resources, block))
}

fn some_statements() -> impl Strategy<Value = Vec<Statement>> {
    prop::collection::vec(some_statement(), 1..=4)
}

/// For each key: not known, absent, or values.
fn some_context() -> impl Strategy<Value = Vec<Option<Vec<&'static str>>>> {
    let values = subsequence(&VALUES, 0..=2);
    prop::collection::vec(prop::option::of(values), KEYS.len())
}

fn partial(keys: &[Option<Vec<&str>>]) -> Context {
    let mut context = Context::new();
    for (key, values) in KEYS.iter().zip(keys) {
        match values.as_deref() {
            Some([]) => context.set_absent(key),
            Some(values) => context.set(key, values.iter().copied()),
            None => {}
        }
    }
    context
}

/// Whether a decision is among those that another one, which knew less, left open.
fn leaves_open(less: Decision, more: Decision) -> bool {
    match less {
        Decision::Conditional => true,
        Decision::ImplicitlyDenied => matches!(more, Decision::ImplicitlyDenied | Decision::ExplicitlyDenied),
        less => less == more,
    }
}

fn outcome(statement: &Statement, action: &str, resource: &str, context: &Context) -> Outcome {
    let verdict = ask(std::slice::from_ref(statement), action, Some(resource), context);
    verdict.statements.first().map_or(Outcome::Missed, |judged| judged.outcome)
}

fn is_within(less: Outcome, more: Outcome) -> bool {
    less == Outcome::Conditional || less == more
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_decided_holds_whatever_the_unknown_turns_out_to_be(
        statements in some_statements(),
        action in select(&ACTIONS),
        resource in select(&RESOURCES),
        less in some_context(),
        rest in some_context(),
    ) {
        let more: Vec<_> = less.iter().cloned().zip(rest).map(|(less, rest)| less.or(rest)).collect();
        let (less, mut more) = (partial(&less), partial(&more));
        more.set_exact(true);
        for statement in &statements {
            let less = outcome(statement, action, resource, &less);
            prop_assert!(is_within(less, outcome(statement, action, resource, &more)));
        }
        let less = ask(&statements, action, Some(resource), &less);
        let more = ask(&statements, action, Some(resource), &more);
        prop_assert!(leaves_open(less.decision, more.decision), "{:?} {:?}", less, more);
    }

    #[test]
    fn the_order_of_statements_never_matters(
        statements in some_statements().prop_shuffle(),
        action in select(&ACTIONS),
        resource in prop::option::of(select(&RESOURCES)),
        keys in some_context(),
    ) {
        let context = partial(&keys);
        let verdict = ask(&statements, action, resource, &context);
        prop_assert_eq!(&verdict, &ask(&statements, action, resource, &context));
        let reversed: Vec<_> = statements.iter().rev().cloned().collect();
        let reversed = ask(&reversed, action, resource, &context);
        prop_assert_eq!(verdict.decision, reversed.decision);
        prop_assert_eq!(verdict.resources, reversed.resources);
        let outcomes = reversed.statements.iter().rev().map(|judged| (judged.outcome, &judged.unmet));
        let in_order = verdict.statements.iter().map(|judged| (judged.outcome, &judged.unmet));
        prop_assert!(in_order.eq(outcomes));
    }

    #[test]
    fn a_statement_that_does_not_concern_a_request_never_applies(
        statement in some_statement(),
        patterns in (select(&["s3:Get*", "*", "ec2:?unInstances"]), select(&["arn:aws:s3:::*", "*", "?"])),
        request in (select(&ACTIONS), select(&RESOURCES)),
        keys in some_context(),
    ) {
        let (action, resource) = request;
        let context = partial(&keys);
        if outcome(&statement, action, resource, &context) != Outcome::Missed {
            prop_assert!(statement.may_concern(action, Some(resource)));
            prop_assert!(statement.may_concern(action, None));
            let covers = |pattern: &str, text: &str| crate::glob::Glob::pattern(pattern).matches(text);
            if covers(patterns.0, action) && covers(patterns.1, resource) {
                prop_assert!(statement.may_concern(patterns.0, Some(patterns.1)));
            }
        }
    }

    #[test]
    fn statements_that_apply_to_one_request_meet(
        statements in (some_statement(), some_statement()),
        request in (select(&ACTIONS), select(&RESOURCES)),
        keys in (some_context(), some_context()),
    ) {
        let (action, resource) = request;
        let (one, other) = statements;
        let applies = |statement, keys: &[Option<Vec<&str>>]| {
            outcome(statement, action, resource, &partial(keys)) != Outcome::Missed
        };
        if applies(&one, &keys.0) && applies(&other, &keys.1) {
            prop_assert!(one.may_meet(&other) && other.may_meet(&one));
        }
    }

    #[test]
    fn only_its_keys_matter_to_a_statement(
        statement in some_statement(),
        request in (select(&ACTIONS), select(&RESOURCES)),
        keys in some_context(),
        others in some_context(),
    ) {
        let (action, resource) = request;
        let own = statement.keys();
        let changed: Vec<_> = KEYS
            .iter()
            .zip(keys.iter().zip(others))
            .map(|(key, (kept, other))| if own.contains(&key.to_lowercase()) { kept.clone() } else { other })
            .collect();
        prop_assert_eq!(
            outcome(&statement, action, resource, &partial(&keys)),
            outcome(&statement, action, resource, &partial(&changed))
        );
    }

    #[test]
    fn what_is_said_of_a_pattern_holds_of_all_that_it_covers(
        statement in some_statement(),
        patterns in (select(&["s3:*", "*", "s3:?etObject"]), select(&["arn:aws:s3:::x*", "*", "arn:aws:sqs:*:x"])),
        request in (select(&ACTIONS), select(&RESOURCES)),
        keys in some_context(),
    ) {
        let covers = |pattern: &str, text: &str| crate::glob::Glob::pattern(pattern).matches(text);
        let context = partial(&keys);
        if covers(patterns.0, request.0) && covers(patterns.1, request.1) {
            let of_pattern = outcome(&statement, patterns.0, patterns.1, &context);
            prop_assert!(is_within(of_pattern, outcome(&statement, request.0, request.1, &context)));
        }
    }

    #[test]
    fn the_exact_engine_says_the_same_of_what_is_settled(
        statements in some_statements(),
        action in select(&ACTIONS),
        resource in select(&RESOURCES),
        keys in some_context(),
    ) {
        let statements: Vec<&Statement> = statements.iter().collect();
        let permissions = Permissions { statements: &statements, unknown_documents: false };
        let request =
            Request { action: action.into(), resource: Some(resource.into()), context: partial(&keys) };
        let exact = judge_open(permissions, &request, &NoNames);
        let decided = decide(permissions, &request).decision;
        let is_told = exact.doubts.is_empty();
        prop_assert!(!is_told || leaves_open(decided, exact.decision), "{:?} {:?}", decided, exact);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_told_it_for_one_tells_nothing_else_for_others(
        principals in prop::collection::vec((some_statements(), some_context()), 2..=4),
        action in select(&["s3:GetObject", "s3:*", "*", "s3:G?tObject"]),
        resource in prop::option::of(select(&["arn:aws:s3:::x", "arn:aws:s3:::x*", "*"])),
    ) {
        let request = |keys: &[Option<Vec<&str>>]| {
            Request { action: action.into(), resource: resource.map(str::to_owned), context: partial(keys) }
        };
        let principals: Vec<(Vec<&Statement>, Request)> =
            principals.iter().map(|(statements, keys)| (statements.iter().collect(), request(keys))).collect();
        let mut precedents = Precedents::default();
        for (statements, request) in &principals {
            let permissions = Permissions { statements, unknown_documents: false };
            precedents.learn(permissions, request, &NoNames);
        }
        for (statements, request) in &principals {
            let permissions = Permissions { statements, unknown_documents: false };
            let alone = decide(permissions, request);
            let told = precedents.decide(permissions, request, &NoNames);
            prop_assert!(alone.decision == told.decision || !alone.doubts.is_empty(), "{:?} {:?}", alone, told);
            prop_assert_eq!(alone.statements, told.statements);
            prop_assert_eq!(alone.resources, told.resources);
        }
    }
}
