//! The smallest part of a case that still has the same fault.

use iamc_catalog::DocumentStatement;

use crate::case::Case;

/// Leaves out whatever can be left out while `holds`, large parts first.
pub(crate) fn shrink(mut case: Case, mut holds: impl FnMut(&Case) -> bool) -> Case {
    loop {
        let found = smaller(&case).find(&mut holds);
        match found {
            Some(smaller) => case = smaller,
            None => return case,
        }
    }
}

fn smaller(case: &Case) -> impl Iterator<Item = Case> {
    let fewer_statements = parts(&case.statements).map(|statements| Case { statements, ..case.clone() });
    let smaller_statements = (0..case.statements.len()).flat_map(move |at| {
        smaller_statements(&case.statements[at]).into_iter().map(move |statement| {
            let mut with = case.clone();
            with.statements[at] = statement;
            with
        })
    });
    let less_context = case.context.keys().map(|key| {
        let mut without = case.clone();
        without.context.remove(key);
        without
    });
    fewer_statements.chain(smaller_statements).chain(less_context)
}

fn smaller_statements(statement: &DocumentStatement) -> Vec<DocumentStatement> {
    let mut all = Vec::new();
    let mut push = |change: &dyn Fn(&mut DocumentStatement)| {
        let mut smaller = statement.clone();
        change(&mut smaller);
        all.push(smaller);
    };
    parts(&statement.actions.patterns)
        .for_each(|some| push(&|smaller| smaller.actions.patterns = some.clone()));
    parts(&statement.resources.patterns)
        .for_each(|some| push(&|smaller| smaller.resources.patterns = some.clone()));
    for (operator, keys) in &statement.conditions {
        for (key, values) in keys {
            push(&|smaller| {
                smaller.conditions.entry(*operator).or_default().remove(key);
                smaller.conditions.retain(|_, keys| !keys.is_empty());
            });
            parts(values).for_each(|some| {
                push(&|smaller| {
                    smaller.conditions.entry(*operator).or_default().insert(key.clone(), some.clone());
                });
            });
        }
    }
    all
}

/// The list without some of its items, but not without all: without half of them, a quarter …, one.
fn parts<T: Clone>(items: &[T]) -> impl Iterator<Item = Vec<T>> {
    let sizes =
        std::iter::successors(Some(items.len() / 2), |size| Some(size / 2)).take_while(|&size| size > 0);
    let cuts = sizes.flat_map(|size| (0..items.len()).step_by(size).map(move |at| at..at + size));
    cuts.map(|cut| {
        let kept = items.iter().enumerate().filter(|(at, _)| !cut.contains(at));
        kept.map(|(_, item)| item.clone()).collect()
    })
}
