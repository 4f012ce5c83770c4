//! ARNs of nothing that AWS has.

use iamc_catalog::{Catalog, ResourceType, Service};
use iamc_model::{Diagnostic, codes, name};

use super::types::Types;
use crate::arn::{Arn, literal_start};
use crate::words;
use crate::written::{Word, Written};

/// `unknown-resource-type` at an ARN of a service that AWS does not have.
pub(super) fn no_service(
    resource: &Word,
    service: &str,
    written: &Written<'_>,
    catalog: &Catalog,
) -> Diagnostic {
    let message = format!("AWS has no service `{service}` in ARNs: this one {}", written.on_nothing());
    let lower = service.to_ascii_lowercase();
    let help = match catalog.nearest_services(&lower).as_slice() {
        [] => "write the service as it stands in the ARN of such a resource".to_owned(),
        [first, ..] if *first == lower => format!("write `{lower}`: in ARNs case counts"),
        nearest => format!("the nearest are {}", words::or(nearest)),
    };
    Diagnostic::new(&codes::UNKNOWN_RESOURCE_TYPE, message, resource.span, "no such service").help(help)
}

/// `unknown-resource-type` at an ARN that no resource type of its service has.
pub(super) fn no_type(resource: &Word, service: &str, written: &Written<'_>) -> Diagnostic {
    let message = format!("no resource type of `{service}` has such ARNs: this one {}", written.on_nothing());
    let shown = resource.shown();
    let help = Arn::of(&shown).map(|arn| nearest(&arn, service, written)).unwrap_or_default();
    Diagnostic::new(&codes::UNKNOWN_RESOURCE_TYPE, message, resource.span, "of no resource type").help(help)
}

/// The shapes that are nearest by the word that the resource begins with.
fn nearest(arn: &Arn<'_>, prefix: &str, written: &Written<'_>) -> String {
    let types = Types::of(written);
    let services = types.services().iter();
    let kinds: Vec<&ResourceType> = services.flat_map(|service| of_service(service, prefix)).collect();
    let starts: Vec<&str> = kinds.iter().map(|kind| first_word(kind)).collect();
    let word = literal_start(arn.resource).split(['/', ':']).next().unwrap_or_default();
    let near = name::nearest(word, starts.iter().copied());
    let is_near = |kind: &&&ResourceType| near.is_some_and(|near| first_word(kind) == near);
    let meant: Vec<&&ResourceType> = kinds.iter().filter(is_near).collect();
    let listed: Vec<String> =
        if meant.is_empty() { shapes(kinds.iter().copied()) } else { shapes(meant.into_iter().copied()) };
    match listed.as_slice() {
        [] => "write `*`, or the ARN as AWS's reference has it".to_owned(),
        listed => format!("ARNs of `{prefix}` are such as {}", words::or(listed)),
    }
}

fn of_service<'a>(service: &'a Service, prefix: &str) -> impl Iterator<Item = &'a ResourceType> {
    let is_of = move |kind: &&ResourceType| Arn::of(&kind.arn).is_some_and(|arn| arn.service == prefix);
    service.resources.iter().filter(is_of)
}

fn first_word(kind: &ResourceType) -> &str {
    let resource = Arn::of(&kind.arn).map_or("", |arn| arn.resource);
    literal_start(resource).split(['/', ':']).next().unwrap_or_default()
}

fn shapes<'a>(kinds: impl Iterator<Item = &'a ResourceType>) -> Vec<String> {
    kinds.take(3).map(|kind| shape(&kind.arn)).collect()
}

/// The ARN of a type as a policy of a project writes it: `arn:{partition}:s3:::BucketName`.
pub(super) fn shape(arn: &str) -> String {
    let mut parts = arn.split("${");
    let start = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| part.split_once('}')).fold(start, |shape, (name, rest)| {
        let filled = match name {
            "Partition" => "{partition}",
            "Account" => "{account}",
            "Region" => "*",
            name => name,
        };
        shape + filled + rest
    })
}
