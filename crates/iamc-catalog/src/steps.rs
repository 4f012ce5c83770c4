//! Patterns as steps, and whether two of them have a text in common.

use std::collections::BTreeSet;

/// A step of a pattern: what one character may be, and whether there may be any number of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    set: Set,
    repeats: bool,
}

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

impl Set {
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Is(a), Self::Is(b)) => a == b,
            (Self::Is(c), Self::Not(except)) | (Self::Not(except), Self::Is(c)) => c != except,
            _ => true,
        }
    }
}

impl Step {
    pub(crate) fn literal(text: &str) -> impl Iterator<Item = Self> {
        text.chars().map(Self::only)
    }

    /// This character.
    pub(crate) fn only(c: char) -> Self {
        Self { set: Set::Is(c), repeats: false }
    }

    /// Any number of characters of the set.
    pub(crate) fn any(set: Set) -> Self {
        Self { set, repeats: true }
    }

    /// One character of the set, or more.
    pub(crate) fn hole(set: Set) -> [Self; 2] {
        [Self { set, repeats: false }, Self { set, repeats: true }]
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
        steps.push(Step { set, repeats });
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
        && !a.repeats
        && !b.repeats
    {
        (left, right) = a.set.meets(b.set).then_some((of_left, of_right))?;
    }
    Some((left, right))
}

/// The places behind the single characters that both patterns go on with; nothing where these differ.
#[inline]
fn alike(left: &[Step], right: &[Step], (mut l, mut r): (usize, usize)) -> Option<(usize, usize)> {
    while let (Some(a), Some(b)) = (left.get(l), right.get(r))
        && !a.repeats
        && !b.repeats
    {
        (l, r) = a.set.meets(b.set).then_some((l + 1, r + 1))?;
    }
    Some((l, r))
}

/// How many of the single characters that one pattern goes on with are surely taken by the run of any
/// number that the other goes on with; nothing where it can take the first of them or leave it.
#[inline]
fn taken(run: &[Step], singles: &[Step]) -> Option<usize> {
    let (Some(of_run), next) = (run.first(), run.get(1)) else { return None };
    let takes = |single: &Step| !single.repeats && of_run.set.meets(single.set);
    let leaves = |single: &Step| next.is_some_and(|next| next.repeats || next.set.meets(single.set));
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
            (Some(rest), None) | (None, Some(rest)) if !rest.repeats => return None,
            (Some(a), Some(b)) if a.repeats && b.repeats => None,
            (Some(a), _) if a.repeats => {
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
        if a.repeats {
            go_on(l + 1, r);
        }
        if b.repeats {
            go_on(l, r + 1);
        }
        if a.set.meets(b.set) && !(a.repeats && b.repeats) {
            go_on(l + usize::from(!a.repeats), r + usize::from(!b.repeats));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_can_be_anything_but_those_that_are_characters() {
        let meets = |pattern: &str, text: &str| meet(&written(pattern), &written(text));
        assert!(meets("a/${aws:username}/b", "a/x/y/b") && meets("{bucket}", "x"));
        assert!(meets("a${*}b", "a${*}b") && !meets("a${*}b", "axb"));
        assert!(meets("${aws:username", "${aws:username"));
    }
}
