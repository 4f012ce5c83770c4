//! Each rung is taken where the ones before it need too many documents.

use std::collections::BTreeSet;

use iamc_model::grants::{Patterns, StatementId};

use super::sample::{Case, actions, arns, meaning, patterns, plain, shape};
use crate::pack::{Layout, Needed, Overfull, Part, Rung};
use crate::stack::Statement;

fn numbered(count: usize) -> Vec<Statement> {
    let resources = |at: usize| Patterns {
        negated: false,
        patterns: (0..1 + at * 7 % 5).map(|n| format!("arn:aws:s3:::bucket-{at}-{n}")).collect(),
    };
    (0..count).map(|at| Statement { resources: resources(at), ..plain(&format!("P{at}")) }).collect()
}

fn packed(case: &Case) -> Layout {
    let layout = case.pack().unwrap();
    assert_eq!(meaning(&layout), super::sample::expand(&case.statements));
    layout
}

#[test]
fn no_statements_need_no_document() {
    let layout = packed(&Case::new(&[], 6144, 0));
    assert!(layout.documents.is_empty());
    assert_eq!(layout.rung, Rung::Stable);
}

#[test]
fn each_category_has_a_document_without_suffix() {
    let ec2 = Statement { actions: actions(1), ..plain("Compute") };
    let secret = Statement { actions: patterns(&["SecretsManager:GetSecretValue"]), ..plain("Secret") };
    let case = Case::new(&[ec2, secret, plain("B"), plain("A")], 6144, 10);
    let expected = [("S3", vec!["A", "B"]), ("SecretManager", vec!["Secret"]), ("Misc", vec!["Compute"])];
    let expected =
        expected.map(|(name, names)| (name.to_owned(), names.into_iter().map(String::from).collect()));
    assert_eq!(shape(&packed(&case).documents), expected);
}

#[test]
fn without_categories_all_is_together() {
    let ec2 = Statement { actions: actions(1), ..plain("Compute") };
    let mut case = Case::new(&[ec2, plain("A")], 6144, 1);
    case.budget.by_category = false;
    assert_eq!(
        shape(&packed(&case).documents),
        [(String::new(), vec!["A".to_owned(), "Compute".to_owned()])]
    );
}

#[test]
fn a_full_document_is_divided_by_hash() {
    let layout = packed(&Case::new(&numbered(40), 2000, 100));
    assert_eq!(layout.rung, Rung::Stable);
    for (name, policies) in shape(&layout.documents) {
        let prefix = name.strip_prefix("S3-").unwrap();
        for policy in policies {
            assert!(crate::pack::key::Key::of(&policy).prefix(prefix.len()) == prefix);
        }
    }
}

#[test]
fn rungs_come_in_their_order() {
    let statements = numbered(60);
    let mut rungs = Vec::new();
    for documents in (1..=20).rev() {
        let Ok(layout) = Case::new(&statements, 2000, documents).pack() else { break };
        assert!(layout.documents.len() <= documents);
        rungs.push(layout.rung);
    }
    assert!(rungs.is_sorted());
    let reached: BTreeSet<Rung> = rungs.into_iter().collect();
    assert!(reached.is_superset(&[Rung::Stable, Rung::Ordered, Rung::Merged].into()), "{reached:?}");
}

#[test]
fn statements_merge_before_categories_do() {
    let read =
        |name: &str| Statement { actions: patterns(&["s3:GetObject", "s3:ListBucket"]), ..plain(name) };
    let statements: Vec<Statement> = (0..30).map(|at| read(&format!("Read{at}"))).collect();
    let layout = packed(&Case::new(&statements, 2000, 1));
    assert_eq!(layout.rung, Rung::Merged);
    assert_eq!(layout.documents[0].statements.len(), 1);
    assert_eq!(layout.documents[0].statements[0].policies.len(), 30);
}

