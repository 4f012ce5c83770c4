//! What is the same for several principals, told once: what a person reads.

use std::collections::{BTreeMap, BTreeSet};

use iamc_diff::{
    AccessChange, Aspect, Cause, Change, Difference, Doubt, Presence, PrincipalChange, Risk, Source,
};
use iamc_model::grants::{Conditions, Patterns};

use super::own::Own;
use super::sides::Sides;

/// A part of what a person reads, in the order in which the parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// Access that there was not.
    Gain,
    /// Whether there is more is not known.
    Unknown,
    /// Access that there is no longer.
    Loss,
    /// What is not access.
    Other,
}

/// What is the same for these principals, for the same reasons.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) turn: Turn,
    /// Whether a Deny that is gone or has come is the cause.
    pub(super) by_deny: bool,
    /// Whether it depends on what AWS leaves open.
    pub(super) is_open: bool,
    pub(super) presence: Presence,
    /// By name; never empty.
    pub(super) principals: Vec<&'a PrincipalChange>,
    /// Never empty.
    pub(super) entries: Vec<Entry<'a>>,
    /// Of all entries; the most frequent first.
    pub(super) causes: Vec<&'a Cause>,
    /// Of all entries; the worst first.
    pub(super) risks: Vec<Risk>,
}

/// One of the things that are the same.
#[derive(Debug)]
pub(super) enum Entry<'a> {
    /// Access that is gained or lost.
    Access {
        /// That of the first of the principals.
        change: &'a AccessChange,
        /// That of all: with the placeholders where each has resources of its own.
        resources: Patterns,
        /// The same.
        conditions: Conditions,
    },
    /// What could not be decided.
    Doubt(&'a Doubt),
    /// What is not access.
    Change(&'a Change),
}

/// What makes changes the same.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Same<'a> {
    Access {
        source: &'a Source,
        actions: &'a Patterns,
        resources: Patterns,
        conditions: Conditions,
        open: &'a [String],
    },
    Doubt(&'a Doubt),
    Change(Aspect, &'a str),
}

/// What a block has in common: its place among the blocks, without what is said.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
struct Common<'a> {
    turn: Turn,
    by_deny: bool,
    is_open: bool,
    presence: Presence,
    is_risky: bool,
    /// What is not access stands together, whatever the risks.
    risks: &'a [Risk],
}

/// One change of one principal.
#[derive(Clone, Copy)]
enum Item<'a> {
    Access(Turn, &'a AccessChange),
    Doubt(&'a Doubt),
    Change(&'a Change),
}

/// Numbers of principals in the difference, each with its change.
type Alike<'a> = Vec<(usize, Item<'a>)>;

/// What has this in common, for the principals of these numbers, for these reasons.
type Key<'a> = (Common<'a>, Vec<usize>, Vec<&'a Cause>);

/// The blocks, those with risks first, the worst on top; then by turns, those of most principals first.
pub(super) fn blocks<'a>(difference: &'a Difference, sides: &'a Sides) -> Vec<Block<'a>> {
    let mut together: BTreeMap<Key<'a>, Vec<Entry<'a>>> = BTreeMap::new();
    for ((common, same), alike) in alike(difference, sides) {
        let numbers: BTreeSet<usize> = alike.iter().map(|(at, _)| *at).collect();
        let key = (common, numbers.into_iter().collect(), causes(&alike));
        together.entry(key).or_default().extend(entry(same, &alike));
    }
    let block = |(key, entries)| Block::new(difference, key, entries);
    let mut blocks: Vec<Block<'_>> = together.into_iter().map(block).collect();
    blocks.sort_by_key(Block::rank);
    blocks
}

/// What is the same for several.
fn alike<'a>(difference: &'a Difference, sides: &'a Sides) -> BTreeMap<(Common<'a>, Same<'a>), Alike<'a>> {
    let own = Own::new(sides);
    let mut alike: BTreeMap<_, Alike<'a>> = BTreeMap::new();
    for (at, principal) in difference.principals.iter().enumerate() {
        for item in items(principal) {
            let key = (common(principal, item), same(&own, principal, item));
            alike.entry(key).or_default().push((at, item));
        }
    }
    alike
}

impl<'a> Block<'a> {
    fn new(difference: &'a Difference, (common, numbers, causes): Key<'a>, entries: Vec<Entry<'a>>) -> Self {
        let Common { turn, by_deny, is_open, presence, .. } = common;
        let principals = numbers.into_iter().map(|at| &difference.principals[at]).collect();
        let risks = risks(&entries);
        Self { turn, by_deny, is_open, presence, principals, entries, causes, risks }
    }

    /// Those with risks first, the worst on top.
    fn rank(&self) -> impl Ord + use<> {
        let worst = self.risks.first().copied();
        (worst.is_none(), worst, self.turn, std::cmp::Reverse(self.principals.len()))
    }
}

fn items(principal: &PrincipalChange) -> impl Iterator<Item = Item<'_>> {
    let gains = principal.gains.iter().map(|change| Item::Access(Turn::Gain, change));
    let losses = principal.losses.iter().map(|change| Item::Access(Turn::Loss, change));
    let unknown = principal.unknown.iter().map(Item::Doubt);
    gains.chain(losses).chain(unknown).chain(principal.other.iter().map(Item::Change))
}

fn common<'a>(principal: &PrincipalChange, item: Item<'a>) -> Common<'a> {
    let of = |turn, is_risky| Common {
        turn,
        by_deny: false,
        is_open: false,
        presence: principal.presence,
        is_risky,
        risks: &[],
    };
    match item {
        Item::Access(turn, AccessChange { by_deny, open, risks, .. }) => {
            Common { by_deny: *by_deny, is_open: !open.is_empty(), risks, ..of(turn, !risks.is_empty()) }
        }
        Item::Doubt(_) => of(Turn::Unknown, false),
        Item::Change(change) => of(Turn::Other, !change.risks.is_empty()),
    }
}

