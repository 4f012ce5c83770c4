//! How two patterns, as they are written, relate. Case counts; policy variables stand for anything.

use crate::glob::Glob;

/// Whether all that `other` matches fits `pattern`, as far as one comparison of the two tells.
pub fn covers(pattern: &str, other: &str) -> bool {
    !is_open(pattern) && Glob::pattern(pattern).covers(&Glob::pattern(other))
}

/// Whether some text may fit both.
pub fn may_meet(one: &str, other: &str) -> bool {
    is_open(one) || is_open(other) || Glob::pattern(one).intersects(&Glob::pattern(other))
}

/// Whether there are policy variables in it.
fn is_open(pattern: &str) -> bool {
    pattern.contains("${")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pattern_covers_another_or_meets_it() {
        assert!(covers("s3:*", "s3:Get*") && !covers("s3:Get?", "s3:Get*") && !covers("a", "A"));
        assert!(may_meet("s3:*Object", "s3:Get*") && !may_meet("s3:Get*", "s3:Put*"));
    }

    #[test]
    fn a_variable_may_be_anything() {
        assert!(covers("a/*", "a/${aws:username}") && !covers("a/${aws:username}", "a/b"));
        assert!(may_meet("a/${aws:username}", "a/b"));
    }
}
