//! From what the engine found to sentences: which part of which statement is gained.

use std::collections::BTreeMap;

use iamc_access::exact::{Cause, Gain, Gains, Witness};
use iamc_model::grants::{Conditions, Patterns};

use super::example;
use super::inquiry::{Inquiry, Sureness};
use super::parts::{Grid, Part};

/// What is gained by one statement.
#[derive(Debug)]
pub(super) struct Gained {
    pub(super) by: By,
    pub(super) part: Part,
    pub(super) conditions: Conditions,
    /// What AWS leaves open on which it depends, in words; empty where it is gained for sure.
    pub(super) open: Vec<String>,
}

/// The statement that is behind a gain, as its side counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// An Allow of the side after.
    Allow(usize),
    /// A Deny of the side before.
    Deny(usize),
}

/// All that is gained, confirmed; and why there may be more.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) gained: Vec<Gained>,
    pub(super) doubts: Vec<String>,
}

/// What is said of an answer that the evaluator of single requests does not share.
pub(super) const UNCONFIRMED: &str = "an example of what was found could not be confirmed";

impl Inquiry<'_> {
    /// What is gained, part by part.
    pub(super) fn found(&self) -> Found {
        let Gains { gains, doubts } = self.gains();
        let mut found = Found { gained: vec![], doubts };
        let mut denied: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for gain in gains {
            match gain.cause {
                Cause::Allow(allow) => self.add_allow(allow, gain, &mut found),
                Cause::Undenied { deny, allow } => denied.entry(deny).or_default().push(allow),
            }
        }
        for (deny, allows) in denied {
            self.add_denied(deny, &allows, &mut found);
        }
        found.doubts.sort_unstable();
        found.doubts.dedup();
        found
    }

    fn add_allow(&self, allow: usize, gain: Gain, found: &mut Found) {
        let statement = self.after[allow];
        let grid = Grid::of(statement);
        let parts = match grid.actions.len() * grid.resources.len() {
            1 => vec![grid.whole(gain)],
            _ => grid.parts(&mut |parts| found.noting(self.parts_of_allow(parts))),
        };
        let conditions = statement.conditions();
        self.add(By::Allow(allow), parts, conditions, found);
    }

    fn add_denied(&self, deny: usize, allows: &[usize], found: &mut Found) {
        let denied = self.before[deny];
        let mut by_conditions: BTreeMap<Conditions, Vec<Part>> = BTreeMap::new();
        for &allow in allows {
            let allow = self.after[allow];
            let grid = Grid::common(allow, denied, self.contexts[0] == self.contexts[1]);
            let parts = grid.parts(&mut |parts| found.noting(self.parts_of_denied(deny, parts)));
            let conditions = both(denied.conditions(), allow.conditions());
            by_conditions.entry(conditions).or_default().extend(parts);
        }
        for (conditions, parts) in by_conditions {
            self.add(By::Deny(deny), Part::united(parts), &conditions, found);
        }
    }

    fn add(&self, by: By, parts: Vec<Part>, conditions: &Conditions, found: &mut Found) {
        if parts.is_empty() {
            found.doubts.push(UNCONFIRMED.to_owned());
        }
        for mut part in parts {
            match self.confirmed(part.witness, &[&part.actions]) {
                Some((witness, open)) => {
                    part.witness = witness;
                    found.gained.push(Gained { by, part, conditions: conditions.clone(), open });
                }
                None => found.doubts.push(UNCONFIRMED.to_owned()),
            }
        }
    }

    /// A confirmed example, of an action that all of these name and that works on the resource where one
    /// would do, and what AWS leaves open on which it depends: nothing where one would do that is sure.
    pub(super) fn confirmed(
        &self,
        witness: Witness,
        actions: &[&Patterns],
    ) -> Option<(Witness, Vec<String>)> {
        let likelier = example::likelier(&witness, actions, self.catalog).into_iter();
        let mut open = None;
        for witness in likelier.chain([witness]) {
            match self.confirms(&witness) {
                Some(Sureness::Sure) => return Some((witness, vec![])),
                Some(Sureness::Open(doubts)) if open.is_none() => open = Some((witness, doubts)),
                Some(Sureness::Open(_)) | None => {}
            }
        }
        open
    }
}

impl Found {
    /// Notes why there may be more; gives what there is.
    fn noting<T>(&mut self, (found, doubts): (T, Vec<String>)) -> T {
        self.doubts.extend(doubts);
        found
    }
}

/// The conditions of both; those of the first where both are on the same key.
fn both(one: &Conditions, other: &Conditions) -> Conditions {
    let mut both = other.clone();
    for (operator, keys) in one {
        let of_operator = both.entry(*operator).or_default();
        of_operator.retain(|key, _| !keys.keys().any(|own| own.eq_ignore_ascii_case(key)));
        of_operator.extend(keys.clone());
    }
    both
}
