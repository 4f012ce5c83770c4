//! Whether the statements in a template say what the source says: no more and no less.

mod differences;
mod names;
mod origins;
mod words;

use iamc_model::{Diagnostic, Span};

use crate::document::Found;
use crate::names::PolicyName;
use crate::source::{Held, Holder};

/// The statements of a managed policy.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    /// Its name, in backticks.
    pub(crate) owner: String,
    /// What its name can mean.
    pub(crate) names: Vec<PolicyName>,
    /// The place of its name.
    pub(crate) span: Span,
    /// What it says.
    pub(crate) statements: Vec<Found<'t>>,
    /// Whether all that it says could be read.
    pub(crate) is_whole: bool,
}

/// All that is compared for one principal.
#[derive(Debug)]
struct Proof<'p, 't> {
    holder: &'p Holder<'p>,
    held: &'p [Held<'p>],
    documents: &'p [Document<'t>],
    /// Where the resources begin.
    top: Span,
}

/// What is wrong with the statements in a principal's template, whose resources begin at `top`.
pub(crate) fn prove(holder: &Holder<'_>, documents: &[Document<'_>], top: Span) -> Vec<Diagnostic> {
    let held = holder.statements();
    let proof = Proof { holder, held: &held, documents, top };
    let mut reports = proof.sids();
    if !proof.is_as_written() {
        let differences = proof.differences();
        if !differences.is_empty() {
            reports.extend(differences);
            return reports;
        }
        reports.extend(proof.origins());
    }
    reports.extend(proof.names());
    reports
}

impl<'p, 't> Proof<'p, 't> {
    /// Every statement that was found, with its managed policy.
    fn found(&self) -> impl Iterator<Item = (&'p Document<'t>, &'p Found<'t>)> {
        self.documents
            .iter()
            .flat_map(|document| document.statements.iter().map(move |found| (document, found)))
    }

    /// Whether there is one statement for each policy, which says what that policy says. So it is where
    /// nothing was merged or divided, and then there is no more to prove.
    fn is_as_written(&self) -> bool {
        let mut wanted: Vec<_> = self.held.iter().map(|held| (&*held.policy.name, &held.statement)).collect();
        let mut found = Vec::with_capacity(wanted.len());
        for (_, statement) in self.found() {
            let [name] = statement.names[..] else { return false };
            found.push((name, &statement.statement));
        }
        wanted.sort_unstable();
        found.sort_unstable();
        wanted == found
    }

    /// Whether all statements could be read; else it is not known what is lost.
    fn is_whole(&self) -> bool {
        self.documents.iter().all(|document| document.is_whole)
    }

    fn policy(&self, name: &str) -> Option<&'p Held<'p>> {
        self.held.iter().find(|held| &*held.policy.name == name)
    }
}
