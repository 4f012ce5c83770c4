//! Which resources of a statement its actions work on.

use std::collections::BTreeSet;

use iamc_catalog::{Action, Service};
use iamc_model::Diagnostic;

use super::types::{Judged, Types};
use super::{action_fits, needs_star, resource_fits};
use crate::written::{Written, WrittenAction};

/// What an action of a statement works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Some of the resources.
    Resources,
    /// None of them.
    Nothing,
    /// None of them, as it takes no resource but `*`.
    Star,
    /// AWS has no such action, or the pattern stands for several services.
    Unknown,
}

/// `action-fits-no-resource`, `action-needs-star` and `resource-fits-no-action`. A statement on `*`, or
/// on all but some resources, is not asked after; nor is one whose ARNs are wrong themselves.
pub(super) fn check(written: &Written<'_>, resources: &[Judged<'_>], types: &Types<'_>) -> Vec<Diagnostic> {
    if !written.is_positive() || written.is_on_everything() {
        return vec![];
    }
    let fit = Fit::of(resources, types);
    let reached: Vec<(&WrittenAction<'_>, Reach)> =
        written.actions.iter().map(|action| (action, fit.reach(action))).collect();
    let mut found = action_fits::check(&reached, written);
    found.extend(needs_star::check(&reached, written));
    found.extend(resource_fits::check(&reached, &fit.used(written), written));
    found
}

/// The resources of a statement by the resource types that they can be of.
struct Fit<'t> {
    /// The types of the resources, each with its service and the place of the resource.
    types: Vec<(&'t Service, &'t str, usize)>,
    /// How many resources there are.
    count: usize,
    /// The resources that cover whole services.
    whole: Vec<usize>,
}

impl<'t> Fit<'t> {
    fn of(resources: &[Judged<'_>], types: &Types<'t>) -> Self {
        let services = types.services();
        let (mut types, mut whole) = (Vec::new(), Vec::new());
        for (place, resource) in resources.iter().enumerate() {
            types.extend(resource.types.iter().map(|&(at, kind)| {
                let kind = &services[at].resources[kind];
                (services[at], kind.name.as_str(), place)
            }));
            whole.extend(resource.arn().filter(|arn| arn.is_whole_service()).map(|_| place));
        }
        Self { types, count: resources.len(), whole }
    }

    fn reach(&self, action: &WrittenAction<'_>) -> Reach {
        let Some(service) = action.service.filter(|_| action.is_known()) else {
            return Reach::Unknown;
        };
        match action.actions().any(|action| self.reaches(action, service)) {
            true => Reach::Resources,
            false if action.actions().any(|action| !action.resources().is_empty()) => Reach::Nothing,
            false => Reach::Star,
        }
    }

    fn reaches(&self, action: &Action, service: &Service) -> bool {
        match action.resources().is_empty() {
            true => !self.whole.is_empty(),
            false => action.resources().iter().any(|kind| self.of_type(&kind.name, service).next().is_some()),
        }
    }

    /// The resources that some action works on.
    fn used(&self, written: &Written<'_>) -> BTreeSet<usize> {
        let (mut used, mut asked) = (BTreeSet::new(), BTreeSet::new());
        let known = written.actions.iter().filter_map(|action| Some((action, action.service?)));
        let covered =
            known.flat_map(|(written, service)| written.actions().map(move |action| (action, service)));
        for (action, service) in covered {
            if used.len() == self.count {
                break;
            }
            used.extend(self.whole.iter().filter(|_| action.resources().is_empty()));
            let kinds = action.resources().iter().map(|kind| kind.name.as_str());
            let new = kinds.filter(|kind| asked.insert((service.prefix.as_str(), *kind)));
            used.extend(new.flat_map(|kind| self.of_type(kind, service)));
        }
        used
    }

    /// The resources that can be of a type; all, where the catalogue does not say what its ARNs are.
    fn of_type(&self, name: &str, service: &Service) -> impl Iterator<Item = usize> {
        let is_it = move |kind: &&(&Service, &str, usize)| kind.1 == name && kind.0.prefix == service.prefix;
        let mut named = self.types.iter().filter(is_it).map(|&(.., place)| place).peekable();
        let is_unknown = named.peek().is_none() && service.resource_types(name).is_empty();
        named.chain(0..if is_unknown { self.count } else { 0 })
    }
}
