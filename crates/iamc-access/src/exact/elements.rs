//! What is wanted of lists of patterns, for words of one pattern, the driver. What plainly cannot match
//! such words is left out.

use super::automaton::{Element, Want};
use super::pattern::Pattern;
use super::space::List;

/// The patterns to follow one at a time: those of the first positive that lists what it matches, else
/// those of the region.
pub(super) fn drivers<'d>(positives: &[&'d List], region: &'d [Pattern]) -> &'d [Pattern] {
    positives.iter().find(|list| !list.is_negated).map_or(region, |list| &list.patterns)
}

/// That this pattern matches.
pub(super) fn only(pattern: &Pattern) -> Element<'_> {
    Element { patterns: vec![pattern], want: Want::Match }
}

/// That one of these patterns matches; nothing to see to where that is plain, none where it is plain that
/// no word of the driver does.
pub(super) fn region<'e>(patterns: &'e [Pattern], driver: &'e Pattern) -> Option<Option<Element<'e>>> {
    if patterns.as_ptr_range().contains(&std::ptr::from_ref(driver)) {
        return Some(None);
    }
    let met = met(patterns, driver);
    match met.is_empty() {
        true => None,
        false if is_whole(&met, driver) => Some(None),
        false => Some(Some(Element { patterns: met, want: Want::Match })),
    }
}

/// That a list of a positive matches.
pub(super) fn wanted<'e>(list: &'e List, driver: &'e Pattern) -> Option<Option<Element<'e>>> {
    if !list.is_negated {
        return region(&list.patterns, driver);
    }
    let met = met(&list.patterns, driver);
    match met.is_empty() {
        true => Some(None),
        false if is_whole(&met, driver) => None,
        false => Some(Some(Element { patterns: met, want: Want::Miss })),
    }
}

/// What is wanted of a negative, which must not be met at all where that is final.
pub(super) fn unwanted<'e>(
    list: &'e List,
    driver: &'e Pattern,
    is_final: bool,
    tag: usize,
) -> Option<Option<Element<'e>>> {
    let met = met(&list.patterns, driver);
    let tag = tag as u32;
    let want = match (list.is_negated, is_final) {
        (false, _) if met.is_empty() => return Some(None),
        (false, true) if is_whole(&met, driver) => return None,
        (true, true) if met.is_empty() => return None,
        (true, _) if is_whole(&met, driver) => return Some(None),
        (false, true) => Want::Miss,
        (false, false) => Want::Avoid(tag),
        (true, true) => Want::Match,
        (true, false) => Want::Prefer(tag),
    };
    Some(Some(Element { patterns: met, want }))
}

/// The patterns that a word of the driver may match.
fn met<'e>(patterns: &'e [Pattern], driver: &Pattern) -> Vec<&'e Pattern> {
    patterns.iter().filter(|pattern| pattern.may_meet(driver)).collect()
}

/// Whether one of these plainly matches every word of the driver.
fn is_whole(met: &[&Pattern], driver: &Pattern) -> bool {
    met.iter().any(|pattern| pattern.is_anything() || *pattern == driver)
}
