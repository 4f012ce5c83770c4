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
    /// Its fields, with all that they may stand for; none where it has not six.
    pub(super) shown: Option<Shown<'w>>,
    /// The resource types that it can be of: the place of their service among the statement's, and theirs
    /// in the service.
    pub(super) types: Vec<(usize, usize)>,
}

impl<'w> Judged<'w> {
    /// A resource of a statement on these services.
    pub(super) fn of(word: &'w Word, types: &Types<'_>) -> Self {
        let shown = Arn::of(&word.value).map(Shown::wide);
        let services = || types.services.iter().enumerate();
        let fitting = shown.iter().flat_map(|shown| {
            services().flat_map(move |(at, service)| shown.fitting(service).map(move |kind| (at, kind)))
        });
        let types = fitting.collect();
        Self { word, shown, types }
    }

    /// Its fields.
    pub(super) fn arn(&self) -> Option<&Arn<'w>> {
        self.shown.as_ref().map(|shown| &shown.arn)
    }
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
        services.dedup_by(|a, b| std::ptr::eq(*a, *b));
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
        let is_of_own = |shown: &Shown<'_>| shown.is_of_own_service(catalog);
        !resource.types.is_empty() || resource.shown.as_ref().is_some_and(is_of_own)
    }

    /// The same of an ARN.
    pub(super) fn have_arn(&self, shown: &Shown<'_>, catalog: &Catalog) -> bool {
        self.services.iter().any(|service| shown.is_of(service)) || shown.is_of_own_service(catalog)
    }
}

/// An ARN as the catalogue wants it, to be held against many resource types.
pub(super) struct Shown<'a> {
    pub(super) arn: Arn<'a>,
    /// What its resource begins with, before a wildcard or a variable.
    start: &'a str,
    shapes: Vec<ResourcePattern>,
}

impl<'a> Shown<'a> {
    /// In its shapes. Wildcards before its resource stand for something or for nothing there, but for no
    /// colon.
    pub(super) fn of(arn: Arn<'a>) -> Self {
        Self::in_shapes(arn, &texts(&arn))
    }

    /// With all that it may stand for: AWS leaves open whether a wildcard reaches over a colon.
    fn wide(arn: Arn<'a>) -> Self {
        if arn.is_literal() && !is_without_account(&arn) {
            return Self::in_shapes(arn, &[arn.text()]);
        }
        let mut texts = texts(&arn);
        let whole = arn.text().replace(HOLE, FILLED_LATER);
        texts.extend((!texts.contains(&whole)).then_some(whole));
        Self::in_shapes(arn, &texts)
    }

    fn in_shapes(arn: Arn<'a>, texts: &[String]) -> Self {
        let shapes = texts.iter().map(|text| text.as_str().into()).collect();
        Self { arn, start: literal_start(arn.resource), shapes }
    }

    /// Whether it is of a resource type. Most are not by what they begin with, which is soon seen.
    pub(super) fn fits(&self, kind: &ResourceType) -> bool {
        is_of_service(kind, &self.arn)
            && begin_alike(kind.resource_start(), self.start)
            && self.shapes.iter().any(|shape| kind.fits_pattern(shape))
    }

    /// Where in the resource types of a service those are that it is of.
    fn fitting(&self, service: &Service) -> impl Iterator<Item = usize> {
        let types = service.resources.iter().enumerate();
        types.filter(|(_, kind)| self.fits(kind)).map(|(at, _)| at)
    }

    fn is_of(&self, service: &Service) -> bool {
        service.resources.iter().any(|kind| self.fits(kind))
    }

    fn is_of_own_service(&self, catalog: &Catalog) -> bool {
        catalog.service(self.arn.service).is_some_and(|service| self.is_of(service))
    }
}

fn texts(arn: &Arn<'_>) -> Vec<String> {
    let resource = &arn.resource.replace(HOLE, FILLED_LATER);
    let partition = if is_open(arn.partition) { FILLED } else { arn.partition };
    let accounts = match is_without_account(arn) {
        true => vec!["", FILLED],
        false => fillings(arn.account),
    };
    let places = fillings(arn.region)
        .into_iter()
        .flat_map(|region| accounts.iter().map(move |account| (region, *account)));
    let filled = places.map(|(region, account)| Arn { partition, region, account, resource, ..*arn });
    filled.map(|arn| arn.text()).collect()
}

fn is_without_account(arn: &Arn<'_>) -> bool {
    arn.account.is_empty() && WITHOUT_ACCOUNT.contains(&arn.service)
}

/// How the catalogue wants a placeholder that a principal fills.
const FILLED_LATER: &str = "{…}";

/// What stands for anything in a field.
pub(super) const FILLED: &str = "x";

fn fillings(field: &str) -> Vec<&str> {
    if is_open(field) { vec![FILLED, ""] } else { vec![field] }
}

fn is_of_service(kind: &ResourceType, arn: &Arn<'_>) -> bool {
    let shape = kind.arn.strip_prefix("arn:${Partition}:").unwrap_or("${");
    let rest = shape.strip_prefix(arn.service);
    rest.is_some_and(|rest| rest.starts_with(':')) || shape.starts_with("${") || is_open(arn.service)
}

fn begin_alike(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}
