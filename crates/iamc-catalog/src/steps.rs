//! Patterns as steps, and whether two of them have a text in common.

use std::collections::BTreeSet;

/// A step of a pattern: what one character may be, and whether there may be any number of them. It is the
/// character with bits above it, since long patterns are compared step by step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step(u32);

/// What one character may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    /// This one.
    Is(char),
    /// Any.
    Any,
    /// Any but this one.
    Not(char),
}

const REPEATS: u32 = 1 << 31;
const NOT: u32 = 1 << 30;
const ANY: u32 = 1 << 29;

impl Step {
    fn new(set: Set, repeats: bool) -> Self {
        let set = match set {
            Set::Is(c) => u32::from(c),
            Set::Any => ANY,
            Set::Not(c) => NOT | u32::from(c),
        };
        Self(if repeats { set | REPEATS } else { set })
    }

    pub(crate) fn literal(text: &str) -> impl Iterator<Item = Self> {
        text.chars().map(Self::only)
    }

    /// This character.
    pub(crate) fn only(c: char) -> Self {
        Self::new(Set::Is(c), false)
    }

    /// Any number of characters of the set.
    pub(crate) fn any(set: Set) -> Self {
        Self::new(set, true)
    }

    /// One character of the set, or more.
    pub(crate) fn hole(set: Set) -> [Self; 2] {
        [Self::new(set, false), Self::new(set, true)]
    }

    fn repeats(self) -> bool {
        self.0 & REPEATS != 0
    }

    /// Whether a character can be of both.
    fn meets(self, other: Self) -> bool {
        let (one, other) = (self.0 & !REPEATS, other.0 & !REPEATS);
        let are_characters = (one | other) < ANY;
        one == other || !are_characters && (one ^ other) != NOT
    }
}

/// The steps of a pattern as a policy writes it: `*`, `?`; a policy variable (`${…}`) and a
/// placeholder (`{…}`) can be anything, but for `${*}`, `${?}` and `${$}`, which are the characters.
pub(crate) fn written(pattern: &str) -> Vec<Step> {
    let mut steps = Vec::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'*' | b'?' | b'$' | b'{')) {
        steps.extend(Step::literal(&rest[..at]));
        rest = &rest[at..];
        let length = hole(rest).unwrap_or(1);
        let (set, repeats) = match &rest[..length] {
            "${*}" => (Set::Is('*'), false),
            "${?}" => (Set::Is('?'), false),
            "$" | "${$}" => (Set::Is('$'), false),
            "{" => (Set::Is('{'), false),
            "?" => (Set::Any, false),
            _ => (Set::Any, true),
        };
        steps.push(Step::new(set, repeats));
        rest = &rest[length..];
    }
    steps.extend(Step::literal(rest));
    steps
}

/// The length of the `${…}` or `{…}` that the text begins with.
fn hole(text: &str) -> Option<usize> {
    let is_hole = matches!(text.as_bytes(), [b'{', ..] | [b'$', b'{', ..]);
    is_hole.then(|| text.find('}').map(|end| end + 1)).flatten()
}

/// Whether there is a text that both patterns cover.
pub(crate) fn meet(left: &[Step], right: &[Step]) -> bool {
    let ends_alike = without_end(left, right);
    ends_alike.is_some_and(|(left, right)| search(left, right))
}

/// Two patterns without the single characters that both end with; nothing where these differ.
fn without_end<'a>(mut left: &'a [Step], mut right: &'a [Step]) -> Option<(&'a [Step], &'a [Step])> {
    while let ([of_left @ .., a], [of_right @ .., b]) = (left, right)
        && !a.repeats()
        && !b.repeats()
    {
        (left, right) = a.meets(*b).then_some((of_left, of_right))?;
    }
    Some((left, right))
}

