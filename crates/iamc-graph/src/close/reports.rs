//! Reports that concern several principals: one for each place, naming whom it concerns.

use std::collections::BTreeMap;
use std::sync::Arc;

use iamc_model::{Diagnostic, Span};

/// At most so many principals are named in a report.
const NAMED: usize = 3;

/// What was wrong, and for whom.
#[derive(Default)]
pub(super) struct Reports {
    found: BTreeMap<Key, Report>,
}

/// The code, the place to mend and the message.
type Key = (&'static str, Option<Span>, String);

struct Report {
    diagnostic: Diagnostic,
    principals: Vec<Arc<str>>,
}

impl Reports {
    /// Adds a report that concerns `principal`; none is of the project itself.
    pub(super) fn add(&mut self, diagnostic: Diagnostic, principal: Option<&Arc<str>>) {
        let report = self.found.entry(key(&diagnostic)).or_insert(Report { diagnostic, principals: vec![] });
        if let Some(name) = principal.filter(|&name| report.principals.last() != Some(name)) {
            report.principals.push(Arc::clone(name));
        }
    }

    /// All of them, with the principals named in the first label.
    pub(super) fn finish(self) -> impl Iterator<Item = Diagnostic> {
        self.found.into_values().map(|report| {
            let mut diagnostic = report.diagnostic;
            match (diagnostic.labels.first_mut(), list(&report.principals)) {
                (Some(label), Some(names)) => label.text = format!("{} for {names}", label.text),
                (None, Some(names)) => diagnostic.message = format!("{} for {names}", diagnostic.message),
                (_, None) => {}
            }
            diagnostic
        })
    }
}

/// Reports of one place that say the same are one, although two principals may differ in what else there
/// is to show.
fn key(diagnostic: &Diagnostic) -> Key {
    (diagnostic.code.id, diagnostic.span(), diagnostic.message.clone())
}

/// `` `A`, `B`, `C` and 4 more ``
fn list(names: &[Arc<str>]) -> Option<String> {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    match (shown.as_slice(), names.len().saturating_sub(NAMED)) {
        ([], _) => None,
        ([rest @ .., last], 0) if !rest.is_empty() => Some(format!("{} and {last}", rest.join(", "))),
        (shown, 0) => Some(shown.join(", ")),
        (shown, more) => Some(format!("{} and {more} more", shown.join(", "))),
    }
}
