//! Actions that work on none of the statement's resources.

use iamc_catalog::{ResourceType, Service};
use iamc_model::{Diagnostic, codes};

use super::fit::Reach;
use super::kind::shape;
use super::types::Shown;
use crate::arn::Arn;
use crate::words;
use crate::written::{Written, WrittenAction};

/// `action-fits-no-resource` at each action that works on resources, but on none of these.
pub(super) fn check(reached: &[(&WrittenAction<'_>, Reach)], written: &Written<'_>) -> Vec<Diagnostic> {
    let idle = reached.iter().filter(|(_, reach)| *reach == Reach::Nothing);
    idle.filter_map(|(action, _)| report(action, written)).collect()
}

fn report(action: &WrittenAction<'_>, written: &Written<'_>) -> Option<Diagnostic> {
    let service = action.service?;
    let types = types_of(action, service);
    let message = format!("`{}` works on none of these resources: it {}", action.word, written.in_vain());
    let mut names: Vec<&str> = types.iter().map(|kind| kind.name.as_str()).collect();
    names.dedup();
    let label = format!("works on {}", words::first_few(&names));
    let report = Diagnostic::new(&codes::ACTION_FITS_NO_RESOURCE, message, action.span, label);
    Some(report.help(help(&types, written)))
}

/// The types that the actions work on, each once.
fn types_of<'s>(action: &WrittenAction<'_>, service: &'s Service) -> Vec<&'s ResourceType> {
    let mut names: Vec<&str> =
        action.actions().flat_map(|action| action.resources()).map(|kind| &*kind.name).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().flat_map(|name| service.resource_types(name)).collect()
}

fn help(types: &[&ResourceType], written: &Written<'_>) -> String {
    let texts: Vec<String> = written.policy.resources.items.iter().map(ToString::to_string).collect();
    let near = texts.iter().flat_map(|text| neighbours(text));
    let meant = near.into_iter().find(|near| Arn::of(near).is_some_and(|arn| is_of_one(types, &arn)));
    match (meant, types) {
        (Some(meant), _) => format!("add the resource `{meant}`, or remove the action"),
        (None, [first, ..]) => {
            format!("add a resource such as `{}`, or remove the action", shape(&first.arn))
        }
        (None, []) => "remove the action".to_owned(),
    }
}

fn is_of_one(types: &[&ResourceType], arn: &Arn<'_>) -> bool {
    let shown = Shown::of(*arn);
    types.iter().any(|kind| shown.fits(kind))
}

/// The ARNs of what a resource lies in, the nearest first, and of what lies in it: a bucket and its
/// objects.
fn neighbours(text: &str) -> Vec<String> {
    let Some(arn) = Arn::of(text) else { return vec![] };
    let ends = arn.resource.rmatch_indices('/').map(|(end, _)| end);
    let around = ends.map(|end| Arn { resource: &arn.resource[..end], ..arn }.text());
    let within = (!arn.resource.ends_with('*')).then(|| format!("{text}/*"));
    around.chain(within).collect()
}
