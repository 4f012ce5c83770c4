//! Rules on trust: who may assume a role, and on what condition.

mod account;
mod deputy;
mod oidc;
mod saml;

use std::collections::BTreeSet;

use iamc_catalog::Catalog;
use iamc_model::declaration::{Effect, TrustDecl, TrustKind};
use iamc_model::graph::Principal;
use iamc_model::source::Span;
use iamc_model::{Diagnostic, PrincipalKind, Settings};

use crate::condition::{self, Conditioned};
use crate::written::{Word, WrittenAction, WrittenCondition};
use crate::{Subject, variable};

/// One entry of a trust as it is written.
#[derive(Debug)]
struct Entry<'a> {
    kind: TrustKind,
    principals: Vec<Word>,
    actions: Vec<WrittenAction<'a>>,
    conditions: Vec<WrittenCondition<'a>>,
    /// The project's account.
    account: Option<&'a str>,
}

/// A rule on one entry.
type Rule = fn(&Entry<'_>) -> Vec<Diagnostic>;

const RULES: &[Rule] = &[account::other, deputy::confused, oidc::audience, oidc::subject, saml::audience];

/// What the rules find in all trust. What stands in the defaults is found once for all who are silent
/// on the same, and else for each: they differ in whose `silence` counts.
pub(crate) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut diagnostics = Vec::new();
    let principals = subject.graph.principals.iter();
    for principal in principals.filter(|principal| principal.kind != PrincipalKind::ServiceUser) {
        let silences = silences(principal);
        for entry in principal.attributes.trust.iter().flatten().filter(|entry| !entry.span.is_builtin()) {
            if seen.insert((entry.span, silences.clone())) {
                let found = found_in(entry, &subject.project.settings, subject.catalog);
                diagnostics.extend(found.into_iter().map(|found| found.subject(principal.span)));
            }
        }
    }
    diagnostics
}

fn silences(principal: &Principal) -> Vec<Span> {
    principal.attributes.silence.iter().flatten().map(|silence| silence.lint.span).collect()
}

fn found_in(entry: &TrustDecl, settings: &Settings, catalog: &Catalog) -> Vec<Diagnostic> {
    let entry = Entry::of(entry, settings, catalog);
    let statement = Conditioned {
        effect: Effect::Allow,
        noun: "this trust",
        actions: Some(&entry.actions),
        conditions: &entry.conditions,
    };
    let values = entry.conditions.iter().flat_map(|condition| &condition.values);
    let mut found = condition::check_all(statement, catalog);
    found.extend(values.flat_map(|word| variable::in_value(word, catalog)));
    found.extend(entry.principals.iter().flat_map(variable::in_principal));
    found.extend(RULES.iter().flat_map(|rule| rule(&entry)));
    found
}

impl<'a> Entry<'a> {
    fn of(entry: &'a TrustDecl, settings: &'a Settings, catalog: &'a Catalog) -> Self {
        let conditions = entry.conditions.iter();
        Self {
            kind: entry.kind,
            principals: entry.principals.iter().map(|text| Word::of(text, settings)).collect(),
            actions: WrittenAction::all_of(&entry.actions, catalog),
            conditions: conditions
                .map(|found| WrittenCondition::of(found.operator.value, &found.key, &found.values, settings))
                .collect(),
            account: settings.account.as_ref().map(|account| account.value.as_str()),
        }
    }

    /// The trusted principals of a kind.
    fn of_kind(&self, kind: TrustKind) -> &[Word] {
        if self.kind == kind { &self.principals } else { &[] }
    }

    /// The conditions that a request has to meet by one of these keys: those that hold without the key
    /// do not count.
    fn conditions_on(&self, keys: &[&str]) -> impl Iterator<Item = &WrittenCondition<'a>> {
        self.conditions
            .iter()
            .filter(|condition| keys.iter().any(|key| condition.is_on(key)) && !condition.holds_without_key())
    }

    /// Whether a request has to have one of these keys.
    fn wants(&self, keys: &[&str]) -> bool {
        self.conditions_on(keys).next().is_some()
    }
}
