//! A document in the making.

use super::unit::Unit;

/// A document.
#[derive(Debug)]
pub(super) struct Bin {
    /// An index of [`super::category::Categories`].
    pub(super) category: usize,
    /// Empty, or `-` and letters and digits.
    pub(super) suffix: String,
    /// What it holds; never empty.
    pub(super) units: Vec<Unit>,
}

impl Bin {
    /// Units of one category in a document.
    pub(super) fn new(suffix: String, units: &[Unit]) -> Self {
        let category = units.first().map_or(0, |unit| unit.category);
        Self { category, suffix, units: units.to_vec() }
    }
}

/// Whether units fit one document.
pub(super) fn fits(units: &[Unit], room: usize) -> bool {
    units.iter().map(|unit| unit.weight).sum::<usize>() <= room
}
