//! Patterns as steps, and whether two of them have a text in common.

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

/// The places behind the single characters that both patterns go on with; nothing where these differ.
#[inline]
fn ahead(left: &[Step], right: &[Step], (mut l, mut r): (usize, usize)) -> Option<(usize, usize)> {
    while let (Some(a), Some(b)) = (left.get(l), right.get(r))
        && !a.repeats
        && !b.repeats
    {
        (l, r) = a.set.meets(b.set).then_some((l + 1, r + 1))?;
    }
    Some((l, r))
}

/// Walks the pairs of places that one text can come to, of those alone at which the patterns can part.
fn search(left: &[Step], right: &[Step]) -> bool {
    let Some(start) = ahead(left, right, (0, 0)) else { return false };
    let width = right.len() + 1;
    let mut seen = vec![false; (left.len() + 1) * width];
    let mut open = vec![start];
    while let Some((l, r)) = open.pop() {
        if l == left.len() && r == right.len() {
            return true;
        }
        if std::mem::replace(&mut seen[l * width + r], true) {
            continue;
        }
        let mut go_on = |places| open.extend(ahead(left, right, places));
        let (a, b) = (left.get(l), right.get(r));
        if a.is_some_and(|a| a.repeats) {
            go_on((l + 1, r));
        }
        if b.is_some_and(|b| b.repeats) {
            go_on((l, r + 1));
        }
        if let (Some(a), Some(b)) = (a, b)
            && a.set.meets(b.set)
        {
            go_on((l + usize::from(!a.repeats), r + usize::from(!b.repeats)));
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
