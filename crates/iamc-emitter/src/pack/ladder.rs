//! The rungs, from the one that an edit disturbs least to the one that needs the fewest documents.

use std::collections::BTreeMap;

use super::bin::Bin;
use super::unit::Unit;
use super::{Rung, dense, divide, merge, ordered, trie};

/// Hexadecimal digits of a statement's key in the names of the documents that hold its pieces.
const PIECE_DIGITS: usize = 10;

/// The statements of one principal.
pub(super) struct Ladder {
    /// Undivided.
    pub(super) wholes: Vec<Unit>,
    /// What is too large for a document in pieces.
    pub(super) units: Vec<Unit>,
    /// What statements can use of a document.
    pub(super) room: usize,
    /// The category of a document that statements of several categories share.
    pub(super) misc: usize,
    /// How many documents there can be.
    pub(super) most: usize,
}

/// A way to lay out; none where it cannot divide what it merged, or not into few enough documents.
type Way = fn(&Ladder) -> Option<Vec<Bin>>;

const WAYS: [(Rung, Way); 8] = [
    (Rung::Stable, Ladder::stable),
    (Rung::Ordered, Ladder::ordered),
    (Rung::Ordered, Ladder::ordered_fewest),
    (Rung::Dense, Ladder::dense),
    (Rung::Merged, Ladder::merged_ordered),
    (Rung::Merged, Ladder::merged_dense),
    (Rung::Together, Ladder::merged_together),
    (Rung::Together, Ladder::together),
];

impl Ladder {
    /// The documents of the first rung that needs no more than there can be, or the fewest of any.
    pub(super) fn climb(&self) -> Result<(Rung, Vec<Bin>), usize> {
        let mut fewest = usize::MAX;
        for (rung, way) in WAYS {
            let Some(bins) = way(self) else { continue };
            if bins.len() <= self.most {
                return Ok((rung, bins));
            }
            fewest = fewest.min(bins.len());
        }
        Err(fewest)
    }

    fn stable(&self) -> Option<Vec<Bin>> {
        Some(by_category(&self.units, |units| {
            pieces_apart(units, |units| trie::lay_out(units, self.room, 0))
        }))
    }

    fn ordered(&self) -> Option<Vec<Bin>> {
        Some(self.ranges(ordered::BALANCED))
    }

    fn ordered_fewest(&self) -> Option<Vec<Bin>> {
        Some(self.ranges(ordered::FEWEST))
    }

    fn ranges(&self, document: u64) -> Vec<Bin> {
        let lay_out = |units: &[Unit]| ordered::lay_out(units, self.room, document);
        by_category(&self.units, |units| pieces_apart(units, lay_out))
    }

    fn dense(&self) -> Option<Vec<Bin>> {
        Some(by_category(&self.units, |units| dense::lay_out(units, self.room)))
    }

    fn merged_ordered(&self) -> Option<Vec<Bin>> {
        let lay_out = |units: &[Unit]| dense::named(ordered::lay_out(units, self.room, ordered::BALANCED));
        Some(by_category(&self.merged_by_category()?, lay_out))
    }

    fn merged_dense(&self) -> Option<Vec<Bin>> {
        Some(by_category(&self.merged_by_category()?, |units| dense::lay_out(units, self.room)))
    }

    fn merged_together(&self) -> Option<Vec<Bin>> {
        let merged = self.divided(merge::merge(&self.wholes, self.misc))?;
        Some(self.across_categories(&merged))
    }

    fn together(&self) -> Option<Vec<Bin>> {
        Some(self.across_categories(&self.units))
    }

    fn across_categories(&self, units: &[Unit]) -> Vec<Bin> {
        let mut bins = dense::lay_out(units, self.room);
        for bin in &mut bins {
            bin.suffix = dense::suffix(&bin.units);
            if bin.units.iter().any(|unit| unit.category != bin.category) {
                bin.category = self.misc;
            }
        }
        bins
    }

    fn merged_by_category(&self) -> Option<Vec<Unit>> {
        let groups = grouped(&self.wholes);
        self.divided(groups.values().flat_map(|units| merge::merge(units, self.misc)).collect())
    }

    fn divided(&self, wholes: Vec<Unit>) -> Option<Vec<Unit>> {
        let is_divisible = |whole: &Unit| {
            divide::indivisible(whole, self.room).is_none()
                && divide::fewest_documents(whole, self.room) <= self.most
        };
        let are_divisible = wholes.iter().all(is_divisible);
        are_divisible.then(|| wholes.into_iter().flat_map(|whole| divide::divide(whole, self.room)).collect())
    }
}

fn by_category(units: &[Unit], lay_out: impl Fn(&[Unit]) -> Vec<Bin>) -> Vec<Bin> {
    grouped(units).values().flat_map(|units| lay_out(units)).collect()
}

/// The units of each category, sorted by key.
fn grouped(units: &[Unit]) -> BTreeMap<usize, Vec<Unit>> {
    let mut groups: BTreeMap<usize, Vec<Unit>> = BTreeMap::new();
    for unit in units {
        groups.entry(unit.category).or_default().push(unit.clone());
    }
    groups.values_mut().for_each(|units| units.sort_by_key(|unit| unit.key));
    groups
}

/// Lays out the whole statements, and gives each piece a document of its own: among others it would move
/// to one that lives when its statement is divided anew. Only a statement that outgrows every document
/// leaves one that lives, for new ones.
fn pieces_apart(units: &[Unit], lay_out: impl Fn(&[Unit]) -> Vec<Bin>) -> Vec<Bin> {
    let (wholes, pieces): (Vec<Unit>, Vec<Unit>) =
        units.iter().cloned().partition(|unit| unit.cell.is_empty());
    let mut bins = lay_out(&wholes);
    bins.extend(pieces.chunks(1).map(|piece| Bin::new(piece_suffix(&piece[0]), piece)));
    bins
}

fn piece_suffix(piece: &Unit) -> String {
    format!("-p{}{}", piece.origin.hex(PIECE_DIGITS), piece.cell)
}
