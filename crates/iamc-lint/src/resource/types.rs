//! The resource types that a statement can speak of.

use iamc_catalog::{Catalog, ResourcePattern, ResourceType, Service};

use crate::arn::{Arn, is_open, literal_start};
use crate::written::{HOLE, Word, Written};

/// Services of which AWS owns some resources, whose ARNs name no account: the public parameters and
/// documents of Systems Manager, and managed views.
///
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html>
const WITHOUT_ACCOUNT: &[&str] = &["resource-explorer-2", "ssm"];

/// A resource of a statement, cut up once for all rules.
pub(super) struct Judged<'w> {
    /// As it is written.
    pub(super) word: &'w Word,
    /// Its fields; none where it has not six.
    pub(super) arn: Option<Arn<'w>>,
    /// Its [`wide`] shapes; none where it is no ARN.
    shapes: Vec<ResourcePattern>,
    /// For each of the statement's services where in its resource types those are that it can be of.
    pub(super) types: Vec<Vec<usize>>,
}

impl<'w> Judged<'w> {
    /// A resource of a statement on these services.
    pub(super) fn of(word: &'w Word, types: &Types<'_>) -> Self {
        let arn = Arn::of(&word.value);
        let shapes = arn.as_ref().map(wide).unwrap_or_default();
        let types = types.services.iter().map(|service| match &arn {
            Some(arn) => fitting(service, arn, &shapes).collect(),
            None => vec![],
        });
        let types = types.collect();
        Self { word, arn, shapes, types }
    }
}

/// Where in the resource types of a service those are that an ARN, in one of these shapes, is of.
fn fitting(service: &Service, arn: &Arn<'_>, shapes: &[ResourcePattern]) -> impl Iterator<Item = usize> {
    let types = service.resources.iter().enumerate();
    types.filter(|(_, kind)| fits(kind, arn, shapes)).map(|(at, _)| at)
}

/// The services of a statement's actions.
pub(super) struct Types<'c> {
    services: Vec<&'c Service>,
}

impl<'c> Types<'c> {
    /// Those of a statement.
    pub(super) fn of(written: &Written<'c>) -> Self {
        let mut services: Vec<&Service> =
            written.actions.iter().filter_map(|action| action.service).collect();
        services.sort_by(|a, b| a.prefix.cmp(&b.prefix));
        services.dedup_by(|a, b| a.prefix == b.prefix);
        Self { services }
    }

    /// Each once, sorted.
    pub(super) fn services(&self) -> &[&'c Service] {
        &self.services
    }

    /// Whether a resource is of a resource type of these services, or of the one that it names.
    pub(super) fn have(&self, resource: &Judged<'_>, catalog: &Catalog) -> bool {
        let is_of_own = |arn| is_of_own_service(arn, &resource.shapes, catalog);
        resource.types.iter().any(|types| !types.is_empty()) || resource.arn.as_ref().is_some_and(is_of_own)
    }

    /// The same of an ARN in one of these shapes.
    pub(super) fn have_arn(&self, arn: &Arn<'_>, shapes: &[ResourcePattern], catalog: &Catalog) -> bool {
        let has = |service: &&Service| fitting(service, arn, shapes).next().is_some();
        self.services.iter().any(has) || is_of_own_service(arn, shapes, catalog)
    }
}

fn is_of_own_service(arn: &Arn<'_>, shapes: &[ResourcePattern], catalog: &Catalog) -> bool {
    let own = catalog.service(arn.service);
    own.is_some_and(|service| fitting(service, arn, shapes).next().is_some())
}

/// The shapes of an ARN with all that it may stand for: AWS leaves open whether a wildcard reaches over a
/// colon.
fn wide(arn: &Arn<'_>) -> Vec<ResourcePattern> {
    let mut texts = texts(arn);
    let whole = arn.text().replace(HOLE, FILLED_LATER);
    texts.extend((!texts.contains(&whole)).then_some(whole));
    texts.iter().map(|text| text.as_str().into()).collect()
}

/// The shapes of an ARN, as the catalogue wants them. Wildcards before its resource stand for something or
/// for nothing there, but for no colon.
pub(super) fn shown(arn: &Arn<'_>) -> Vec<ResourcePattern> {
    texts(arn).iter().map(|text| text.as_str().into()).collect()
}

fn texts(arn: &Arn<'_>) -> Vec<String> {
    let resource = &arn.resource.replace(HOLE, FILLED_LATER);
    let partition = if is_open(arn.partition) { FILLED } else { arn.partition };
    let accounts = match arn.account.is_empty() && WITHOUT_ACCOUNT.contains(&arn.service) {
        true => vec!["", FILLED],
        false => fillings(arn.account),
    };
    let places = fillings(arn.region)
        .into_iter()
        .flat_map(|region| accounts.iter().map(move |account| (region, *account)));
    let filled = places.map(|(region, account)| Arn { partition, region, account, resource, ..*arn });
    filled.map(|arn| arn.text()).collect()
}

/// How the catalogue wants a placeholder that a principal fills.
const FILLED_LATER: &str = "{…}";

/// What stands for anything in a field.
pub(super) const FILLED: &str = "x";

fn fillings(field: &str) -> Vec<&str> {
    if is_open(field) { vec![FILLED, ""] } else { vec![field] }
}

/// Whether an ARN, in one of the shapes that it is shown in, is of a resource type. Most are not by what
/// they begin with, which is soon seen.
pub(super) fn fits(kind: &ResourceType, arn: &Arn<'_>, shown: &[ResourcePattern]) -> bool {
    is_of_service(kind, arn) && begins_alike(kind, arn) && shown.iter().any(|shown| kind.fits_pattern(shown))
}

fn is_of_service(kind: &ResourceType, arn: &Arn<'_>) -> bool {
    let shape = kind.arn.strip_prefix("arn:${Partition}:").unwrap_or("${");
    let rest = shape.strip_prefix(arn.service);
    is_open(arn.service) || shape.starts_with("${") || rest.is_some_and(|rest| rest.starts_with(':'))
}

fn begins_alike(kind: &ResourceType, arn: &Arn<'_>) -> bool {
    let (wanted, got) = (kind.resource_start(), literal_start(arn.resource));
    wanted.starts_with(got) || got.starts_with(wanted)
}
