//! ARNs of nothing that AWS has.

use iamc_catalog::{Catalog, ResourceType};
use iamc_model::{Diagnostic, codes, name};

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
        [only] => format!("write `{only}`"),
        nearest => format!("the nearest are {}", words::or(nearest)),
    };
    Diagnostic::new(&codes::UNKNOWN_RESOURCE_TYPE, message, resource.span, "no such service").help(help)
}

/// `unknown-resource-type` at an ARN that no resource type of its service has.
pub(super) fn no_type(
    resource: &Word,
    service: &str,
    written: &Written<'_>,
    catalog: &Catalog,
) -> Diagnostic {
    let message = format!("no resource type of `{service}` has such ARNs: this one {}", written.on_nothing());
    let help =
        Arn::of(&resource.value).and_then(|arn| such_as(service, arn.resource, catalog)).unwrap_or_default();
    Diagnostic::new(&codes::UNKNOWN_RESOURCE_TYPE, message, resource.span, "of no resource type").help(help)
}

/// What ARNs of a service look like: the shape that begins nearly as a resource does, or the shortest.
pub(super) fn such_as(service: &str, resource: &str, catalog: &Catalog) -> Option<String> {
    let service = catalog.service(service)?;
    let is_own = |kind: &&ResourceType| Arn::of(&kind.arn).is_some_and(|arn| arn.service == service.prefix);
    let mut kinds: Vec<&ResourceType> = service.resources.iter().filter(is_own).collect();
    kinds.sort_by_key(|kind| kind.arn.len());
    let word = literal_start(resource).split(['/', ':']).next().unwrap_or_default();
    let near = name::nearest(word, kinds.iter().map(|kind| first_word(kind)));
    let meant = near.and_then(|near| kinds.iter().find(|kind| first_word(kind) == near));
    let shown = meant.map_or(kinds.as_slice(), std::slice::from_ref).iter().take(3);
    let shapes: Vec<String> = shown.map(|kind| shape(&kind.arn)).collect();
    (!shapes.is_empty()).then(|| format!("ARNs of `{}` are such as {}", service.prefix, words::or(&shapes)))
}

fn first_word(kind: &ResourceType) -> &str {
    let resource = Arn::of(&kind.arn).map_or("", |arn| arn.resource);
    literal_start(resource).split(['/', ':']).next().unwrap_or_default()
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
