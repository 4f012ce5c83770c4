//! Sets of values, for keys that have several.

use std::collections::BTreeSet;

use iamc_model::condition::SetOperator;

use super::{Atom, Domain, MOST_CLASSES};
use crate::exact::budget::Budget;
use crate::tri::Tri;

/// So many truths are united in the time of a step.
const UNIONS: usize = 16;

/// Adds what sets of several values can make of the conditions; false where there are too many.
///
/// Whether a condition holds for a set follows from whether it holds for its members: for all of them,
/// or for one of them.
pub(super) fn unite(
    domain: &mut Domain,
    atoms: &[Atom<'_>],
    seen: &mut BTreeSet<Vec<Tri>>,
    budget: &Budget<'_>,
) -> bool {
    let singles: Vec<usize> = (0..domain.values.len()).filter(|&at| domain.values[at].is_some()).collect();
    let mut next = 0;
    while next < domain.values.len() {
        if !budget.spend(1 + singles.len() * atoms.len() / UNIONS) {
            return false;
        }
        for &single in &singles {
            let truths = united(atoms, &domain.truths[next], &domain.truths[single]);
            let Some(values) = domain.values[next].as_ref().filter(|_| !seen.contains(&truths)) else {
                continue;
            };
            let mut values = values.clone();
            values.extend(domain.values[single].iter().flatten().cloned());
            domain.values.push(Some(values));
            domain.truths.push(truths.clone());
            seen.insert(truths);
        }
        if domain.values.len() > MOST_CLASSES {
            return false;
        }
        next += 1;
    }
    true
}

fn united(atoms: &[Atom<'_>], a: &[Tri], b: &[Tri]) -> Vec<Tri> {
    let pairs = atoms.iter().zip(a.iter().zip(b));
    pairs.map(|(atom, (&a, &b))| if is_of_all(atom) { a.min(b) } else { a.max(b) }).collect()
}

fn is_of_all(atom: &Atom<'_>) -> bool {
    match atom.operator.set {
        Some(SetOperator::ForAllValues) => true,
        Some(SetOperator::ForAnyValue) => false,
        None => atom.operator.base.is_negated(),
    }
}
