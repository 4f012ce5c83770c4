//! Patterns that cover others.

/// Whether all that `narrow` matches is matched by `wide`, with `*` and `?` as IAM has them. Case
/// counts. In doubt it is not covered.
pub(crate) fn covers(wide: &str, narrow: &str) -> bool {
    let fixed = wide.find(['*', '?']).unwrap_or(wide.len());
    if !narrow.starts_with(&wide[..fixed]) {
        return false;
    }
    let (wide, narrow): (Vec<char>, Vec<char>) = (wide.chars().collect(), narrow.chars().collect());
    let (mut at, mut read) = (0, 0);
    let mut star = None;
    while read < narrow.len() {
        if wide.get(at) == Some(&'*') {
            star = Some((at, read));
            at += 1;
        } else if wide.get(at).is_some_and(|&pattern| takes(pattern, narrow[read])) {
            (at, read) = (at + 1, read + 1);
        } else {
            let Some((last, from)) = star else { return false };
            star = Some((last, from + 1));
            (at, read) = (last + 1, from + 1);
        }
    }
    wide[at..].iter().all(|&pattern| pattern == '*')
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
