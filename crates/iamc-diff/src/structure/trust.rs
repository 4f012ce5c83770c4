//! Who may act as a principal.

use std::collections::BTreeSet;

use iamc_model::declaration::TrustDecl;
use iamc_model::grants::{Conditions, Grant, TrustStatement};
use iamc_model::{Operator, PrincipalKind};

use crate::comparison::Pair;
use crate::words;
use crate::{Aspect, Change, Risk, Side, SideOf};

/// Who may newly act as the principal, and who no longer may. Of a new principal what the defaults of
/// both sides give is nothing new; a principal that is gone trusts nobody, which needs no saying.
pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let of = |side: SideOf| pair.on(side).map_or(&[][..], |one| &one.grant.trust);
    let [base, head] = [of(SideOf::Base), of(SideOf::Head)];
    match pair {
        Pair::Removed(_) => vec![],
        Pair::Added(one) => {
            let new = new(one.side, one.grant, None);
            new.iter().map(|statement| change(statement, SideOf::Head)).collect()
        }
        Pair::Both(..) => {
            let new = beyond(head, base).into_iter().map(|statement| change(&statement, SideOf::Head));
            let gone = beyond(base, head).into_iter().map(|statement| change(&statement, SideOf::Base));
            new.chain(gone).collect()
        }
    }
}

/// Whether iamc itself gives this to every engineer.
fn is_usual(side: Side<'_>, grant: &Grant, statement: &TrustStatement) -> bool {
    let defaults = side.project.settings.engineer_defaults.trust.iter().flatten();
    let mut builtin = defaults.map(|decl: &TrustDecl| decl.span).filter(|span| span.is_builtin());
    grant.kind == PrincipalKind::Engineer && builtin.any(|span| span == statement.span)
}

fn change(statement: &TrustStatement, side: SideOf) -> Change {
    let words = words(statement, side);
    let change = Change::new(Aspect::Trust, words.clone());
    change.at(side, statement.span, words).risk(Risk::Trust, side == SideOf::Head)
}

/// `now trusts the service `ec2.amazonaws.com` with `sts:AssumeRole``
pub(crate) fn words(statement: &TrustStatement, side: SideOf) -> String {
    let TrustStatement { kind, principals, actions, conditions, .. } = statement;
    let verb = match side {
        SideOf::Base => "no longer trusts",
        SideOf::Head => "now trusts",
    };
    let (principals, actions) = (words::list(principals), words::list(actions));
    let who = match kind.key() {
        "federated" => "the identity provider",
        "service" => "the service",
        _ => "AWS's principal",
    };
    format!("{verb} {who} {principals} with {actions}{}", words::conditions(conditions))
}

/// Whom a principal of the head trusts beyond what it did; of a new one, whom the usual defaults do not
/// name.
pub(crate) fn new(side: Side<'_>, grant: &Grant, before: Option<&[TrustStatement]>) -> Vec<TrustStatement> {
    match before {
        Some(before) => beyond(&grant.trust, before),
        None => grant.trust.iter().filter(|it| !is_usual(side, grant, it)).cloned().collect(),
    }
}

/// What of these statements none of those allows, each statement reduced to that.
fn beyond(these: &[TrustStatement], those: &[TrustStatement]) -> Vec<TrustStatement> {
    these.iter().filter_map(|statement| rest(statement, those)).collect()
}

/// The principals and actions of a statement that are not allowed by others in every pair of the two.
fn rest(statement: &TrustStatement, others: &[TrustStatement]) -> Option<TrustStatement> {
    let others: Vec<&TrustStatement> = others
        .iter()
        .filter(|other| other.kind == statement.kind && narrows(&statement.conditions, &other.conditions))
        .collect();
    let mut principals = BTreeSet::new();
    let mut actions = BTreeSet::new();
    for principal in &statement.principals {
        for action in &statement.actions {
            let allows =
                |other: &&&TrustStatement| other.principals.contains(principal) && has_action(other, action);
            if !others.iter().any(|other| allows(&other)) {
                principals.insert(principal.clone());
                actions.insert(action.clone());
            }
        }
    }
    let (principals, actions) = (principals.into_iter().collect(), actions.into_iter().collect());
    let rest = TrustStatement { principals, actions, ..statement.clone() };
    (!rest.principals.is_empty()).then_some(rest)
}

fn has_action(statement: &TrustStatement, action: &str) -> bool {
    statement.actions.iter().any(|other| other.eq_ignore_ascii_case(action))
}

/// Whether conditions plainly let through no more than others: each of those stands among these, too, with
/// no more values, or where the operator excludes values, with no fewer.
fn narrows(these: &Conditions, those: &Conditions) -> bool {
    let all = those.iter().flat_map(|(operator, keys)| keys.iter().map(move |entry| (operator, entry)));
    let mut all = all.map(|(operator, (key, values))| (operator, key, values));
    all.all(|(operator, key, values)| {
        let own = find(these, operator, key);
        let is_within = |some: &[String], many: &[String]| some.iter().all(|value| many.contains(value));
        own.is_some_and(|own| match operator.base.is_negated() {
            false => is_within(own, values),
            true => is_within(values, own),
        })
    })
}

fn find<'c>(conditions: &'c Conditions, operator: &Operator, key: &str) -> Option<&'c [String]> {
    let mut keys = conditions.get(operator)?.iter();
    keys.find(|(other, _)| other.eq_ignore_ascii_case(key)).map(|(_, values)| values.as_slice())
}
