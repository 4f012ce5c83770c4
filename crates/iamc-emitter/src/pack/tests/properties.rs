//! Every layout means what its statements mean, and keeps to its limits.

use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};
use proptest::prelude::*;

use super::sample::{Case, conditions, expand, json, meaning, patterns, plain, shape};
use crate::pack::{Needed, Overfull};
use crate::stack::Statement;

/// Few different patterns, so that statements have some in common.
fn some_patterns(words: &'static [&'static str], negated: f64) -> impl Strategy<Value = Patterns> {
    let word = (prop::sample::select(words), 0..4_u8).prop_map(|(word, at)| format!("{word}{at}"));
    let list = prop::collection::btree_set(word, 1..6).prop_map(|set| set.into_iter().collect());
    (prop::bool::weighted(negated), list).prop_map(|(negated, patterns)| Patterns { negated, patterns })
}

fn some_conditions() -> impl Strategy<Value = Conditions> {
    prop_oneof![
        6 => Just(Conditions::new()),
        1 => Just(conditions("StringLike", "s3:prefix", &["a b/*", "\"c\""])),
        1 => Just(conditions("StringNotEquals", "aws:PrincipalTag/team", &["x"])),
        1 => Just(conditions("StringEquals", "aws:username", &["${aws:PrincipalTag/owner}"])),
    ]
}

/// A statement without its name: half of them have actions, or resources, that others have too.
pub(super) fn statement() -> impl Strategy<Value = Statement> {
    let effect = prop_oneof![4 => Just(Effect::Allow), 1 => Just(Effect::Deny)];
    let actions = prop_oneof![
        some_patterns(&["s3:Get", "s3:Put", "secretsmanager:Get", "ec2:Run"], 0.1),
        prop::sample::select(vec![patterns(&["s3:Get*", "s3:List*"]), patterns(&["ec2:*"])]),
    ];
    let resources = prop_oneof![
        some_patterns(&["arn:aws:s3:::bucket", "arn:aws:s3:::home/${aws:userid}/"], 0.1),
        some_patterns(&["arn:aws:s3:::bucket"], 0.0),
        Just(patterns(&["*"])),
    ];
    (effect, actions, resources, some_conditions()).prop_map(|(effect, actions, resources, conditions)| {
        Statement { effect, actions, resources, conditions, ..plain("") }
    })
}

pub(super) fn named(statements: Vec<Statement>) -> Vec<Statement> {
    let name = |at: usize| vec![format!("Policy-{at}").into()];
    statements.into_iter().enumerate().map(|(at, it)| Statement { policies: name(at), ..it }).collect()
}

/// Statements with a budget: from somewhat more than the stable rung needs to far less.
pub(super) fn case() -> impl Strategy<Value = Case> {
    let statements = prop::collection::vec(statement(), 0..25).prop_map(named);
    (statements, 250..1500_u32, 30..110_usize, any::<[bool; 2]>()).prop_map(
        |(statements, characters, percent, [by_category, sids])| {
            let mut case = Case::new(&statements, characters, usize::MAX);
            case.budget.by_category = by_category;
            case.settings.sids = sids;
            let stable = case.pack().map_or(0, |layout| layout.documents.len());
            case.budget.documents = stable * percent / 100;
            case
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_layout_means_what_its_statements_mean(case in case()) {
        if let Ok(layout) = case.pack() {
            prop_assert_eq!(meaning(&layout), expand(&case.statements));
        }
    }

    #[test]
    fn a_layout_keeps_to_its_limits(case in case()) {
        let limit = case.settings.limits.managed_policy_characters.value as usize;
        match case.pack() {
            Ok(layout) => {
                prop_assert!(layout.documents.len() <= case.budget.documents);
                for document in &layout.documents {
                    let statements: Vec<&Statement> = document.statements.iter().map(|it| &***it).collect();
                    prop_assert_eq!(document.characters, json(&statements).chars().count());
                    prop_assert!(document.characters <= limit);
                    prop_assert!(!statements.is_empty());
                    prop_assert!(statements.is_sorted_by_key(|it| &it.policies));
                }
            }
            Err(Overfull::Documents { needed: Needed::Found(needed) | Needed::AtLeast(needed), .. }) => {
                prop_assert!(needed > case.budget.documents);
            }
            Err(Overfull::Statements(refused)) => prop_assert!(refused.iter().all(|it| it.characters > limit)),
        }
    }

    #[test]
    fn names_and_sids_differ(case in case()) {
        let Ok(layout) = case.pack() else { return Ok(()) };
        let mut ids: Vec<String> = shape(&layout.documents).into_iter().map(|(name, _)| name.replace('-', "")).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        for document in &layout.documents {
            prop_assert!(document.suffix.is_empty() || document.suffix.starts_with('-'));
            prop_assert!(document.suffix.chars().skip(1).all(|c| c.is_ascii_alphanumeric()));
            let mut sids: Vec<_> = document.statements.iter().filter_map(|it| it.sid.clone()).collect();
            sids.sort();
            prop_assert!(sids.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }

    #[test]
    fn the_order_of_statements_does_not_matter(
        (case, shuffled) in case().prop_flat_map(|case| {
            let shuffled = Just(case.statements.clone()).prop_shuffle();
            (Just(case), shuffled)
        })
    ) {
        let shuffled = Case { statements: shuffled, ..case.clone() };
        match (case.pack(), shuffled.pack()) {
            (Ok(one), Ok(other)) => {
                prop_assert_eq!(one.rung, other.rung);
                prop_assert_eq!(shape(&one.documents), shape(&other.documents));
                for (one, other) in one.documents.iter().zip(&other.documents) {
                    prop_assert_eq!(&one.statements, &other.statements);
                }
            }
            (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
        }
    }
}
