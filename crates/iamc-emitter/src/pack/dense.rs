//! The fewest documents that a simple rule finds: first fit decreasing.

use super::bin::Bin;
use super::key::Key;
use super::unit::Unit;

/// Hexadecimal digits in a name that is made of contents.
const DIGITS: usize = 10;

/// The heaviest first, each into the first document that has room for it; of equal weight, the one with
/// the lesser key. None of them is heavier than the room.
pub(super) fn lay_out(units: &[Unit], room: usize) -> Vec<Bin> {
    let mut units: Vec<&Unit> = units.iter().collect();
    units.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.key.cmp(&b.key)));
    let mut bins: Vec<(usize, Vec<Unit>)> = Vec::new();
    for unit in units {
        match bins.iter_mut().find(|(weight, _)| weight + unit.weight <= room) {
            Some((weight, held)) => {
                *weight += unit.weight;
                held.push(unit.clone());
            }
            None => bins.push((unit.weight, vec![unit.clone()])),
        }
    }
    named(bins.into_iter().map(|(_, units)| Bin::new(String::new(), &units)).collect())
}

/// Documents named by what they hold; a single one, which holds everything, as the root of the trie is.
pub(super) fn named(mut bins: Vec<Bin>) -> Vec<Bin> {
    let is_single = bins.len() == 1;
    for bin in &mut bins {
        bin.suffix = if is_single { String::new() } else { suffix(&bin.units) };
    }
    bins
}

/// `-d` and a hash of the identities: a document with other statements is another document.
pub(super) fn suffix(units: &[Unit]) -> String {
    let mut keys: Vec<Key> = units.iter().map(|unit| unit.key).collect();
    keys.sort();
    let identity: String = keys.iter().map(|key| key.hex(64)).collect();
    format!("-d{}", Key::of(&identity).hex(DIGITS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tests::sample;

    fn keys(bins: &[Bin]) -> Vec<Vec<Key>> {
        bins.iter().map(|bin| bin.units.iter().map(|unit| unit.key).collect()).collect()
    }

    #[test]
    fn order_does_not_matter() {
        let units = sample::units(30);
        let reversed: Vec<Unit> = units.iter().rev().cloned().collect();
        let room = units.iter().map(|unit| unit.weight).sum::<usize>() / 4;
        assert_eq!(keys(&lay_out(&units, room)), keys(&lay_out(&reversed, room)));
        assert_eq!(suffix(&units), suffix(&reversed));
        assert_ne!(suffix(&units), suffix(&units[1..]));
    }

    #[test]
    fn the_first_that_fits_is_filled() {
        let units = sample::units(30);
        let total: usize = units.iter().map(|unit| unit.weight).sum();
        let bins = lay_out(&units, total / 4);
        assert!(bins.len() <= 5);
        assert!(bins.iter().all(|bin| bin.suffix.starts_with("-d") && bin.suffix.len() == 2 + DIGITS));
    }

    #[test]
    fn a_single_document_has_no_suffix() {
        assert_eq!(lay_out(&sample::units(3), usize::MAX)[0].suffix, "");
    }
}
