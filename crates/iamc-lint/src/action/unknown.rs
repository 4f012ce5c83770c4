//! Actions that AWS does not have, by name or by pattern.

use iamc_catalog::{Catalog, Service};
use iamc_model::{Diagnostic, codes};

use super::meant;
use crate::words;
use crate::written::{Written, WrittenAction};

/// `unknown-action` and `pattern-matches-nothing`. What has no known service is reported as that.
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let unknown = written.actions.iter().filter(|action| !action.is_known());
    unknown
        .filter_map(|action| {
            let service = action.service?;
            Some(if action.is_pattern() {
                empty_pattern(action, service, written)
            } else {
                unknown_action(action, service, written)
            })
        })
        .collect()
}

fn unknown_action(action: &WrittenAction<'_>, service: &Service, written: &Written<'_>) -> Diagnostic {
    let message = format!("AWS has no action `{}`: it {}", action.word, written.in_vain());
    let label = match meant::actions(action.word) {
        Some(_) => "the name of an operation, not of an action",
        None => "no such action",
    };
    Diagnostic::new(&codes::UNKNOWN_ACTION, message, action.span, label).help(help(action, service))
}

fn help(action: &WrittenAction<'_>, service: &Service) -> String {
    if let Some(meant) = meant::actions(action.word) {
        return format!("write {}, which the operation needs", words::and(meant));
    }
    let full = |name: &&str| format!("{}:{name}", service.prefix);
    let nearest: Vec<String> = service.nearest_actions(action.name()).iter().map(full).collect();
    match nearest.as_slice() {
        [] => format!(
            "remove it, or write one of the {} actions of `{}`",
            service.actions.len(),
            service.prefix
        ),
        [only] => format!("write `{only}`"),
        nearest => format!("the nearest are {}", words::or(nearest)),
    }
}

fn empty_pattern(action: &WrittenAction<'_>, service: &Service, written: &Written<'_>) -> Diagnostic {
    let message = format!("no action of AWS's matches `{}`: it {}", action.word, written.in_vain());
    Diagnostic::new(&codes::PATTERN_MATCHES_NOTHING, message, action.span, "matches nothing")
        .help(near_pattern(action, service))
}

/// The pattern with a beginning that some action has.
fn near_pattern(action: &WrittenAction<'_>, service: &Service) -> String {
    let literal = action.name().split(['*', '?']).next().unwrap_or_default();
    let names = service.actions.iter().map(|action| action.name.as_str());
    let beginnings = names.filter_map(|name| name.get(..literal.len()));
    match iamc_model::name::nearest(literal, beginnings) {
        Some(nearest) => format!("write `{}:{nearest}*`, or remove it", service.prefix),
        None => format!("remove it, or write what actions of `{}` begin with", service.prefix),
    }
}