/// The places behind the single characters that both patterns go on with; nothing where these differ.
#[inline]
fn alike(left: &[Step], right: &[Step], (mut l, mut r): (usize, usize)) -> Option<(usize, usize)> {
    while let (Some(a), Some(b)) = (left.get(l), right.get(r))
        && !a.repeats()
        && !b.repeats()
    {
        (l, r) = a.meets(*b).then_some((l + 1, r + 1))?;
    }
    Some((l, r))
}

/// How many of the single characters that one pattern goes on with are surely taken by the run of any
/// number that the other goes on with; nothing where it can take the first of them or leave it.
#[inline]
fn taken(run: &[Step], singles: &[Step]) -> Option<usize> {
    let (Some(of_run), next) = (run.first(), run.get(1)) else { return None };
    let takes = |single: &Step| !single.repeats() && of_run.meets(*single);
    let leaves = |single: &Step| next.is_some_and(|next| next.repeats() || next.meets(*single));
    let sure = singles.iter().take_while(|single| takes(single) && !leaves(single)).count();
    let is_open = sure == 0 && singles.first().is_some_and(takes);
    (!is_open).then_some(sure)
}

/// The places up to which there is but one way for a text of both patterns; nothing where there is none.
#[inline]
fn ahead(left: &[Step], right: &[Step], places: (usize, usize)) -> Option<(usize, usize)> {
    let (mut l, mut r) = places;
    loop {
        (l, r) = alike(left, right, (l, r))?;
        let taken = match (left.get(l), right.get(r)) {
            (None, None) => return Some((l, r)),
            (Some(rest), None) | (None, Some(rest)) if !rest.repeats() => return None,
            (Some(a), Some(b)) if a.repeats() && b.repeats() => None,
            (Some(a), _) if a.repeats() => {
                taken(&left[l..], &right[r..]).map(|taken| (usize::from(taken == 0), taken))
            }
            _ => taken(&right[r..], &left[l..]).map(|taken| (taken, usize::from(taken == 0))),
        };
        let Some((on_left, on_right)) = taken else { return Some((l, r)) };
        (l, r) = (l + on_left, r + on_right);
    }
}

/// Walks the pairs of places that one text can come to, of those alone at which there are several ways.
fn search(left: &[Step], right: &[Step]) -> bool {
    let end = (left.len(), right.len());
    let mut seen = BTreeSet::new();
    let mut open = Vec::from_iter(ahead(left, right, (0, 0)));
    while let Some((l, r)) = open.pop() {
        if (l, r) == end {
            return true;
        }
        if !seen.insert((l, r)) {
            continue;
        }
        let (a, b) = (left[l], right[r]);
        let mut go_on = |l, r| open.extend(ahead(left, right, (l, r)));
        if a.repeats() {
            go_on(l + 1, r);
        }
        if b.repeats() {
            go_on(l, r + 1);
        }
        if a.meets(b) && !(a.repeats() && b.repeats()) {
            go_on(l + usize::from(!a.repeats()), r + usize::from(!b.repeats()));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_where_they_have_a_character_in_common() {
        let sets = [Set::Is('a'), Set::Is('b'), Set::Not('a'), Set::Not('b'), Set::Any];
        let has = |set, c| match set {
            Set::Is(own) => c == own,
            Set::Not(other) => c != other,
            Set::Any => true,
        };
        for (one, other) in sets.iter().flat_map(|one| sets.iter().map(move |other| (*one, *other))) {
            let expected = "abc".chars().any(|c| has(one, c) && has(other, c));
            for repeats in [(false, false), (true, false), (true, true)] {
                let steps = (Step::new(one, repeats.0), Step::new(other, repeats.1));
                assert_eq!(steps.0.meets(steps.1), expected, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn variables_can_be_anything_but_those_that_are_characters() {
        let meets = |pattern: &str, text: &str| meet(&written(pattern), &written(text));
        assert!(meets("a/${aws:username}/b", "a/x/y/b") && meets("{bucket}", "x"));
        assert!(meets("a${*}b", "a${*}b") && !meets("a${*}b", "axb"));
        assert!(meets("${aws:username", "${aws:username"));
    }
}
