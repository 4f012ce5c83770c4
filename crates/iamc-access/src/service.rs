//! The services that patterns of actions name, by which most statements are passed over at a glance.

use std::collections::BTreeSet;

use iamc_model::grants::Patterns;

use crate::glob::{self, Glob, Token};

/// The services of some patterns, sorted; none where one of them may be of any service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Services(Option<Vec<String>>);

impl Services {
    /// What stands before the colon, if that is written out in all of them.
    pub(crate) fn of(actions: &[Glob]) -> Self {
        let named: Option<BTreeSet<String>> = actions.iter().map(named).collect();
        Self(named.map(|named| named.into_iter().collect()))
    }

    /// Whether an action may be of both.
    pub(crate) fn may_meet(&self, other: &Self) -> bool {
        let (Some(own), Some(other)) = (&self.0, &other.0) else { return true };
        let (few, many) = if own.len() < other.len() { (own, other) } else { (other, own) };
        few.iter().any(|service| many.binary_search(service).is_ok())
    }
}

/// Whether a list of actions may name some action of a pattern, as far as the services tell that are written
/// out in both. Costs next to nothing; never false where it does.
pub fn may_name(list: &Patterns, action: &str) -> bool {
    let Some(asked) = written_out(action) else { return true };
    let may_be = |pattern: &String| written_out(pattern).is_none_or(|it| it.eq_ignore_ascii_case(asked));
    list.negated || list.patterns.iter().any(may_be)
}

fn written_out(action: &str) -> Option<&str> {
    let (service, _) = action.split_once(':')?;
    (!service.contains(['*', '?'])).then_some(service)
}

/// What stands before the colon; all, where there is none.
pub(crate) fn service(action: &Glob) -> &[Token] {
    action.tokens().split(|&token| token == Token::Char(':')).next().unwrap_or_default()
}

fn named(action: &Glob) -> Option<String> {
    let service = service(action);
    let is_whole = service.len() == action.tokens().len() && !action.is_literal();
    (!is_whole).then(|| glob::text(service)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_meet(patterns: &[&str], action: &str) -> bool {
        let patterns: Vec<Glob> = patterns.iter().map(|pattern| Glob::pattern(pattern)).collect();
        Services::of(&patterns).may_meet(&Services::of(&[Glob::pattern(action)]))
    }

    fn may_name(patterns: &[&str], action: &str) -> bool {
        let patterns = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        let named = super::may_name(&Patterns { negated: false, patterns: Clone::clone(&patterns) }, action);
        assert!(super::may_name(&Patterns { negated: true, patterns }, action));
        named
    }

    #[test]
    fn a_list_names_no_action_of_another_service() {
        assert!(may_name(&["ec2:*", "S3:Get*"], "s3:List*"));
        assert!(!may_name(&["ec2:*", "s3:Get*"], "sqs:*") && !may_name(&[], "sqs:*"));
        for any in ["*", "s*:Get", "*Object", "?3:x"] {
            assert!(may_name(&[any], "sqs:*") && may_name(&["sqs:*"], any), "{any}");
        }
    }

    #[test]
    fn services_are_compared_where_both_are_written_out() {
        assert!(may_meet(&["ec2:*", "s3:Get*"], "s3:List*"));
        assert!(!may_meet(&["ec2:*", "s3:Get*"], "sqs:*"));
        assert!(!may_meet(&["s3:*"], "s3-object-lambda:Get"));
        for any in ["*", "s*:Get", "*Object", "?3:x"] {
            assert!(may_meet(&[any], "sqs:*") && may_meet(&["sqs:*"], any), "{any}");
        }
    }
}