#[test]
fn categories_share_documents_in_the_end() {
    let ec2 = Statement { actions: actions(1), ..plain("Compute") };
    let s3 = Statement { resources: arns(9), ..plain("A") };
    for statements in [[ec2.clone(), s3.clone()], [s3, ec2]] {
        let layout = packed(&Case::new(&statements, 6144, 1));
        assert_eq!(layout.rung, Rung::Together);
        assert_eq!(&*layout.documents[0].category, "Misc");
        assert!(layout.documents[0].suffix.starts_with("-d"));
    }
}

#[test]
fn too_many_documents_are_refused_with_the_heaviest_first() {
    let heavy = Statement { resources: arns(40), ..plain("Heavy") };
    let unlike = Statement { actions: actions(30), resources: arns(1), ..plain("Unlike") };
    let Err(Overfull::Documents { needed, available, weights }) = Case::new(&[unlike, heavy], 1500, 1).pack()
    else {
        panic!("it fits")
    };
    assert_eq!((needed, available), (Needed::Found(2), 1));
    assert_eq!(weights.iter().map(|it| it.0).collect::<Vec<_>>(), [StatementId(1), StatementId(0)]);
    assert!(weights[0].1 > weights[1].1);
}

#[test]
fn nothing_fits_no_document() {
    let refused = Case::new(&[plain("A")], 6144, 0).pack().unwrap_err();
    assert!(matches!(refused, Overfull::Documents { needed: Needed::Found(1), available: 0, .. }));
}

#[test]
fn a_piece_has_a_document_of_its_own() {
    let large = Statement { resources: arns(120), ..plain("Large") };
    let layout = packed(&Case::new(&[large, plain("Small")], 2000, 100));
    assert_eq!(layout.rung, Rung::Stable);
    let shape = shape(&layout.documents);
    assert_eq!(shape[0], ("S3".into(), vec!["Small".into()]));
    assert!(shape.len() > 2 && shape[1..].iter().all(|(name, _)| name.starts_with("S3-p")));
}

#[test]
fn every_statement_that_cannot_be_divided_is_named() {
    let not = |name: &str| {
        let resources = Patterns { negated: true, ..arns(100) };
        Statement { resources, ..plain(name) }
    };
    let Err(Overfull::Statements(refused)) = Case::new(&[not("A"), plain("B"), not("C")], 1000, 10).pack()
    else {
        panic!("it fits")
    };
    let named: Vec<_> = refused.iter().map(|it| (it.statement, it.part)).collect();
    assert_eq!(named, [(StatementId(0), Part::Resources), (StatementId(2), Part::Resources)]);
    assert!(refused[0].characters > 1000);
}

#[test]
fn sids_are_letters_and_digits_and_differ() {
    let mut case = Case::new(&[plain("A-b"), plain("A_b"), plain("C-d")], 6144, 10);
    case.settings.sids = true;
    let layout = packed(&case);
    let sids: Vec<&str> = layout.documents[0].statements.iter().filter_map(|it| it.sid.as_deref()).collect();
    assert_eq!(sids[2], "Cd");
    assert_ne!(sids[0], sids[1]);
    assert!(sids[..2].iter().all(|sid| sid.starts_with("Ab") && sid.len() == 10));
}

#[test]
fn a_statement_far_too_large_is_not_divided() {
    let large = Statement { actions: actions(20_000), resources: arns(20_000), ..plain("Large") };
    let refused = Case::new(&[large], 6144, 10).pack().unwrap_err();
    assert!(matches!(refused, Overfull::Documents { needed: Needed::AtLeast(20_000..), .. }), "{refused:?}");
}

#[test]
fn very_many_statements_are_counted() {
    let statements: Vec<Statement> = (0..20_000).map(|at| plain(&format!("P{at}"))).collect();
    let refused = Case::new(&statements, 6144, 10).pack().unwrap_err();
    assert!(matches!(refused, Overfull::Documents { needed: Needed::Found(100..1000), .. }), "{refused:?}");
}
