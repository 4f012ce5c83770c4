//! The resource types that a statement can speak of.

use std::sync::Arc;

use iamc_catalog::{Catalog, ResourceType, Service};

use crate::arn::{Arn, is_open, literal_start};
use crate::written::Written;

/// The services of a statement's actions.
pub(crate) struct Types {
    services: Vec<Arc<Service>>,
}

impl Types {
    /// Those of a statement.
    pub(crate) fn of(written: &Written<'_>) -> Self {
        let mut services: Vec<Arc<Service>> =
            written.actions.iter().filter_map(|action| action.service.clone()).collect();
        services.sort_by(|a, b| a.prefix.cmp(&b.prefix));
        services.dedup_by(|a, b| a.prefix == b.prefix);
        Self { services }
    }

    /// Each once, sorted.
    pub(crate) fn services(&self) -> &[Arc<Service>] {
        &self.services
    }

    /// Whether an ARN is of a resource type of these services, or of the one that it names.
    pub(crate) fn have(&self, arn: &Arn<'_>, catalog: &Catalog) -> bool {
        let of_arn = || catalog.service(arn.service).is_some_and(|service| has(&service, arn));
        self.services.iter().any(|service| has(service, arn)) || of_arn()
    }
}

/// Whether an ARN is of a resource type of a service.
pub(crate) fn has(service: &Service, arn: &Arn<'_>) -> bool {
    let shown = arn.to_string().replace(crate::written::HOLE, "{…}");
    service.resources.iter().any(|kind| fits(kind, arn, &shown))
}

/// Whether an ARN, shown as the catalogue wants it, is of a resource type. Most are not by what they
/// begin with, which is soon seen.
pub(crate) fn fits(kind: &ResourceType, arn: &Arn<'_>, shown: &str) -> bool {
    is_of_service(kind, arn) && begins_alike(kind, arn) && kind.fits(shown)
}

fn is_of_service(kind: &ResourceType, arn: &Arn<'_>) -> bool {
    let shape = kind.arn.strip_prefix("arn:${Partition}:").unwrap_or("${");
    let rest = shape.strip_prefix(arn.service);
    is_open(arn.service) || shape.starts_with("${") || rest.is_some_and(|rest| rest.starts_with(':'))
}

fn begins_alike(kind: &ResourceType, arn: &Arn<'_>) -> bool {
    let Some(shape) = Arn::of(&kind.arn) else { return true };
    let (wanted, got) = (literal_start(shape.resource), literal_start(arn.resource));
    wanted.starts_with(got) || got.starts_with(wanted)
}
