//! From which policies statements come, as the comments above them say to a reviewer.

use std::collections::BTreeSet;

use iamc_model::{Diagnostic, codes};

use super::{Document, Proof};
use crate::document::Found;
use crate::source::Held;
use crate::statement::Atom;

impl Proof<'_, '_> {
    /// Statements that do not come from where they say, policies that are not written out under their
    /// own names, and statements that stand twice.
    pub(super) fn origins(&self) -> Vec<Diagnostic> {
        let mut reports: Vec<_> =
            self.found().filter_map(|(document, found)| self.origin(document, found)).collect();
        if !reports.is_empty() || !self.is_whole() {
            return reports;
        }
        for held in self.held {
            let own: BTreeSet<Atom<'_>> = held.statement.atoms().collect();
            let mut rest = own.clone();
            for (document, found) in
                self.found().filter(|(_, found)| found.names.contains(&&*held.policy.name))
            {
                let mut had = found.statement.atoms().filter(|atom| !rest.remove(atom));
                let is_again = had.any(|atom| own.contains(&atom));
                reports.extend(is_again.then(|| twice(document, found, held)));
            }
            reports.extend((!rest.is_empty()).then(|| self.not_written(held)));
        }
        reports
    }

    fn origin(&self, document: &Document<'_>, found: &Found<'_>) -> Option<Diagnostic> {
        let report = |what: String| {
            let message = format!("a statement of {} {what}", document.owner);
            Diagnostic::new(&codes::WRONG_OUTPUT, message, found.effect, "the statement")
        };
        if found.names.is_empty() {
            return Some(report("does not say from which policy it comes".into()));
        }
        if let Some(name) = found.names.iter().find(|name| self.policy(name).is_none()) {
            let who = &self.holder.principal.name;
            return Some(report(format!("says that it comes from `{name}`, which `{who}` does not hold")));
        }
        let named = found.names.iter().filter_map(|name| self.policy(name));
        let own: BTreeSet<Atom<'_>> = named.flat_map(|held| held.statement.atoms()).collect();
        let strange = found.statement.atoms().find(|atom| !own.contains(atom))?;
        let names: Vec<_> = found.names.iter().map(|name| format!("`{name}`")).collect();
        Some(report(format!(
            "says that it comes from {}, which does not give {strange}",
            names.join(" and ")
        )))
    }

    fn not_written(&self, held: &Held<'_>) -> Diagnostic {
        let message = format!("what `{}` gives does not stand under its name", held.policy.name);
        let report = Diagnostic::new(&codes::MISSING_OUTPUT, message, self.top, "no such statement");
        report.also(held.policy.span, format!("`{}` in the source", held.policy.name))
    }
}

fn twice(document: &Document<'_>, found: &Found<'_>, held: &Held<'_>) -> Diagnostic {
    let message = format!("a statement of `{}` stands twice, again in {}", held.policy.name, document.owner);
    Diagnostic::new(&codes::UNEXPECTED_OUTPUT, message, found.effect, "once is enough")
}
