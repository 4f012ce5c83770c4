//! Examples as somebody could make them: actions on resources that they work on.

use iamc_access::exact::Witness;
use iamc_catalog::{Action, Catalog, Service};
use iamc_model::grants::Patterns;

/// At most so many actions are tried.
const MOST: usize = 8;

/// Requests that are like an example, of actions that AWS has, that all of the lists name and that work on
/// its resource; none where its own does.
pub(super) fn likelier(witness: &Witness, actions: &[&Patterns], catalog: &Catalog) -> Vec<Witness> {
    let Some((prefix, name)) = witness.action.split_once(':') else { return vec![] };
    let Some(service) = catalog.service(prefix) else { return vec![] };
    let works = |action: &Action| works_on(action, &witness.resource, &service);
    if service.action(name).is_some_and(works) {
        return vec![];
    }
    let is_named = |action: &Action| {
        let full = format!("{prefix}:{}", action.name);
        let names =
            |list: &Patterns| list.patterns.iter().any(|it| iamc_catalog::covers(it, &full)) != list.negated;
        actions.iter().all(|list| names(list))
    };
    let fitting = service.actions.iter().filter(|action| works(action) && is_named(action));
    let like = |action: &Action| Witness {
        action: format!("{}:{}", service.prefix, action.name),
        is_known_action: true,
        ..witness.clone()
    };
    fitting.take(MOST).map(like).collect()
}

fn works_on(action: &Action, resource: &str, service: &Service) -> bool {
    let types = action.resources.iter().flat_map(|kind| service.resource_types(&kind.name));
    types.into_iter().any(|kind| kind.fits(resource)) || (action.resources.is_empty() && resource == "*")
}
