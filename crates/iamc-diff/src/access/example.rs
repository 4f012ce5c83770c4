//! Examples as somebody could make them: actions on resources that they work on.

use iamc_access::exact::Witness;
use iamc_catalog::Catalog;
use iamc_model::grants::Patterns;

/// Requests that are like an example, of actions that AWS has, that all of the lists name and that work on
/// its resource; none where its own does.
pub(super) fn likelier(witness: &Witness, actions: &[&Patterns], catalog: &Catalog) -> Vec<Witness> {
    let likelier = iamc_effective::likelier(&witness.action, &witness.resource, actions, catalog);
    let like = |action| Witness { action, is_known_action: true, ..witness.clone() };
    likelier.into_iter().map(like).collect()
}
