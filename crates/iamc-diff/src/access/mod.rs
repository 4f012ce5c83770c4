//! Who gains and loses what.
//!
//! Principals are paired by name. Of each pair only what can matter is compared: the statements that one
//! side has and the other has not, and those that meet them. What is the same for many pairs is compared
//! once.

mod acting;
mod closure;
mod example;
mod gained;
mod half;
mod inquiry;
mod number;
mod pair;
mod parts;
mod past;
mod risk;
mod sensitive;
mod unknown;

use std::collections::BTreeMap;
use std::sync::Arc;

use iamc_catalog::Catalog;
use iamc_model::Timestamp;
use iamc_model::grants::Grant;

use crate::difference::{Presence, PrincipalChange};
use crate::{Side, SideOf};
use closure::Holdings;
use half::Half;
use number::Numbers;
use pair::{Compared, Key, Pair};
use risk::Risks;
pub use sensitive::{Finding, Touched, touched};

/// The principals whose access differs, and those that only one side has. Sorted by name.
pub(crate) fn compare(
    base: Side<'_>,
    head: Side<'_>,
    catalog: &Catalog,
    now: Timestamp,
) -> Vec<PrincipalChange> {
    let mut changes = compared(base, head, &World { catalog, risks: Risks::new(catalog), now });
    risk::add_escalations(&mut changes, base, head, catalog);
    changes
}

/// What is the same for all pairs.
struct World<'c> {
    catalog: &'c Catalog,
    risks: Risks<'c>,
    now: Timestamp,
}

fn compared(base: Side<'_>, head: Side<'_>, world: &World<'_>) -> Vec<PrincipalChange> {
    let mut changes = Vec::new();
    each(
        base,
        head,
        world,
        |pair| pair.compare(world),
        |name, [old, new], compared| {
            changes.extend(change(name, old, new, compared));
        },
    );
    changes
}

/// Asks something of each pair whose access may differ, once of those that are alike; then shows each
/// principal with the answer.
fn each<T>(
    base: Side<'_>,
    head: Side<'_>,
    world: &World<'_>,
    ask: impl Fn(&Pair<'_, '_>) -> T,
    mut show: impl FnMut(&Arc<str>, [Option<&Grant>; 2], Option<&T>),
) {
    let mut numbers = Numbers::default();
    let base = Holdings::new(base, SideOf::Base, world.catalog, &mut numbers);
    let head = Holdings::new(head, SideOf::Head, world.catalog, &mut numbers);
    let mut known: BTreeMap<Key<'_>, T> = BTreeMap::new();
    for (name, (old, new)) in pairs(&base, &head) {
        let halves = [Half::new(&base, old, &numbers), Half::new(&head, new, &numbers)];
        let answer = Pair::of(halves).map(|pair| &*known.entry(pair.key()).or_insert_with(|| ask(&pair)));
        show(name, [old, new], answer);
    }
}

/// The principals of both sides by name.
fn pairs<'a>(
    base: &Holdings<'a>,
    head: &Holdings<'a>,
) -> BTreeMap<&'a Arc<str>, (Option<&'a Grant>, Option<&'a Grant>)> {
    let mut pairs: BTreeMap<_, (Option<&Grant>, Option<&Grant>)> = BTreeMap::new();
    for grant in base.principals() {
        pairs.entry(&grant.name).or_default().0 = Some(grant);
    }
    for grant in head.principals() {
        pairs.entry(&grant.name).or_default().1 = Some(grant);
    }
    pairs
}

fn change(
    name: &Arc<str>,
    old: Option<&Grant>,
    new: Option<&Grant>,
    compared: Option<&Compared>,
) -> Option<PrincipalChange> {
    let presence = match (old, new) {
        (Some(_), Some(_)) => Presence::Changed,
        (None, _) => Presence::Added,
        (_, None) => Presence::Removed,
    };
    let compared = compared.filter(|compared| !compared.is_empty());
    if presence == Presence::Changed && compared.is_none() {
        return None;
    }
    let Compared { gains, losses, unknown, other } = compared.cloned().unwrap_or_default();
    let kind = new.or(old)?.kind;
    Some(PrincipalChange { name: Arc::clone(name), kind, presence, gains, losses, unknown, other })
}
