//! Patterns with `*` and `?`, and those that cover others.

/// Whether a wildcard stands in a text.
pub(crate) fn has_wildcard(text: &str) -> bool {
    // Without a way out of it the loop takes many bytes at once.
    text.bytes().fold(false, |found, byte| found | matches!(byte, b'*' | b'?'))
}

/// Whether all that `narrow` matches is matched by `wide`, with `*` and `?` as IAM has them. Case
/// counts. In doubt it is not covered.
pub(crate) fn covers(wide: &str, narrow: &str) -> bool {
    let (mut rest, mut left) = (wide.chars(), narrow.chars());
    let mut star = None;
    while let Some(c) = left.clone().next() {
        match rest.clone().next() {
            Some('*') => {
                rest.next();
                star = Some((rest.clone(), left.clone()));
            }
            Some(pattern) if takes(pattern, c) => {
                rest.next();
                left.next();
            }
            _ => {
                let Some((behind, from)) = &mut star else { return false };
                from.next();
                (rest, left) = (behind.clone(), from.clone());
            }
        }
    }
    rest.all(|pattern| pattern == '*')
}

/// A `*` of the narrow one can be several characters, or none.
fn takes(pattern: char, c: char) -> bool {
    c != '*' && (pattern == '?' || pattern == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covering() {
        for (wide, narrow) in
            [("*", ""), ("a*", "a*b"), ("a*c", "abc"), ("a?", "a?"), ("a*", "a?"), ("*b*", "abbb")]
        {
            assert!(covers(wide, narrow), "{wide} {narrow}");
        }
        for (wide, narrow) in [("a?", "a*"), ("a*c", "abcb"), ("a", "A"), ("ab", "a?"), ("a*b", "a*")] {
            assert!(!covers(wide, narrow), "{wide} {narrow}");
        }
    }
}
