//! Documents as ranges of the hash, by dynamic programming.
//!
//! A layout costs a fixed weight for each document, and 2 to the number of bits that the neighbours'
//! hashes share for each cut between them: few documents, and cuts that other edits are likely to find
//! again. A range is named by its two ends, so that no name ever means another range.

use super::bin::Bin;
use super::key::Key;
use super::unit::Unit;

/// What a document costs where few cuts should move.
pub(super) const BALANCED: u64 = 8;

/// What a document costs where nothing counts but their number.
pub(super) const FEWEST: u64 = 1 << 48;

/// Shared bits beyond this make a cut no dearer: the costs of all cuts together stay below [`FEWEST`].
const MOST_BITS: usize = 24;

/// Lays out units, sorted by key, none of them heavier than the room.
pub(super) fn lay_out(units: &[Unit], room: usize, document: u64) -> Vec<Bin> {
    let starts = cheapest_starts(units, room, document);
    let mut bins = Vec::new();
    let mut end = units.len();
    while end > 0 {
        let start = starts[end];
        bins.push(Bin::new(suffix(&cut(units, start), &cut(units, end)), &units[start..end]));
        end = start;
    }
    bins.reverse();
    bins
}

/// For each end, where the last document begins in the cheapest layout of what is before that end; of
/// equally cheap ones the one that begins last.
fn cheapest_starts(units: &[Unit], room: usize, document: u64) -> Vec<usize> {
    let mut costs = vec![0];
    let mut starts = vec![0];
    for end in 1..=units.len() {
        let mut weight = 0;
        let fitting = (0..end).rev().take_while(|&start| {
            weight += units[start].weight;
            weight <= room || start + 1 == end
        });
        let priced = fitting.map(|start| (costs[start] + cut_cost(units, start) + document, start));
        let (cost, start) = priced.min_by_key(|&(cost, _)| cost).unwrap_or_default();
        costs.push(cost);
        starts.push(start);
    }
    starts
}

fn cut_cost(units: &[Unit], at: usize) -> u64 {
    match at {
        0 => 0,
        at => 1 << units[at - 1].key.shared(&units[at].key).min(MOST_BITS),
    }
}

/// The shortest number between two neighbours' hashes, read as digits behind a binary point; empty at
/// both ends of the whole range.
fn cut(units: &[Unit], at: usize) -> String {
    match (at.checked_sub(1).and_then(|before| units.get(before)), units.get(at)) {
        (Some(before), Some(after)) => after.key.prefix((before.key.shared(&after.key) + 1).min(Key::BITS)),
        _ => String::new(),
    }
}

/// `-01x1` is the document of all hashes from .01 up to .1; a range that is a prefix is named as in the
/// trie.
fn suffix(start: &str, end: &str) -> String {
    match prefix(start, end) {
        Some(prefix) if prefix.is_empty() => String::new(),
        Some(prefix) => format!("-{prefix}"),
        None => format!("-{start}x{end}"),
    }
}

/// The prefix that all hashes of a range have, if the range holds all hashes with that prefix.
fn prefix(start: &str, end: &str) -> Option<String> {
    let depth = start.len().max(end.len());
    let prefix = format!("{start:0<depth$}");
    (behind(&prefix) == end).then_some(prefix)
}

/// Where the hashes with a prefix end.
fn behind(prefix: &str) -> String {
    match prefix.trim_end_matches('1').strip_suffix('0') {
        Some(rest) => format!("{rest}1"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tests::sample;

    #[test]
    fn ranges_that_are_prefixes_are_named_so() {
        assert_eq!(suffix("", ""), "");
        assert_eq!(suffix("", "1"), "-0");
        assert_eq!(suffix("1", ""), "-1");
        assert_eq!(suffix("01", "1"), "-01");
        assert_eq!(suffix("", "01"), "-00");
        assert_eq!(suffix("11", ""), "-11");
        assert_eq!(suffix("1", "11"), "-10");
    }

    #[test]
    fn other_ranges_are_named_by_their_ends() {
        assert_eq!(suffix("01", ""), "-01x");
        assert_eq!(suffix("", "11"), "-x11");
        assert_eq!(suffix("001", "1"), "-001x1");
        assert_eq!(suffix("01", "11"), "-01x11");
    }

    #[test]
    fn costs_are_the_least_of_all_layouts() {
        let units = sample::units(12);
        let room = units.iter().map(|unit| unit.weight).sum::<usize>() / 3;
        for document in [BALANCED, FEWEST] {
            let bins = lay_out(&units, room, document);
            let found = bins.iter().skip(1).map(|bin| bin.units[0].key).collect::<Vec<_>>();
            let all = (0..1_u32 << (units.len() - 1)).filter_map(|cuts| price(&units, cuts, room, document));
            let cuts = (1..units.len())
                .filter(|&at| found.contains(&units[at].key))
                .fold(0, |cuts, at| cuts | 1 << (at - 1));
            assert_eq!(price(&units, cuts, room, document), all.min());
        }
    }

    /// The cost of the layout that has a cut before unit n + 1 where bit n is set, if it fits.
    fn price(units: &[Unit], cuts: u32, room: usize, document: u64) -> Option<u64> {
        let mut cost = document;
        let mut weight = 0;
        for (at, unit) in units.iter().enumerate() {
            if at > 0 && cuts >> (at - 1) & 1 == 1 {
                cost += document + (1 << units[at - 1].key.shared(&unit.key));
                weight = 0;
            }
            weight += unit.weight;
            if weight > room {
                return None;
            }
        }
        Some(cost)
    }
}
