//! Combinations of permissions by which a principal can get more than its source says.

mod find;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::grants::Grant;
use iamc_model::graph::PrincipalId;
use iamc_model::{Diagnostic, codes};

use super::held::Origin;
use super::holdings::Holdings;
use super::who;
use crate::words;
use find::Search;
pub use table::Combination;

/// `privilege-escalation`, once for all combinations that the same policies give, at their actions.
pub(super) fn check(holdings: &Holdings<'_>) -> Vec<Diagnostic> {
    let all = Combination::all();
    let found = Search::new(holdings, &all).found();
    let reports = found.into_iter().flat_map(|((origins, combinations), principals)| {
        let combinations: Vec<&Combination> = combinations.iter().map(|&at| &all[at]).collect();
        let finding = Finding { holdings, origins: &origins, combinations: &combinations };
        who::reports(&principals, &codes::PRIVILEGE_ESCALATION, holdings.subject, |some| finding.report(some))
    });
    reports.collect()
}

/// The permissions that stand in combinations.
pub(super) fn actions() -> impl Iterator<Item = &'static str> {
    Combination::all().into_iter().flat_map(|combination| combination.permissions)
}

/// What principals can get beyond what they are given, by the places of the combinations in their table.
pub(super) fn of_principals(holdings: &Holdings<'_>) -> BTreeMap<PrincipalId, BTreeSet<usize>> {
    let all = Combination::all();
    let mut of: BTreeMap<PrincipalId, BTreeSet<usize>> = BTreeMap::new();
    for ((_, combinations), principals) in Search::new(holdings, &all).found() {
        for principal in principals {
            of.entry(principal.id).or_default().extend(&combinations);
        }
    }
    of
}

/// What some policies together give.
struct Finding<'f, 'a> {
    holdings: &'f Holdings<'a>,
    origins: &'f [Origin<'a>],
    combinations: &'f [&'f Combination],
}

impl Finding<'_, '_> {
    fn report(&self, principals: &[&Grant]) -> Diagnostic {
        let (subject, holder) = (self.holdings.subject, principals[0]);
        let places = self.places(holder);
        let (span, label) = places.first().cloned().unwrap_or((holder.span, String::new()));
        let report = Diagnostic::new(&codes::PRIVILEGE_ESCALATION, self.message(principals), span, label);
        let report =
            places.into_iter().skip(1).fold(report, |report, (span, label)| report.also(span, label));
        let report = who::with_paths(report.help(self.help()), self.origins, holder, subject.graph);
        who::with_origins(report, self.origins, subject)
    }

    fn message(&self, principals: &[&Grant]) -> String {
        let names = self.names();
        let together = if names.len() > 1 { "together let" } else { "lets" };
        let first = self.combinations[0];
        let more = match self.combinations.len() - 1 {
            0 => String::new(),
            1 => ", and get beyond what they are given in 1 more way".to_owned(),
            more => format!(", and get beyond what they are given in {more} more ways"),
        };
        format!("{} {together} {} {}{more}", words::and(&names), who::names(principals), first.gives)
    }

    fn names(&self) -> Vec<&str> {
        self.origins.iter().map(|&origin| who::name(origin, self.holdings.subject.graph)).collect()
    }

    /// The words that give the first combination, each with what it gives of it.
    fn places(&self, holder: &Grant) -> Vec<(iamc_model::Span, String)> {
        let place = |&origin: &Origin<'_>| {
            let gives: Vec<&str> = self.given_by(origin);
            let span = who::action_place(origin, &gives, holder, self.holdings.subject)?;
            Some((span, format!("gives {}", words::first_few(&gives))))
        };
        self.origins.iter().filter_map(place).collect()
    }

    /// What a policy gives of the first combination of which it gives something.
    fn given_by(&self, origin: Origin<'_>) -> Vec<&'static str> {
        let statements = self.holdings.statements.iter().filter(|held| held.origin == origin);
        let actions: Vec<_> = statements.map(|held| held.actions).collect();
        let is_given = |permission: &&&'static str| {
            let names = |pattern: &String| iamc_catalog::covers(pattern, permission);
            actions.iter().any(|actions| actions.patterns.iter().any(names) != actions.negated)
        };
        let given = self
            .combinations
            .iter()
            .map(|combination| combination.permissions.iter().filter(is_given).copied().collect::<Vec<_>>());
        given.into_iter().find(|given| !given.is_empty()).unwrap_or_default()
    }

    fn help(&self) -> String {
        let first = self.combinations[0];
        let actions = match first.permissions.as_slice() {
            [single] => format!("narrow what `{single}` is for, or take it away"),
            several => format!("take one of {} away", words::and(several)),
        };
        let policy = self.origins.iter().find(|origin| matches!(origin, Origin::Policy(_)));
        let on = policy.map_or_else(
            || "whoever has it".to_owned(),
            |&origin| format!("`{}`", who::name(origin, self.holdings.subject.graph)),
        );
        format!(
            "{actions}; if it is meant, `silence` it on {on} with the reason (https://pathfinding.cloud/paths/{})",
            first.id
        )
    }
}
