//! Instants, in whole seconds. The time of the request has two names, which are one variable.

use std::collections::BTreeSet;

use iamc_model::Timestamp;

use super::Representatives;
use crate::context::{Context, Known};

pub(super) const CURRENT: &str = "aws:CurrentTime";
pub(super) const EPOCH: &str = "aws:EpochTime";

/// An instant like any other.
pub(super) const ANY: &str = "2027-01-01T00:00:00Z";

/// Each instant that is written, and those directly before and behind it.
pub(super) fn representatives<'a>(written: impl Iterator<Item = &'a String>) -> Representatives {
    let instants = written.filter_map(|value| seconds(value));
    let around = instants.flat_map(|Timestamp(at)| [at.saturating_sub(1), at, at.saturating_add(1)]);
    let mut around: BTreeSet<Timestamp> = around.map(Timestamp).collect();
    around.retain(|at| (Timestamp::MIN..=Timestamp::MAX).contains(at));
    let any = Timestamp::parse(ANY).filter(|_| around.is_empty());
    around.extend(any);
    Representatives { values: around.iter().map(Timestamp::to_string).collect(), is_complete: true }
}

/// An instant; of a number with a fraction its whole seconds, as instants are whole.
fn seconds(value: &str) -> Option<Timestamp> {
    let whole = value.split_once('.').map_or(value, |(whole, _)| whole);
    Timestamp::parse(value).or_else(|| Timestamp::parse(whole))
}

/// Gives both names of the time this instant.
pub(super) fn assign(instant: &str, context: &mut Context) {
    if let Some(Timestamp(seconds)) = Timestamp::parse(instant) {
        context.set(CURRENT, [instant]);
        context.set(EPOCH, [seconds.to_string()]);
    }
}

/// Where the time is known under one of its names, makes it known under the other.
pub(super) fn complete(given: &Context) -> Context {
    let mut context = given.clone();
    let known = |key| match given.get(key) {
        Known::Present([value]) => Timestamp::parse(value),
        _ => None,
    };
    match (known(CURRENT), known(EPOCH)) {
        (Some(at), None) if given.get(EPOCH) == Known::Unknown => context.set(EPOCH, [at.0.to_string()]),
        (None, Some(at)) if given.get(CURRENT) == Known::Unknown => context.set(CURRENT, [at.to_string()]),
        _ => {}
    }
    context
}
