//! One principal, before and after.

use iamc_access::Statement;
use iamc_model::declaration::Effect;

use super::World;
use super::closure::Held;
use super::gained::{By, Found, Gained};
use super::half::{Fact, Half, Mark};
use super::inquiry::Inquiry;
use super::past;
use super::sensitive::Finding;
use super::unknown;
use crate::difference::{AccessChange, Change, Doubt, Source};

/// What came of a comparison.
#[derive(Debug, Clone, Default)]
pub(super) struct Compared {
    pub(super) gains: Vec<AccessChange>,
    pub(super) losses: Vec<AccessChange>,
    pub(super) unknown: Vec<Doubt>,
    pub(super) other: Vec<Change>,
}

impl Compared {
    pub(super) fn is_empty(&self) -> bool {
        self.gains.is_empty() && self.losses.is_empty() && self.unknown.is_empty() && self.other.is_empty()
    }
}

/// What a comparison depends on: the statements that can matter, what is known of the keys on which they
/// depend, and why documents that are not known leave it open.
pub(super) type Key<'s> = ([(Vec<Mark<'s>>, Vec<Fact>); 2], Vec<Doubt>);

/// A principal whose access may differ.
pub(super) struct Pair<'h, 'a> {
    sides: [Half<'h, 'a>; 2],
    /// The statements that can matter.
    held: [Vec<Held<'h>>; 2],
    /// Why documents that are not known leave it open.
    doubts: Vec<Doubt>,
}

/// From which side to which.
type Direction = [usize; 2];

const GAINS: Direction = [0, 1];
const LOSSES: Direction = [1, 0];

impl<'h, 'a: 'h> Pair<'h, 'a> {
    /// A pair, unless it is plain that nothing differs.
    pub(super) fn of(sides: [Half<'h, 'a>; 2]) -> Option<Self> {
        let [old, new] = &sides;
        if old.closure == new.closure && old.context == new.context {
            return None;
        }
        let held = [old.held(), new.held()];
        let changed = changed(&sides, &held);
        let deny_changes =
            [0, 1].map(|side| changed[side].iter().any(|held| held.statement.effect() == Effect::Deny));
        let doubts = unknown::doubts(&sides, deny_changes);
        if changed.iter().all(Vec::is_empty) && doubts.is_empty() {
            return None;
        }
        let held = held.map(|held| concerned(held, &changed));
        Some(Self { sides, held, doubts })
    }

    /// What the comparison depends on.
    pub(super) fn key(&self) -> Key<'h> {
        let of = |side: usize| {
            let marks = self.held[side].iter().map(Held::mark).collect();
            (marks, self.sides[side].facts(&self.held[side]))
        };
        ([of(0), of(1)], self.doubts.clone())
    }

    /// Compares the two sides.
    pub(super) fn compare(&self, world: &World<'_>) -> Compared {
        let mut compared = Compared { unknown: self.doubts.clone(), ..Compared::default() };
        compared.gains = self.found(GAINS, world, &mut compared);
        compared.gains.iter_mut().for_each(|gain| gain.risks = world.risks.of(gain));
        compared.losses = self.found(LOSSES, world, &mut compared);
        compared.unknown.sort_by(|a, b| b.of_gains.cmp(&a.of_gains).then_with(|| a.reason.cmp(&b.reason)));
        compared.unknown.dedup();
        compared
    }

    /// What is allowed on the second of two sides and not on the first.
    fn found(&self, direction: Direction, world: &World<'_>, compared: &mut Compared) -> Vec<AccessChange> {
        let of_gains = direction == GAINS;
        self.ask(direction, world, |inquiry| {
            let Found { gained, doubts } = inquiry.found();
            compared.unknown.extend(doubts.into_iter().map(|reason| Doubt { of_gains, reason }));
            if inquiry.fence.is_some() {
                let past = past::gained(inquiry, &gained).into_iter();
                let past = past.map(|gained| self.change(direction, gained));
                compared.other.extend(past.map(|change| past::told(&change, of_gains)));
            }
            gained.into_iter().map(|gained| self.change(direction, gained)).collect()
        })
    }

    /// Asks what is allowed on the second of two sides and not on the first, at times that are not past.
    fn ask<T>(&self, direction: Direction, world: &World<'_>, ask: impl FnOnce(&Inquiry<'_>) -> T) -> T {
        let fence = self.is_timed().then(|| past::fence(world.now));
        let [before, after] = direction.map(|side| statements(&self.held[side]));
        let contexts = direction.map(|side| &self.sides[side].context);
        let (now, catalog) = (world.now, world.catalog);
        ask(&Inquiry { before: &before, after: &after, contexts, fence: fence.as_ref(), now, catalog })
    }

    /// What is gained of some actions on some resources, or why that cannot be told.
    pub(super) fn touches(&self, actions: &[&str], resources: &[&str], world: &World<'_>) -> Option<Finding> {
        let found = self.ask(GAINS, world, |inquiry| inquiry.touches(actions, resources));
        match found {
            Ok((by, witness, open)) => Some(Finding::Gain { source: self.source(GAINS, by), witness, open }),
            Err(doubts) => {
                let unknown = self.doubts.iter().filter(|doubt| doubt.of_gains);
                let mut reasons = unknown.map(|doubt| doubt.reason.clone()).chain(doubts);
                reasons.next().map(Finding::Unknown)
            }
        }
    }

    /// The statement that is behind a gain.
    fn source(&self, [before, after]: Direction, by: By) -> Source {
        let (side, at) = match by {
            By::Allow(allow) => (after, allow),
            By::Deny(deny) => (before, deny),
        };
        self.sides[side].holdings.source(&self.held[side][at])
    }

    /// Whether something depends on the time.
    fn is_timed(&self) -> bool {
        let mut all = self
            .sides
            .iter()
            .zip(&self.held)
            .flat_map(|(side, held)| held.iter().flat_map(|held| side.keys(held)));
        all.any(|key| past::is_time(key))
    }

    fn change(&self, direction: Direction, gained: Gained) -> AccessChange {
        AccessChange {
            source: self.source(direction, gained.by),
            by_deny: matches!(gained.by, By::Deny(_)),
            actions: gained.part.actions,
            resources: gained.part.resources,
            conditions: gained.conditions,
            witness: gained.part.witness,
            open: gained.open,
            causes: vec![],
            risks: vec![],
        }
    }
}

fn statements<'s>(held: &[Held<'s>]) -> Vec<&'s Statement> {
    held.iter().map(|held| held.statement).collect()
}

/// On each side, what only it has, or what depends on keys of which the sides know different things.
fn changed<'h>(sides: &[Half<'h, '_>; 2], held: &[Vec<Held<'h>>; 2]) -> [Vec<Held<'h>>; 2] {
    let [old, new] = sides;
    let is_same_key = |key: &String| old.context.get(key) == new.context.get(key);
    let is_same_context = old.context == new.context;
    [0, 1].map(|side| {
        let other = &sides[1 - side].closure.numbers;
        let is_changed = |held: &&Held<'_>| {
            let is_known = is_same_context || sides[side].keys(held).iter().all(is_same_key);
            !is_known || other.binary_search(&held.number).is_err()
        };
        held[side].iter().filter(is_changed).copied().collect()
    })
}

/// The statements that may match a request that one of those matches which have changed.
fn concerned<'h>(held: Vec<Held<'h>>, changed: &[Vec<Held<'h>>; 2]) -> Vec<Held<'h>> {
    let meets = |held: &Held<'_>| {
        changed.iter().flatten().any(|it| it.number == held.number || it.statement.may_meet(held.statement))
    };
    held.into_iter().filter(meets).collect()
}
