//! Which resources of a statement its actions work on.

use std::collections::{BTreeMap, BTreeSet};

use iamc_catalog::{Action, Service};
use iamc_model::Diagnostic;

use super::types::{Judged, Types, fits};
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
pub(super) fn check(written: &Written<'_>, resources: &[Judged<'_>], types: &Types) -> Vec<Diagnostic> {
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
    /// Service → type → places of resources.
    by_type: BTreeMap<&'t str, BTreeMap<&'t str, BTreeSet<usize>>>,
    /// How many resources there are.
    count: usize,
    /// The resources that cover whole services.
    whole: BTreeSet<usize>,
}

impl<'t> Fit<'t> {
    fn of(resources: &[Judged<'_>], types: &'t Types) -> Self {
        let mut fit = Self { by_type: BTreeMap::new(), count: resources.len(), whole: BTreeSet::new() };
        for (place, resource) in resources.iter().enumerate() {
            let Some(arn) = &resource.arn else { continue };
            fit.whole.extend(arn.is_whole_service().then_some(place));
            for service in types.services() {
                let kinds = fit.by_type.entry(&service.prefix).or_default();
                for kind in service.resources.iter().filter(|kind| fits(kind, arn, resource.wide())) {
                    kinds.entry(&kind.name).or_default().insert(place);
                }
            }
        }
        fit
    }

    fn reach(&self, action: &WrittenAction<'_>) -> Reach {
        let Some(service) = action.service.as_deref().filter(|_| action.is_known()) else {
            return Reach::Unknown;
        };
        match action.actions().any(|action| self.reaches(action, service)) {
            true => Reach::Resources,
            false if action.actions().any(|action| !action.resources.is_empty()) => Reach::Nothing,
            false => Reach::Star,
        }
    }

    fn reaches(&self, action: &Action, service: &Service) -> bool {
        match action.resources.is_empty() {
            true => !self.whole.is_empty(),
            false => action.resources.iter().any(|kind| self.of_type(&kind.name, service).next().is_some()),
        }
    }

    /// The resources that some action works on.
    fn used(&self, written: &Written<'_>) -> BTreeSet<usize> {
        let mut types: BTreeMap<(&str, &str), &Service> = BTreeMap::new();
        let mut used = BTreeSet::new();
        for action in &written.actions {
            let Some(service) = action.service.as_deref() else { continue };
            for action in action.actions() {
                let named =
                    action.resources.iter().map(|kind| ((service.prefix.as_str(), &*kind.name), service));
                types.extend(named);
                used.extend(self.whole.iter().filter(|_| action.resources.is_empty()));
            }
        }
        used.extend(types.into_iter().flat_map(|((_, name), service)| self.of_type(name, service)));
        used
    }

    /// The resources that can be of a type; all, where the catalogue does not say what its ARNs are.
    fn of_type(&self, name: &str, service: &Service) -> impl Iterator<Item = usize> {
        let is_unknown = service.resource_types(name).is_empty();
        let known = self.by_type.get(service.prefix.as_str()).and_then(|types| types.get(name));
        let all = 0..if is_unknown { self.count } else { 0 };
        known.into_iter().flatten().copied().chain(all)
    }
}
