//! Patterns: `*` and `?` as IAM has them, and the holes (`${TagKey}`) in names and ARNs of AWS's.

/// Whether a pattern of IAM's covers `text`, without regard to case: how IAM compares actions.
pub fn covers(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(byte) if *byte == b'?' || byte.eq_ignore_ascii_case(&text[read]) => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((last, from)) = star else { return false };
                star = Some((last, from + 1));
                at = last + 1;
                read = from + 1;
            }
        }
    }
    pattern[at..].iter().all(|&byte| byte == b'*')
}

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

/// Cuts a name or an ARN of AWS's at its holes, `${…}`: the texts between them, one more than there are
/// holes.
pub(crate) fn between_holes(template: &str) -> Vec<&str> {
    let mut pieces = template.split("${");
    let first = pieces.next().into_iter();
    first.chain(pieces.map(|piece| piece.split_once('}').map_or("", |(_, text)| text))).collect()
}

/// Whether a name that may have holes (`aws:RequestTag/${TagKey}`) stands for this one, without regard
/// to case. A hole is at least one character.
pub(crate) fn stands_for(template: &str, name: &str) -> bool {
    if template.eq_ignore_ascii_case(name) {
        return true;
    }
    if !may_begin(template, name) {
        return false;
    }
    let Some((start, hole)) = template.split_once("${") else { return false };
    match hole.split_once('}') {
        Some((_, "")) => {
            let begin = name.as_bytes().get(..start.len());
            name.len() > start.len()
                && begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()))
        }
        _ => meet(&named(template), &Step::literal(&name.to_ascii_lowercase()).collect::<Vec<_>>()),
    }
}

/// The steps of a name of AWS's, in lower case.
fn named(template: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for (at, text) in between_holes(template).iter().enumerate() {
        steps.extend((at > 0).then_some(Step::hole(Set::Any)).into_iter().flatten());
        steps.extend(Step::literal(&text.to_ascii_lowercase()));
    }
    steps
}

/// Whether a name begins as the template does before its first hole: at a glance, most do not.
fn may_begin(template: &str, name: &str) -> bool {
    let literal = template.bytes().take_while(|&byte| byte != b'$');
    literal.zip(name.bytes()).all(|(byte, other)| byte.eq_ignore_ascii_case(&other))
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
    use proptest::prelude::*;

    use super::*;

    /// What a pattern covers, said as simply as can be.
    fn plainly(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some((b'*', rest)), None) => plainly(rest, text),
            (Some((b'*', rest)), Some((_, texts))) => plainly(rest, text) || plainly(pattern, texts),
            (Some((b'?', rest)), Some((_, texts))) => plainly(rest, texts),
            (Some((a, rest)), Some((b, texts))) => a == b && plainly(rest, texts),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn patterns_cover_what_they_plainly_do(pattern in "[ab*?]{0,7}", text in "[ab]{0,7}") {
            let expected = plainly(pattern.as_bytes(), text.as_bytes());
            prop_assert_eq!(covers(&pattern, &text.to_uppercase()), expected);
            prop_assert_eq!(meet(&written(&pattern), &written(&text)), expected);
        }

        #[test]
        fn two_patterns_meet_where_a_text_says_so(left in "[ab*?]{0,4}", right in "[ab*?]{0,4}", text in "[ab]{0,5}") {
            let both = plainly(left.as_bytes(), text.as_bytes()) && plainly(right.as_bytes(), text.as_bytes());
            prop_assert!(!both || meet(&written(&left), &written(&right)));
        }
    }

    #[test]
    fn keys_with_holes() {
        let tag = "aws:RequestTag/${TagKey}";
        assert!(stands_for(tag, "AWS:requesttag/team") && stands_for(tag, tag));
        assert!(!stands_for(tag, "aws:RequestTag/") && !stands_for(tag, "aws:RequestTag"));
        let middle = "codebuild:secondarySources/${sourceIdentifier}.location";
        assert!(stands_for(middle, "codebuild:secondarySources/x.location"));
        assert!(!stands_for(middle, "codebuild:secondarySources/x.auth"));
        assert!(!stands_for("s3:prefix", "s3:prefixes"));
    }

    #[test]
    fn variables_can_be_anything_but_those_that_are_characters() {
        let meets = |pattern: &str, text: &str| meet(&written(pattern), &written(text));
        assert!(meets("a/${aws:username}/b", "a/x/y/b") && meets("{bucket}", "x"));
        assert!(meets("a${*}b", "a${*}b") && !meets("a${*}b", "axb"));
        assert!(meets("${aws:username", "${aws:username"));
    }
}
