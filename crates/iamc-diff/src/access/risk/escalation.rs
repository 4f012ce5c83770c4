//! Combinations of permissions that a principal has only now, and by which it can get more than it is
//! given.

use std::collections::{BTreeMap, BTreeSet};

use iamc_catalog::Catalog;
use iamc_lint::{Combination, Subject, escalations};
use iamc_model::Grants;

use super::names;
use crate::Side;
use crate::difference::{AccessChange, PrincipalChange, Risk};

/// Marks the gains that complete a combination.
pub(in crate::access) fn add_escalations(
    changes: &mut [PrincipalChange],
    base: Side<'_>,
    head: Side<'_>,
    catalog: &Catalog,
) {
    let combinations = Combination::all();
    let has_part = |gain: &AccessChange| combinations.iter().any(|combination| is_part(gain, combination));
    let suspects = changes.iter().filter(|change| change.gains.iter().any(has_part));
    let suspects: BTreeSet<&str> = suspects.map(|change| &*change.name).collect();
    if suspects.is_empty() {
        return;
    }
    let [old, new] = [base, head].map(|side| found(side, &suspects, catalog));
    for change in changes {
        let of =
            |found: &BTreeMap<String, BTreeSet<usize>>| found.get(&*change.name).cloned().unwrap_or_default();
        for at in of(&new).difference(&of(&old)) {
            let completing = change.gains.iter_mut().filter(|gain| is_part(gain, &combinations[*at]));
            completing.for_each(|gain| add(gain, Risk::PrivilegeEscalation));
        }
    }
}

/// The combinations that some principals of a side have, by name.
fn found(side: Side<'_>, among: &BTreeSet<&str>, catalog: &Catalog) -> BTreeMap<String, BTreeSet<usize>> {
    let Grants { statements, principals } = side.built.grants;
    let principals = principals.iter().filter(|grant| among.contains(&*grant.name)).cloned().collect();
    let grants = Grants { statements: statements.clone(), principals };
    let subject = Subject { project: side.project, graph: side.graph, grants: &grants, catalog };
    let found = escalations(&subject).into_iter();
    found.map(|(id, combinations)| (side.graph.principal(id).name.to_string(), combinations)).collect()
}

fn is_part(gain: &AccessChange, combination: &Combination) -> bool {
    combination.permissions.iter().any(|permission| names(&gain.actions, permission))
}

fn add(gain: &mut AccessChange, risk: Risk) {
    gain.risks.push(risk);
    gain.risks.sort_unstable();
    gain.risks.dedup();
}