/// What makes any of the entries worth a second look.
fn risks(entries: &[Entry<'_>]) -> Vec<Risk> {
    let risks = entries.iter().flat_map(|entry| match entry {
        Entry::Access { change, .. } => &change.risks[..],
        Entry::Doubt(_) => &[],
        Entry::Change(change) => &change.risks,
    });
    risks.copied().collect::<BTreeSet<Risk>>().into_iter().collect()
}

fn same<'a>(own: &Own<'a>, principal: &PrincipalChange, item: Item<'a>) -> Same<'a> {
    match item {
        Item::Access(_, change) => Same::Access {
            source: &change.source,
            actions: &change.actions,
            resources: own.resources(principal, change),
            conditions: own.conditions(principal, change),
            open: &change.open,
        },
        Item::Doubt(doubt) => Same::Doubt(doubt),
        Item::Change(change) => Same::Change(change.aspect, &change.words),
    }
}

/// What made it so, for any of the principals. What is not access tells its own causes.
fn causes<'a>(alike: &Alike<'a>) -> Vec<&'a Cause> {
    let mut frequent: BTreeMap<&Cause, usize> = BTreeMap::new();
    for (_, item) in alike {
        let Item::Access(_, change) = item else { continue };
        change.causes.iter().for_each(|cause| *frequent.entry(cause).or_default() += 1);
    }
    let mut causes: Vec<(&Cause, usize)> = frequent.into_iter().collect();
    causes.sort_by_key(|&(_, times)| std::cmp::Reverse(times));
    causes.into_iter().map(|(cause, _)| cause).collect()
}

fn entry<'a>(same: Same<'a>, alike: &Alike<'a>) -> Option<Entry<'a>> {
    let (_, first) = alike.first()?;
    Some(match *first {
        Item::Doubt(doubt) => Entry::Doubt(doubt),
        Item::Change(change) => Entry::Change(change),
        Item::Access(_, change) => {
            let (resources, conditions) = match same {
                Same::Access { resources, conditions, .. } if !all_have(alike, change) => {
                    (resources, conditions)
                }
                _ => (change.resources.clone(), change.conditions.clone()),
            };
            Entry::Access { change, resources, conditions }
        }
    })
}

/// Whether it is the same for all to the letter.
fn all_have(alike: &Alike<'_>, change: &AccessChange) -> bool {
    alike.iter().all(|(_, item)| {
        matches!(item, Item::Access(_, it)
            if it.resources == change.resources && it.conditions == change.conditions)
    })
}
