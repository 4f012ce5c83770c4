//! Resources that none of the statement's actions work on.

use std::collections::BTreeSet;

use iamc_model::{Diagnostic, codes};

use super::fit::Reach;
use crate::words;
use crate::written::{Written, WrittenAction};

/// `resource-fits-no-action` at each resource that no action works on. Where an action is not known, or
/// none works on anything, nothing is said of the resources.
pub(super) fn check(
    reached: &[(&WrittenAction<'_>, Reach)],
    used: &BTreeSet<usize>,
    written: &Written<'_>,
) -> Vec<Diagnostic> {
    if used.is_empty() || reached.iter().any(|(_, reach)| *reach == Reach::Unknown) {
        return vec![];
    }
    let idle = written.resources.iter().enumerate().filter(|(place, _)| !used.contains(place));
    idle.map(|(_, resource)| report(resource.span, reached, written)).collect()
}

fn report(
    span: iamc_model::Span,
    reached: &[(&WrittenAction<'_>, Reach)],
    written: &Written<'_>,
) -> Diagnostic {
    let names: Vec<&str> = reached.iter().map(|(action, _)| action.word).collect();
    let subject = match names.as_slice() {
        [only] => format!("`{only}` does not work"),
        [first, second] => format!("neither `{first}` nor `{second}` works"),
        names => format!("none of {} works", words::first_few(names)),
    };
    let message = format!("{subject} on this resource: it {}", written.on_nothing());
    Diagnostic::new(&codes::RESOURCE_FITS_NO_ACTION, message, span, "no action here works on it")
        .help("remove it, or add an action that works on it")
}
