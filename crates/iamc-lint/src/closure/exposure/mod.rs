//! What single actions expose: credentials, data, and the permissions of others.

mod credentials;
mod data;
mod management;

use std::collections::BTreeSet;

use iamc_model::grants::Grant;
use iamc_model::source::Span;
use iamc_model::{Code, Diagnostic};

use super::ask::{Ask, Scope, Wanted};
use super::held::{Held, Origin};
use super::holdings::Holdings;
use super::who;
use crate::words;

/// Something that actions expose.
struct Exposure {
    code: &'static Code,
    /// Of which resources it has to be allowed. Where those are not bound, no condition may bind it
    /// either.
    scope: Scope,
    /// The actions that a statement names and that expose it, if its resources allow that.
    actions: fn(&Held<'_>, &Holdings<'_>) -> Vec<String>,
    /// What somebody is let do by such actions: `read every object`.
    gives: fn(&[&str]) -> String,
    help: &'static str,
}

const EXPOSURES: [&Exposure; 3] = [&credentials::EXPOSURE, &data::EXPOSURE, &management::EXPOSURE];

/// The actions that some of the rules ask after.
pub(super) fn actions() -> impl Iterator<Item = &'static str> {
    credentials::ACTIONS.iter().chain(data::ACTIONS).copied()
}

/// The rules on what is exposed, each once for each policy.
pub(super) fn check(holdings: &Holdings<'_>) -> Vec<Diagnostic> {
    let ask = Ask::new(holdings);
    let rules = EXPOSURES.iter().flat_map(|exposure| {
        let ask = &ask;
        holdings.origins().flat_map(move |(origin, statements)| {
            let exposed = Exposed { holdings, ask, exposure, origin };
            exposed.check(statements)
        })
    });
    rules.collect()
}

/// One policy, or attached document, before one of the rules.
struct Exposed<'e, 'a> {
    holdings: &'e Holdings<'a>,
    ask: &'e Ask<'e, 'a>,
    exposure: &'e Exposure,
    origin: Origin<'a>,
}

impl<'a> Exposed<'_, 'a> {
    fn check(&self, statements: &[usize]) -> Vec<Diagnostic> {
        let mut actions = BTreeSet::new();
        let mut principals: Vec<&Grant> = Vec::new();
        for &statement in statements {
            for action in self.actions(statement) {
                let holders = self.holders(statement, &action);
                if !holders.is_empty() {
                    principals.extend(holders);
                    actions.insert(action);
                }
            }
        }
        if actions.is_empty() {
            return vec![];
        }
        principals.sort_by(|a, b| a.name.cmp(&b.name));
        principals.dedup_by(|a, b| a.id == b.id);
        let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
        who::reports(&principals, self.exposure.code, self.holdings.subject, |some| {
            self.report(&actions, some)
        })
    }

    /// The exposing actions that a statement can allow, but for what is wider still and reported as
    /// that.
    fn actions(&self, statement: usize) -> Vec<String> {
        let held = &self.holdings.statements[statement];
        let is_bound = match self.origin {
            Origin::Policy(id) => !self.holdings.subject.graph.policy(id).conditions.is_empty(),
            Origin::Attached(_) => !held.conditions.is_empty(),
        };
        if is_bound && self.exposure.scope == Scope::Unbound {
            return vec![];
        }
        let mut actions = (self.exposure.actions)(held, self.holdings);
        actions.retain(|action| {
            !self.is_of_other_rules(held, action) && self.ask.can_allow(held, self.wanted(action))
        });
        actions
    }

    fn wanted<'q>(&self, action: &'q str) -> Wanted<'q> {
        Wanted { action, scope: self.exposure.scope, passed_to: None }
    }

    /// Whether it is on every resource by `*`, or in a policy by `service:*` or a `not-` list, which other
    /// rules report.
    fn is_of_other_rules(&self, held: &Held<'_>, action: &str) -> bool {
        let is_policy = matches!(self.origin, Origin::Policy(_));
        if is_policy && (held.actions.negated || held.resources.negated) {
            return true;
        }
        let is_whole = |pattern: &&String| *pattern == "*" || is_policy && pattern.ends_with(":*");
        held.resources.patterns.iter().any(|resource| resource == "*")
            && held.actions.patterns.iter().filter(is_whole).any(|whole| iamc_catalog::covers(whole, action))
    }

    fn holders(&self, statement: usize, action: &str) -> Vec<&'a Grant> {
        let closures = self.holdings.holding[statement].iter();
        let allowed = closures.filter(|&&closure| self.ask.allows(closure, statement, self.wanted(action)));
        allowed.flat_map(|&closure| self.holdings.closures[closure].principals.iter().copied()).collect()
    }

    fn report(&self, actions: &[&str], principals: &[&Grant]) -> Diagnostic {
        let (subject, holder) = (self.holdings.subject, principals[0]);
        let (name, who) = (who::name(self.origin, subject.graph), who::names(principals));
        let message = format!("`{name}` lets {who} {}", (self.exposure.gives)(actions));
        let place = who::action_place(self.origin, actions, holder, subject);
        let span: Span = place.unwrap_or(holder.span);
        let label = format!("gives {}", words::first_few(actions));
        let report = Diagnostic::new(self.exposure.code, message, span, label).help(self.exposure.help);
        let report = who::with_paths(report, &[self.origin], holder, subject.graph);
        who::with_origins(report, &[self.origin], subject)
    }
}

/// Those of a sorted list that a statement names.
fn named(held: &Held<'_>, list: &[&str]) -> Vec<String> {
    let named = held.asked.iter().filter(|action| list.binary_search(action).is_ok());
    named.map(|&action| action.to_owned()).collect()
}
