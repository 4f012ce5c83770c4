//! The fields of an ARN: `arn:partition:service:region:account:resource`.

use crate::glob::{self, Token};

/// How many fields there are.
pub(crate) const FIELDS: usize = 6;

/// The six fields, the last of which may hold colons; none of what has fewer.
pub(crate) fn fields(tokens: &[Token]) -> Option<[&[Token]; FIELDS]> {
    let fields: Vec<_> = tokens.splitn(FIELDS, |&token| token == Token::Char(':')).collect();
    fields.try_into().ok()
}

/// Whether `pattern` covers `other` where wildcards end at the colons between the first five fields.
/// A pattern that is `*` alone covers everything.
pub(crate) fn covers_by_field(pattern: &[Token], other: &[Token]) -> bool {
    if glob::is_anything(pattern) {
        return true;
    }
    let pairs = fields(pattern).zip(fields(other).filter(|_| has_fixed_fields(other)));
    pairs.is_some_and(|(pattern, other)| {
        pattern.iter().zip(other).all(|(pattern, other)| glob::covers(pattern, other))
    })
}

/// Whether there are six fields, of which no wildcard in the first five can bring in another colon.
pub(crate) fn has_fixed_fields(tokens: &[Token]) -> bool {
    fields(tokens).is_some_and(|fields| fields[..5].iter().all(|field| glob::is_literal(field)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glob::Glob;

    fn check(pattern: &str, other: &str) -> bool {
        covers_by_field(Glob::pattern(pattern).tokens(), Glob::pattern(other).tokens())
    }

    #[test]
    fn wildcards_stay_in_their_field() {
        assert!(check("arn:aws:s3:::ml-*", "arn:aws:s3:::ml-data/a:b"));
        assert!(check("arn:*:sqs:*:*:q", "arn:aws:sqs:eu-west-1:1:q"));
        assert!(check("*", "anything"));
        assert!(!check("arn:aws:s3*", "arn:aws:s3:::ml-data"));
        assert!(!check("arn:aws:sqs:*:q", "arn:aws:sqs:eu-west-1:1:q"));
        assert!(!check("arn:aws:*:*:*:*", "anything"));
    }

    #[test]
    fn a_field_of_the_other_that_may_hold_a_colon_is_not_covered() {
        assert!(check("arn:aws:s3:::*", "arn:aws:s3:::a*"));
        assert!(!check("arn:aws:sqs:*:*:q", "arn:aws:sqs:*:*:q"));
    }
}
