//! The first thing that is wrong with an ARN.

use iamc_catalog::{Catalog, Partition, ResourceType, covers};

use super::types::{FILLED, Judged, Shown, Types};
use crate::arn::{Arn, count_fields, is_filled_later, is_open};
use crate::pattern::has_wildcard;

/// What is wrong with an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault<'a> {
    /// A blank at its end.
    Blank,
    /// It has so many of its six fields.
    Fields(usize),
    /// A partition that AWS does not have, or that is not the project's.
    Partition(&'a str),
    /// A region that the partition does not have.
    Region(&'a str),
    /// An account that has not 12 digits.
    Account(&'a str),
    /// A region or account where there is none, or none where there is one.
    Place { region: Option<Place>, account: Option<Place> },
    /// A service that AWS does not have.
    Service(&'a str),
    /// No resource type of the service has such ARNs.
    Kind(&'a str),
}

/// What is wrong with a field that says where a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It has to be empty.
    Superfluous,
    /// It must not be empty.
    Missing,
}

/// What stands in place of an account's digits in the ARNs of what AWS or its resellers own.
const OWNERS: &[&str] = &["aws", "aws-managed", "aws-marketplace", "amazon", "cloudfront"];

/// Resources that no resource type is made for: their service, and what they begin with.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html>
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html>
const WITHOUT_TYPE: &[(&str, &str)] = &[("cloudformation", "transform/"), ("iam", "root")];

/// The first fault of a resource other than `*`.
pub(super) fn of<'a>(
    resource: &Judged<'a>,
    partition: &str,
    types: &Types<'_>,
    catalog: &Catalog,
) -> Option<Fault<'a>> {
    let text = resource.word.value.as_str();
    if text.trim_end() != text {
        return Some(Fault::Blank);
    }
    let Some(&arn) = resource.arn() else { return Some(Fault::Fields(count_fields(text))) };
    let known = catalog.partitions().iter().find(|known| known.name == partition);
    in_partition(&arn, partition)
        .or_else(|| in_region(&arn, known?))
        .or_else(|| in_account(&arn))
        .or_else(|| in_type(&arn, resource, types, catalog))
}

fn in_partition<'a>(arn: &Arn<'a>, partition: &str) -> Option<Fault<'a>> {
    let is_meant = is_filled_later(arn.partition) || matching(arn.partition)(partition);
    (!is_meant).then_some(Fault::Partition(arn.partition))
}

fn in_region<'a>(arn: &Arn<'a>, partition: &Partition) -> Option<Fault<'a>> {
    let is_meant = arn.region.is_empty() || is_filled_later(arn.region);
    let exists = || {
        let is_it = matching(arn.region);
        partition.regions.iter().any(|region| is_it(region))
    };
    (!is_meant && !exists()).then_some(Fault::Region(arn.region))
}

fn in_account<'a>(arn: &Arn<'a>) -> Option<Fault<'a>> {
    let account = arn.account;
    let is_id = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    let is_meant = account.is_empty() || is_open(account) || is_id || OWNERS.contains(&account);
    (!is_meant).then_some(Fault::Account(account))
}

/// Whether a field, a pattern perhaps, stands for one name or another; case counts.
fn matching(field: &str) -> impl Fn(&str) -> bool {
    let is_pattern = has_wildcard(field);
    move |name| if is_pattern { covers(field, name) } else { field == name }
}

fn in_type<'a>(
    arn: &Arn<'a>,
    resource: &Judged<'a>,
    types: &Types<'_>,
    catalog: &Catalog,
) -> Option<Fault<'a>> {
    let is_without_type = || {
        let stands_for =
            |(service, start): &(&str, &str)| arn.service == *service && arn.resource.starts_with(start);
        WITHOUT_TYPE.iter().any(stands_for)
    };
    if is_open(arn.service) || types.have(resource, catalog) || is_without_type() {
        return None;
    }
    if let Some(place) = misplaced(arn, types, catalog) {
        return Some(place);
    }
    match catalog.service(arn.service) {
        Some(service) if service.prefix != arn.service => Some(Fault::Service(arn.service)),
        Some(service) => (!service.resources.is_empty()).then_some(Fault::Kind(arn.service)),
        None => (!is_elsewhere(arn, catalog)).then_some(Fault::Service(arn.service)),
    }
}

/// Whether the ARN is of a type once its region, its account or both are put right.
fn misplaced(arn: &Arn<'_>, types: &Types<'_>, catalog: &Catalog) -> Option<Fault<'static>> {
    let (region, account) = (other(arn.region), other(arn.account));
    let mended = [
        (Arn { region: region.0, ..*arn }, Some(region.1), None),
        (Arn { account: account.0, ..*arn }, None, Some(account.1)),
        (Arn { region: region.0, account: account.0, ..*arn }, Some(region.1), Some(account.1)),
    ];
    let found = mended.into_iter().find(|(mended, ..)| types.have_arn(&Shown::of(*mended), catalog));
    found.map(|(_, region, account)| Fault::Place { region, account })
}

/// A field emptied, or filled with anything where it was empty; and what was wrong if that is right.
fn other(field: &str) -> (&'static str, Place) {
    if field.is_empty() { (FILLED, Place::Missing) } else { ("", Place::Superfluous) }
}

/// Whether a service of another name has such ARNs. It is asked last, as it reads the whole catalogue.
fn is_elsewhere(arn: &Arn<'_>, catalog: &Catalog) -> bool {
    let names_service =
        |kind: &ResourceType| Arn::of(&kind.arn).is_some_and(|kind| kind.service == arn.service);
    catalog.services_matching("*").any(|service| service.resources.iter().any(names_service))
}
