//! Merging against what brute force says of its result.

use iamc_model::grants::Patterns;
use proptest::prelude::*;

use super::properties::{named, statement};
use super::sample::{actions, arns, conditions, expand, patterns, plain};
use crate::pack::merge::merge;
use crate::pack::unit::Unit;
use crate::stack::Statement;

fn merged(statements: &[Statement]) -> Vec<Statement> {
    let units: Vec<Unit> = statements.iter().map(|it| Unit::whole(it.clone(), 0)).collect();
    let mut merged: Vec<Statement> =
        merge(&units, 0).iter().map(|it| Statement::clone(&it.statement)).collect();
    merged.sort_by(|a, b| a.policies.cmp(&b.policies));
    merged
}

/// Whether both are one statement without loss: nothing but one axis differs.
fn is_pair(one: &Statement, other: &Statement) -> bool {
    let holds = |it: &Statement, text: &str| {
        format!("{:?}{:?}{:?}", it.actions, it.resources, it.conditions).contains(text)
    };
    let whole =
        |it: &Statement| it.actions.negated || it.resources.negated || holds(it, "${") || holds(it, "Not");
    !whole(one)
        && !whole(other)
        && one.effect == other.effect
        && one.conditions == other.conditions
        && (one.actions == other.actions || one.resources == other.resources)
}

#[test]
fn equal_resources_unite_actions() {
    let one = Statement { actions: patterns(&["s3:Get*"]), resources: arns(2), ..plain("A") };
    let other = Statement { actions: patterns(&["s3:Put*"]), resources: arns(2), ..plain("B") };
    let merged = merged(&[one, other]);
    assert_eq!(merged.len(), 1);
    assert_eq!(merged[0].actions, patterns(&["s3:Get*", "s3:Put*"]));
    assert_eq!(merged[0].policies, ["A".into(), "B".into()]);
}

#[test]
fn equal_actions_unite_resources() {
    let merged = merged(&[plain("A"), plain("B"), plain("C")]);
    assert_eq!(merged.len(), 1);
    assert_eq!(merged[0].resources.patterns.len(), 3);
}

#[test]
fn one_axis_opens_the_other() {
    let of = |name: &str, action: &str, resource: &str| Statement {
        actions: patterns(&[action]),
        resources: patterns(&[resource]),
        ..plain(name)
    };
    let square = [of("A", "a:x", "r"), of("B", "a:y", "r"), of("C", "a:x", "s"), of("D", "a:y", "s")];
    assert_eq!(merged(&square).len(), 1);
}

#[test]
fn what_differs_on_both_axes_stays() {
    let one = Statement { actions: patterns(&["s3:Get*"]), ..plain("A") };
    assert_eq!(merged(&[one, plain("B")]).len(), 2);
}

#[test]
fn some_statements_are_merged_with_their_equals_alone() {
    let not = |patterns| Patterns { negated: true, ..patterns };
    let putting = |it| Statement { actions: patterns(&["s3:PutObject"]), ..it };
    let alike: [fn(Statement) -> Statement; 5] = [
        |it| Statement { resources: patterns(&["arn:aws:s3:::home/${aws:username}/*"]), ..it },
        |it| Statement { conditions: conditions("StringNotLike", "s3:prefix", &["a"]), ..it },
        |it| Statement {
            conditions: conditions("ForAnyValue:ArnNotEqualsIfExists", "aws:SourceArn", &["arn:a"]),
            ..it
        },
        |it| Statement { conditions: conditions("StringLike", "s3:prefix", &["${aws:username}/*"]), ..it },
        |it| Statement { resources: arns(1), ..it },
    ];
    let of_b = |alike: fn(Statement) -> Statement| {
        putting(Statement { policies: vec!["B".into()], ..alike(plain("A")) })
    };
    let counts = alike.map(|alike| merged(&[alike(plain("A")), of_b(alike)]).len());
    assert_eq!(counts, [2, 2, 2, 2, 1]);
    let not_actions = |name| Statement { actions: not(actions(2)), ..plain(name) };
    assert_eq!(merged(&[not_actions("A"), not_actions("B")]).len(), 2);
    let not_resources = |name| Statement { resources: not(arns(1)), ..plain(name) };
    assert_eq!(merged(&[not_resources("A"), putting(not_resources("B"))]).len(), 2);
    for unique in [not_actions("A"), not_resources("A"), alike[0](plain("A")), alike[1](plain("A"))] {
        let again = Statement { policies: vec!["B".into()], ..unique.clone() };
        let both = Statement { policies: vec!["A".into(), "B".into()], ..unique.clone() };
        assert_eq!(merged(&[unique, again]), [both]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn merging_loses_nothing_and_leaves_nothing_to_merge(
        statements in prop::collection::vec(statement(), 0..20).prop_map(named)
    ) {
        let merged = merged(&statements);
        prop_assert_eq!(expand(&merged), expand(&statements));
        for (at, one) in merged.iter().enumerate() {
            prop_assert!(merged[at + 1..].iter().all(|other| !is_pair(one, other)));
        }
        let mut policies: Vec<_> = merged.iter().flat_map(|it| it.policies.clone()).collect();
        policies.sort();
        let mut expected: Vec<_> = statements.iter().flat_map(|it| it.policies.clone()).collect();
        expected.sort();
        prop_assert_eq!(policies, expected);
    }

    #[test]
    fn merging_does_not_depend_on_order(
        (statements, shuffled) in prop::collection::vec(statement(), 0..20).prop_map(named)
            .prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
    ) {
        prop_assert_eq!(merged(&statements), merged(&shuffled));
    }
}
