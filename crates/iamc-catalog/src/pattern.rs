//! Patterns: `*` and `?` as IAM has them, and the holes (`${TagKey}`) in names and ARNs of AWS's.

use crate::steps::{Set, Step, meet};

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
    let Some(hole) = template.find('$') else { return false };
    let (start, rest) = template.split_at(hole);
    let begin = name.as_bytes().get(..hole);
    if !begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes())) {
        return false;
    }
    match rest.split_once('}') {
        Some((_, "")) => name.len() > hole,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::steps::written;

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

    /// All texts of `a` and `b` that are not longer.
    fn texts(longest: u32) -> Vec<Vec<u8>> {
        let of = |length: u32| {
            (0..1u32 << length).map(move |bits| (0..length).map(|at| b'a' + (bits >> at & 1) as u8).collect())
        };
        (0..=longest).flat_map(of).collect()
    }

    proptest! {
        #[test]
        fn patterns_cover_what_they_plainly_do(pattern in "[ab*?]{0,7}", text in "[ab]{0,7}") {
            let expected = plainly(pattern.as_bytes(), text.as_bytes());
            prop_assert_eq!(covers(&pattern, &text.to_uppercase()), expected);
            prop_assert_eq!(meet(&written(&pattern), &written(&text)), expected);
        }

        #[test]
        fn two_patterns_meet_where_a_text_says_so(left in "[ab*?]{0,3}", right in "[ab*?]{0,3}") {
            let both = |text: &Vec<u8>| plainly(left.as_bytes(), text) && plainly(right.as_bytes(), text);
            prop_assert_eq!(meet(&written(&left), &written(&right)), texts(6).iter().any(both));
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
}
