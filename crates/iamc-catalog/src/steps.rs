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
    while let Some(c) = rest.chars().next() {
        let (set, repeats, length) = match (c, hole(rest)) {
            (_, Some(length)) => match &rest[..length] {
                "${*}" => (Set::Is('*'), false, length),
                "${?}" => (Set::Is('?'), false, length),
                "${$}" => (Set::Is('$'), false, length),
                _ => (Set::Any, true, length),
            },
            ('*', None) => (Set::Any, true, 1),
            ('?', None) => (Set::Any, false, 1),
            (c, None) => (Set::Is(c), false, c.len_utf8()),
        };
        steps.push(Step { set, repeats });
        rest = &rest[length..];
    }
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

/// What a run of any number of characters does with a single one of the other pattern.
enum Turn {
    /// It goes over it.
    Take,
    /// It ends before it.
    End,
    /// One or the other.
    Open,
}

/// What the run that a pattern goes on with does.
#[inline]
fn turn(run: &[Step], single: Step) -> Turn {
    let can_take = run.first().is_some_and(|run| run.set.meets(single.set));
    let can_end = run.get(1).is_some_and(|next| next.repeats || next.set.meets(single.set));
    match (can_take, can_end) {
        (true, true) => Turn::Open,
        (true, false) => Turn::Take,
        (false, _) => Turn::End,
    }
}

/// The places up to which there is but one way for a text of both patterns; nothing where there is none.
#[inline]
fn ahead(left: &[Step], right: &[Step], (mut l, mut r): (usize, usize)) -> Option<(usize, usize)> {
    loop {
        let (on_left, on_right) = match (left.get(l), right.get(r)) {
            (None, None) => return Some((l, r)),
            (Some(rest), None) | (None, Some(rest)) if !rest.repeats => return None,
            (_, None) => (1, 0),
            (None, _) => (0, 1),
            (Some(a), Some(b)) => match (a.repeats, b.repeats) {
                (true, true) => return Some((l, r)),
                (false, false) => a.set.meets(b.set).then_some((1, 1))?,
                (false, true) => match turn(&right[r..], *a) {
                    Turn::Take => (1, 0),
                    Turn::End => (0, 1),
                    Turn::Open => return Some((l, r)),
                },
                (true, false) => match turn(&left[l..], *b) {
                    Turn::Take => (0, 1),
                    Turn::End => (1, 0),
                    Turn::Open => return Some((l, r)),
                },
            },
        };
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
