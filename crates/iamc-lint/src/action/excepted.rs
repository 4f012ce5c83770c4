//! `not-actions` and `not-resources` with Allow.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, Span, codes};

use crate::written::Written;

/// `allow-not-actions` and `allow-not-resources`: what is allowed grows with AWS and with the account.
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    if !written.is_allow() {
        return vec![];
    }
    let policy = written.policy;
    let actions = policy.actions.negated.then(|| not_actions(written)).flatten();
    let resources = policy.resources.negated.then(|| not_resources(written)).flatten();
    actions.into_iter().chain(resources).collect()
}

fn not_actions(written: &Written<'_>) -> Option<Diagnostic> {
    let span = whole(written.actions.iter().map(|action| action.span))?;
    let message = "an Allow with `not-actions` allows every other action of AWS's, those that come included";
    let report = Diagnostic::new(&codes::ALLOW_NOT_ACTIONS, message, span, "all but these are allowed");
    Some(
        report.help(
            "write what is allowed under `actions`; to take away, write these under `actions` of a Deny",
        ),
    )
}

fn not_resources(written: &Written<'_>) -> Option<Diagnostic> {
    let span = whole(written.resources.iter().map(|resource| resource.span))?;
    let message =
        "an Allow with `not-resources` allows its actions on every other resource, those that come included";
    let report = Diagnostic::new(&codes::ALLOW_NOT_RESOURCES, message, span, "all but these are allowed");
    Some(report.help(
        "write what is allowed under `resources`; to take away, write these under `resources` of a Deny",
    ))
}

/// From the first to the last of the values of an array.
fn whole(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(Span::to)
}
