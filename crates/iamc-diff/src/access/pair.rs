//! One principal, before and after.

use iamc_access::exact::{self, ActionNames, Caps, Cause, Gain};
use iamc_access::{Context, Permissions, Statement};
use iamc_model::Timestamp;
use iamc_model::declaration::Effect;

use super::closure::Held;
use super::confirm::Judges;
use super::half::{Fact, Half, Mark, may_meet};
use super::number::Number;
use crate::difference::{AccessChange, Change, Doubt};

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
/// depend, and the documents that are not known.
pub(super) type Key<'s> = [(Vec<Mark<'s>>, Vec<Fact>, Vec<&'s str>); 2];

/// A principal whose access may differ.
pub(super) struct Pair<'h, 'a> {
    sides: [Half<'h, 'a>; 2],
    /// The statements that can matter.
    held: [Vec<Held<'h>>; 2],
    /// Documents that only this side has, and that are not known.
    unknown: [Vec<&'a str>; 2],
    /// Whether a Deny may have changed, on each side.
    denies_differ: bool,
}

impl<'h, 'a: 'h> Pair<'h, 'a> {
    /// A pair, unless it is plain that nothing differs.
    pub(super) fn of(sides: [Half<'h, 'a>; 2]) -> Option<Self> {
        let [old, new] = &sides;
        let is_same =
            old.closure.numbers == new.closure.numbers && old.closure.unknown == new.closure.unknown;
        if is_same && old.context == new.context {
            return None;
        }
        let held = [old.held(), new.held()];
        let changed = changed(&sides, &held);
        let unknown = [
            only(&old.closure.unknown, &new.closure.unknown),
            only(&new.closure.unknown, &old.closure.unknown),
        ];
        if changed.is_empty() && unknown.iter().all(Vec::is_empty) {
            return None;
        }
        let denies_differ = changed.iter().any(|held| held.statement.effect() == Effect::Deny);
        let held = held.map(|held| {
            let matters = |held: &Held<'_>| changed.iter().any(|it| may_meet(it.statement, held.statement));
            held.into_iter().filter(matters).collect()
        });
        Some(Self { sides, held, unknown, denies_differ })
    }

    /// What the comparison depends on.
    pub(super) fn key(&self) -> Key<'h> {
        [0, 1].map(|side| {
            let marks = self.held[side].iter().map(Held::mark).collect();
            let unknown = match self.denies_differ {
                true => self.sides[side].closure.unknown.clone(),
                false => self.unknown[side].clone(),
            };
            (marks, self.sides[side].facts(&self.held[side]), unknown)
        })
    }

    /// Compares the two sides.
    pub(super) fn compare(&self, now: Timestamp, names: &dyn ActionNames) -> Compared {
        let _ = now;
        let mut compared = Compared::default();
        (compared.gains, compared.unknown) = self.gains([0, 1], names);
        let losses = self.gains([1, 0], names);
        compared.losses = losses.0;
        compared.unknown.extend(losses.1);
        compared
    }

    /// What is allowed on the second of two sides and not on the first.
    fn gains(&self, [before, after]: [usize; 2], names: &dyn ActionNames) -> (Vec<AccessChange>, Vec<Doubt>) {
        let statements =
            [before, after].map(|side| self.held[side].iter().map(|held| held.statement).collect::<Vec<_>>());
        let contexts = [before, after].map(|side| &self.sides[side].context);
        let sides = [0, 1].map(|side| side_of(&statements[side], contexts[side]));
        let found = exact::gains(sides[0], sides[1], Caps::default(), names);
        let judges = Judges::new(sides);
        let of_gains = after == 1;
        let mut doubts: Vec<Doubt> =
            found.doubts.into_iter().map(|reason| Doubt { of_gains, reason }).collect();
        doubts.extend(self.unknown_documents([before, after]).map(|reason| Doubt { of_gains, reason }));
        let mut changes = Vec::new();
        for gain in found.gains {
            match judges.confirm(&gain.witness) {
                true => changes.push(self.change([before, after], gain)),
                false => doubts
                    .push(Doubt { of_gains, reason: "what was found could not be confirmed".to_owned() }),
            }
        }
        (changes, doubts)
    }

    /// Why documents that are not known leave open what is gained.
    fn unknown_documents(&self, [_, after]: [usize; 2]) -> impl Iterator<Item = String> {
        self.unknown[after].iter().map(|arn| format!("the document of `{arn}` is not known"))
    }

    fn change(&self, [before, after]: [usize; 2], gain: Gain) -> AccessChange {
        let (side, at) = match gain.cause {
            Cause::Allow(allow) => (after, allow),
            Cause::Undenied { deny, .. } => (before, deny),
        };
        let held = &self.held[side][at];
        AccessChange {
            source: self.sides[side].holdings.source(held),
            by_deny: matches!(gain.cause, Cause::Undenied { .. }),
            actions: held.statement.actions().clone(),
            resources: held.statement.resources().clone(),
            conditions: held.statement.conditions().clone(),
            witness: gain.witness,
            causes: vec![],
            risks: vec![],
        }
    }
}

fn side_of<'s>(statements: &'s [&'s Statement], context: &'s Context) -> exact::Side<'s> {
    exact::Side { permissions: Permissions { statements, unknown_documents: false }, context }
}

/// What only one side has, or what depends on keys of which the sides know different things.
fn changed<'h>(sides: &[Half<'h, '_>; 2], held: &[Vec<Held<'h>>; 2]) -> Vec<Held<'h>> {
    let [old, new] = sides;
    let is_in = |half: &Half<'_, '_>, number: Number| half.closure.numbers.binary_search(&number).is_ok();
    let is_same_key = |key: &String| old.context.get(key) == new.context.get(key);
    let is_same_context = old.context == new.context;
    let of = |side: usize| {
        let other = &sides[1 - side];
        held[side].iter().filter(move |held| {
            !is_in(other, held.number) || !(is_same_context || sides[side].keys(held).iter().all(is_same_key))
        })
    };
    of(0).chain(of(1)).copied().collect()
}

fn only<'a>(one: &[&'a str], other: &[&'a str]) -> Vec<&'a str> {
    one.iter().filter(|arn| !other.contains(arn)).copied().collect()
}
