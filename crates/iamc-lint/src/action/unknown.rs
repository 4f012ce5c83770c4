//! Actions that AWS does not have, by name or by pattern.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes};

use crate::pattern::has_wildcard;
use crate::unknown::Unknown;
use crate::written::{Written, WrittenAction};

/// `unknown-service`, `unknown-action` and `pattern-matches-nothing`. What has a wildcard in the name of
/// its service is reported as that.
pub(super) fn check(written: &Written<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let is_judged = |action: &&WrittenAction<'_>| !action.is_known() && !has_wildcard(action.prefix());
    let judged = written.actions.iter().filter(is_judged);
    judged.filter_map(|action| unknown(action, written, catalog)).collect()
}

fn unknown(action: &WrittenAction<'_>, written: &Written<'_>, catalog: &Catalog) -> Option<Diagnostic> {
    let unknown = Unknown::of(action.word, catalog)?;
    let it = match *unknown.code == codes::UNKNOWN_SERVICE {
        true => format!("`{}`", action.word),
        false => "it".to_owned(),
    };
    Some(unknown.report(action.span, &format!("{it} {}", written.in_vain())))
}
