//! Access, what made it so, and everything else, put together by principal.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cause::Causes;
use crate::comparison::{Comparison, Pair, Twins};
use crate::structure::Structure;
use crate::{AccessChange, PrincipalChange, SideOf, Source};

/// Adds to the changes of access their causes, and what else changes for each principal.
pub(crate) fn join(comparison: &Comparison<'_>, access: Vec<PrincipalChange>) -> Vec<PrincipalChange> {
    let mut access: BTreeMap<Arc<str>, PrincipalChange> =
        access.into_iter().map(|change| (Arc::clone(&change.name), change)).collect();
    let (causes, twins) = (Causes::new(*comparison), Twins::new(comparison));
    let structure = Structure::new(comparison, &causes, &twins);
    let mut joined = Vec::new();
    for pair in comparison.pairs() {
        let other = structure.changes(&pair);
        let change = access.remove(pair.name());
        if change.is_none() && other.is_empty() && matches!(pair, Pair::Both(..)) {
            continue;
        }
        let mut change = change.unwrap_or_else(|| unchanged(&pair));
        change.gains.iter_mut().for_each(|gain| explain(gain, SideOf::Head, &pair, &causes));
        change.losses.iter_mut().for_each(|loss| explain(loss, SideOf::Base, &pair, &causes));
        change.other.extend(other);
        change.other.sort_by_key(|change| change.aspect);
        joined.push(change);
    }
    joined
}

/// A principal whose access is what it was.
fn unchanged(pair: &Pair<'_>) -> PrincipalChange {
    PrincipalChange {
        name: Arc::clone(pair.name()),
        kind: pair.latest().grant.kind,
        presence: pair.presence(),
        gains: vec![],
        losses: vec![],
        unknown: vec![],
        other: vec![],
    }
}

/// `side` is where the access is: there stands the Allow, and on the other the Deny.
fn explain(change: &mut AccessChange, side: SideOf, pair: &Pair<'_>, causes: &Causes<'_>) {
    let side = if change.by_deny { side.other() } else { side };
    change.causes = match &change.source {
        Source::Policy { name, .. } => causes.of_policy(pair, name, side),
        Source::Attached { arn, .. } => causes.of_attached(pair, arn, side),
    };
}
