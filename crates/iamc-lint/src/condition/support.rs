//! Keys that no action of the statement knows: what the request has never decides anything.

use iamc_catalog::{Catalog, Service};
use iamc_model::{Diagnostic, codes};

use super::Clause;
use crate::written::WrittenAction;

/// Keys of AWS's that not every request has, although they begin with `aws:`.
const OF_ACTIONS: [&str; 3] = ["aws:resourcetag/", "aws:requesttag/", "aws:tagkeys"];

/// `unsupported-condition-key` where the statement then never applies, `condition-never-narrows` where
/// it applies as if the condition were not there.
pub(super) fn unsupported(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let is_judged = clause.key.is_some() && !clause.is_claim() && !is_everywhere(clause);
    let actions = clause.statement.actions.filter(|_| is_judged).unwrap_or_default();
    let is_known = !actions.is_empty() && actions.iter().all(WrittenAction::is_known);
    let is_supported = || actions.iter().any(|action| supports(action, clause.name()));
    if !is_known || is_supported() { vec![] } else { vec![report(clause, actions)] }
}

fn supports(written: &WrittenAction<'_>, key: &str) -> bool {
    written.service.is_some_and(|service| written.actions().any(|action| service.supports(action, key)))
}

/// Whether requests for any action can have the key.
fn is_everywhere(clause: &Clause<'_>) -> bool {
    let key = clause.name().to_ascii_lowercase();
    key.starts_with("saml:") || clause.is_global && !OF_ACTIONS.iter().any(|start| key.starts_with(start))
}

fn report(clause: &Clause<'_>, actions: &[WrittenAction<'_>]) -> Diagnostic {
    let code = match clause.holds_without_key() {
        true => &codes::CONDITION_NEVER_NARROWS,
        false => &codes::UNSUPPORTED_CONDITION_KEY,
    };
    let who = match actions {
        [action] if !action.is_pattern() => format!("`{}` does not have", action.word),
        _ => "none of its actions has".to_owned(),
    };
    let message = format!("{who} the key `{}`: {}", clause.name(), clause.consequence());
    Diagnostic::new(code, message, clause.span(), "in none of these requests").help(help(clause, actions))
}

fn help(clause: &Clause<'_>, actions: &[WrittenAction<'_>]) -> String {
    let services = actions.iter().filter_map(|action| action.service);
    let mut owners: Vec<String> = services.flat_map(|service| owners(service, clause.name())).collect();
    owners.sort_unstable();
    owners.dedup();
    match owners.as_slice() {
        [] => format!("remove the condition on `{}`, or use a key that the actions have", clause.name()),
        [one] => format!("put the condition on `{one}`, which has the key, or remove it"),
        [one, two] => format!("put the condition on `{one}` or `{two}`, which have the key, or remove it"),
        [one, two, ..] => {
            format!("put the condition on `{one}`, `{two}` or another action that has the key, or remove it")
        }
    }
}

/// The actions of a service that know a key.
fn owners(service: &Service, key: &str) -> Vec<String> {
    let owners = service.actions.iter().filter(|action| service.supports(action, key));
    owners.map(|action| format!("{}:{}", service.prefix, action.name)).collect()
}
