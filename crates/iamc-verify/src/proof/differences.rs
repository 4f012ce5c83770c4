//! What is gained and lost, and where.

use std::collections::BTreeSet;

use iamc_model::{Diagnostic, Span};

use super::words::Difference;
use super::{Document, Proof};
use crate::document::{Found, Word};
use crate::source::Held;
use crate::statement::{Atom, Patterns, Statement};

impl<'p> Proof<'p, '_> {
    /// A report for each statement that says more than the source; it says, too, what its own policies
    /// lose. What no statement is there for comes last.
    pub(super) fn differences(&self) -> Vec<Diagnostic> {
        let given: BTreeSet<Atom<'_>> = self.held.iter().flat_map(|held| held.statement.atoms()).collect();
        let found: BTreeSet<Atom<'_>> = self.found().flat_map(|(_, found)| found.statement.atoms()).collect();
        let lost = |held: &'p Held<'p>| held.statement.atoms().filter(|atom| !found.contains(atom)).collect();
        let lost: Vec<Vec<Atom<'_>>> = match self.is_whole() {
            true => self.held.iter().map(lost).collect(),
            false => vec![],
        };
        let mut lost: Vec<_> = self.held.iter().zip(lost).filter(|(_, atoms)| !atoms.is_empty()).collect();
        let mut reports = Vec::new();
        for (document, statement) in self.found() {
            let (own, others): (Vec<_>, Vec<_>) =
                lost.into_iter().partition(|(held, _)| statement.names.contains(&&*held.policy.name));
            lost = others;
            let difference = Difference {
                more: statement.statement.atoms().filter(|atom| !given.contains(atom)).collect(),
                less: own.into_iter().flat_map(|(_, atoms)| atoms).collect(),
            };
            if !difference.is_empty() {
                reports.push(self.at_statement(&difference, document, statement));
            }
        }
        let nowhere = lost.into_iter().map(|(held, less)| self.nowhere(held, less));
        reports.extend(nowhere);
        reports
    }

    fn at_statement(
        &self,
        difference: &Difference<'_>,
        document: &Document<'_>,
        found: &Found<'_>,
    ) -> Diagnostic {
        let name = &self.holder.principal.name;
        let message = format!("`{name}` {} (in {})", difference.words(), document.owner);
        let policies: Vec<_> = found.names.iter().filter_map(|name| self.policy(name)).collect();
        let mut places = culprits(found, &policies).into_iter();
        let first = places.next().unwrap_or(found.effect);
        let report = Diagnostic::new(difference.code(), message, first, "not what the source says");
        let report = places.fold(report, |report, place| report.also(place, "nor this"));
        policies.into_iter().fold(report, in_the_source)
    }

    fn nowhere(&self, held: &Held<'_>, less: Vec<Atom<'_>>) -> Diagnostic {
        let difference = Difference { more: vec![], less };
        let name = &self.holder.principal.name;
        let message = format!("`{name}` {}", difference.words());
        let is_of = |document: &&Document<'_>| {
            document.names.iter().any(|name| name.category.as_deref() == Some(held.category))
        };
        let place = self.documents.iter().find(is_of).map_or(self.top, |document| document.span);
        let label = format!("no statement of `{}`", held.policy.name);
        in_the_source(Diagnostic::new(difference.code(), message, place, label), held)
    }
}

fn in_the_source(report: Diagnostic, held: &Held<'_>) -> Diagnostic {
    report.also(held.policy.span, format!("`{}` in the source", held.policy.name))
}

/// The words that make a statement say too much: actions and resources that its policies do not have.
fn culprits(found: &Found<'_>, policies: &[&Held<'_>]) -> Vec<Span> {
    let strange = |words: &[Word], own: fn(&Statement) -> &Patterns| {
        let is_own =
            |word: &Word| policies.iter().any(|held| own(&held.statement).items.contains(&word.text));
        words.iter().filter(|word| !is_own(word)).map(|word| word.span).collect::<Vec<_>>()
    };
    let actions = strange(&found.actions, |statement| &statement.actions);
    let resources = strange(&found.resources, |statement| &statement.resources);
    [actions, resources].concat()
}
