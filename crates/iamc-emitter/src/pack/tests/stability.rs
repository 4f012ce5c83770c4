//! No statement leaves a managed policy that lives on: on the way from one state to the other
//! CloudFormation would take it from one before the role has the other. Where it stands in another, the
//! old one goes, and that is deleted last.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::properties::{case, statement};
use super::sample::{Atom, Case, expand};
use crate::pack::{Layout, Rung};
use crate::stack::Statement;

#[derive(Debug, Clone)]
enum Edit {
    Insert(Statement),
    Remove(prop::sample::Index),
    Replace(prop::sample::Index, Statement),
    Widen(prop::sample::Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        statement().prop_map(Edit::Insert),
        any::<prop::sample::Index>().prop_map(Edit::Remove),
        (any::<prop::sample::Index>(), statement()).prop_map(|(at, it)| Edit::Replace(at, it)),
        any::<prop::sample::Index>().prop_map(Edit::Widen),
    ]
}

impl Edit {
    fn apply(&self, statements: &mut Vec<Statement>) {
        let size = statements.len();
        match self {
            Self::Insert(new) => statements.push(Statement { policies: vec!["New".into()], ..new.clone() }),
            _ if size == 0 => {}
            Self::Remove(at) => drop(statements.remove(at.index(size))),
            Self::Replace(at, new) => {
                let policies = statements[at.index(size)].policies.clone();
                statements[at.index(size)] = Statement { policies, ..new.clone() };
            }
            Self::Widen(at) => {
                let resources = &mut statements[at.index(size)].resources.patterns;
                resources.extend((0..9).map(|n| format!("arn:aws:s3:::wide{n}")));
                resources.sort();
                resources.dedup();
            }
        }
    }
}

type Names = BTreeSet<String>;

/// Where each part of the meaning stands.
fn places(layout: &Layout) -> (Names, BTreeMap<Atom, Names>) {
    let mut names = Names::new();
    let mut places: BTreeMap<Atom, Names> = BTreeMap::new();
    for document in &layout.documents {
        let name = format!("{}{}", document.category, document.suffix);
        for atom in expand(document.statements.iter().map(|it| &***it)) {
            places.entry(atom).or_default().insert(name.clone());
        }
        names.insert(name);
    }
    (names, places)
}

/// What was and is granted or denied, but not for a while on the way. A statement that has grown too
/// large for any document is the exception: its pieces have documents of their own.
fn interrupted(before: &Layout, after: &Layout) -> Option<Atom> {
    let (old, before) = places(before);
    let (new, after) = places(after);
    let is_newly_divided = |is: &Names| is.iter().all(|name| name.contains("-p") && !old.contains(name));
    let is_safe = |was: &Names, is: &Names| {
        was.intersection(is).next().is_some() || !was.is_subset(&new) || is_newly_divided(is)
    };
    before.into_iter().find(|(atom, was)| after.get(atom).is_some_and(|is| !is_safe(was, is))).map(|it| it.0)
}

fn edited(case: &Case, edit: &Edit) -> Option<(Layout, Layout)> {
    let mut after = case.clone();
    edit.apply(&mut after.statements);
    Some((case.pack().ok()?, after.pack().ok()?))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_statement_moves_between_living_documents(case in case(), edit in edit()) {
        // An edit can change a statement's category, and merging across categories changes others'.
        let case = Case { budget: crate::pack::Budget { by_category: false, ..case.budget }, ..case };
        if let Some((before, after)) = edited(&case, &edit) {
            prop_assert_eq!(interrupted(&before, &after), None, "{:?} {:?}", before, after);
        }
    }

    #[test]
    fn categories_keep_to_themselves(case in case(), edit in edit()) {
        let case = Case { budget: crate::pack::Budget { by_category: true, documents: 1000 }, ..case };
        let Some((before, after)) = edited(&case, &edit) else { return Ok(()) };
        prop_assert_eq!((before.rung, after.rung), (Rung::Stable, Rung::Stable));
        if !matches!(edit, Edit::Replace(..)) {
            prop_assert_eq!(interrupted(&before, &after), None);
        }
    }

    #[test]
    fn a_roomy_edit_touches_one_document(case in case(), edit in edit()) {
        let mut case = Case { budget: crate::pack::Budget { by_category: false, documents: 1000 }, ..case };
        case.settings.limits.managed_policy_characters.value = 4000;
        let Some((before, after)) = edited(&case, &edit) else { return Ok(()) };
        let same = |new: &&crate::pack::Document| {
            before.documents.iter().any(|old| old.suffix == new.suffix && old.statements == new.statements)
        };
        let changed = after.documents.iter().filter(|new| !same(new)).count();
        let added = after.documents.len().saturating_sub(before.documents.len());
        prop_assert!(changed <= 1 + added + usize::from(added > 0), "{} of {:?}", changed, after);
    }
}
