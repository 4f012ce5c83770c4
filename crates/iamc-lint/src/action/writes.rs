//! Actions that write, on every resource.

use iamc_catalog::{AccessLevel, Action, Catalog};
use iamc_model::{Diagnostic, codes};

use super::broad;
use crate::written::{Written, WrittenAction};

/// `write-on-star` at each action that writes and could be bound to resources, but is allowed on `*`
/// without a condition. What is wider still, `*` and `service:*`, is reported as that.
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    if !broad::is_allow_on_everything(written) || !written.conditions.is_empty() {
        return vec![];
    }
    let narrow = written.actions.iter().filter(|action| !action.is_whole_service());
    narrow.filter_map(|action| Some(report(action, action.actions().find(writes)?))).collect()
}

fn writes(action: &&Action) -> bool {
    let is_write = matches!(action.level, AccessLevel::Write | AccessLevel::PermissionsManagement);
    is_write && !action.resources().is_empty()
}

fn report(action: &WrittenAction<'_>, writing: &Action) -> Diagnostic {
    let types: Vec<&str> = writing.resources().iter().map(|resource| &*resource.name).collect();
    let message = match action.is_pattern() {
        true => format!("`{}` covers `{}`, which writes, on every resource", action.word, writing.name),
        false => format!("`{}` writes, on every resource", action.word),
    };
    Diagnostic::new(&codes::WRITE_ON_STAR, message, action.span, "not bound to any resource").help(format!(
        "in place of `*` write the ARNs that are needed: it works on {}",
        crate::words::or(&types)
    ))
}
