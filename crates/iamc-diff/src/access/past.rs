//! What differs only at times that are past.

use iamc_access::Statement;
use iamc_model::declaration::Effect;
use iamc_model::grants::Patterns;
use iamc_model::{Operator, Timestamp};

use super::gained::Gained;
use super::inquiry::Inquiry;
use crate::difference::{AccessChange, Aspect, Change, Source};

/// Whether a context key is the time of the request.
pub(super) fn is_time(key: &str) -> bool {
    ["aws:currenttime", "aws:epochtime"].contains(&key)
}

/// A Deny of all that was before.
pub(super) fn fence(now: Timestamp) -> Statement {
    let all = || Patterns { negated: false, patterns: vec!["*".to_owned()] };
    let before = [("aws:CurrentTime".to_owned(), vec![now.to_string()])].into();
    Statement::new(Effect::Deny, all(), all(), [(Operator::DATE_LESS_THAN, before)].into())
}

/// What is gained at times that are past by statements by which nothing else is.
pub(super) fn gained(inquiry: &Inquiry<'_>, present: &[Gained]) -> Vec<Gained> {
    let all = Inquiry { fence: None, ..*inquiry }.found();
    let is_past = |gained: &Gained| present.iter().all(|other| other.by != gained.by);
    all.gained.into_iter().filter(is_past).collect()
}

/// The change in words.
pub(super) fn told(change: &AccessChange, of_gains: bool) -> Change {
    let name = match &change.source {
        Source::Policy { name, .. } => name,
        Source::Attached { arn, .. } => arn.as_str(),
    };
    let verb = match (of_gains, change.by_deny) {
        (true, false) => "allows",
        (true, true) => "no longer denies",
        (false, false) => "no longer allows",
        (false, true) => "denies",
    };
    let (actions, resources) = (listed(&change.actions), listed(&change.resources));
    let words = format!("`{name}` {verb} {actions} on {resources}, only at times that are past");
    Change { aspect: Aspect::PastAccess, words, causes: vec![], risks: vec![] }
}

fn listed(patterns: &Patterns) -> String {
    let except = if patterns.negated { "all but " } else { "" };
    let all: Vec<String> = patterns.patterns.iter().map(|pattern| format!("`{pattern}`")).collect();
    format!("{except}{}", all.join(", "))
}
