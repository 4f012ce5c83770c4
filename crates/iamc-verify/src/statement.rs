//! Statements and what they mean: an effect on each action and each resource, under conditions. A whole
//! `not-` list is one thing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use iamc_model::declaration::Effect;
use iamc_model::{Operator, Timestamp};

/// Operator → key → values.
pub(crate) type Conditions = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// An IAM statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Statement {
    pub(crate) effect: Effect,
    pub(crate) actions: Patterns,
    pub(crate) resources: Patterns,
    pub(crate) conditions: Conditions,
}

/// Action or NotAction, Resource or NotResource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Patterns {
    pub(crate) negated: bool,
    pub(crate) items: BTreeSet<String>,
}

/// The least that a statement can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Atom<'a> {
    pub(crate) effect: Effect,
    pub(crate) action: Pattern<'a>,
    pub(crate) resource: Pattern<'a>,
    pub(crate) conditions: &'a Conditions,
}

/// One pattern, or all but what these patterns match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pattern<'a> {
    /// As written.
    Of(&'a str),
    /// A `not-` list.
    AllBut(&'a BTreeSet<String>),
}

impl Statement {
    /// Everything that it says.
    pub(crate) fn atoms(&self) -> impl Iterator<Item = Atom<'_>> {
        let resources = self.resources.patterns();
        self.actions.patterns().into_iter().flat_map(move |action| {
            let atom =
                move |resource| Atom { effect: self.effect, action, resource, conditions: &self.conditions };
            resources.clone().into_iter().map(atom)
        })
    }
}

impl Patterns {
    fn patterns(&self) -> Vec<Pattern<'_>> {
        match self.negated {
            true => vec![Pattern::AllBut(&self.items)],
            false => self.items.iter().map(|item| Pattern::Of(item)).collect(),
        }
    }
}

/// The key of the time of a request.
const CURRENT_TIME: &str = "aws:CurrentTime";

/// Lets conditions hold before `until` only. Where they say until when already, the latest of their
/// alternatives counts, and the earlier of the two stays.
pub(crate) fn end(conditions: &mut Conditions, until: Timestamp) {
    let keys = conditions.entry(Operator::DATE_LESS_THAN.to_string()).or_default();
    let known = keys.keys().find(|key| key.eq_ignore_ascii_case(CURRENT_TIME));
    let key = known.cloned().unwrap_or_else(|| CURRENT_TIME.to_owned());
    let values = keys.entry(key).or_default();
    let own = values.iter().filter_map(|value| Timestamp::parse(value)).max();
    let earlier = own.map_or(until, |own| own.min(until));
    *values = BTreeSet::from([earlier.to_string()]);
}

impl fmt::Display for Pattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(pattern) => write!(f, "`{pattern}`"),
            Self::AllBut(items) => {
                let items: Vec<_> = items.iter().map(|item| format!("`{item}`")).collect();
                write!(f, "all but {}", items.join(", "))
            }
        }
    }
}

/// ``` `s3:GetObject` on `*` where StringLike `s3:prefix` is `a/*` ```
impl fmt::Display for Atom<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.action, self.resource)?;
        let tests = self.conditions.iter().flat_map(|(operator, keys)| {
            keys.iter().map(move |(key, values)| {
                let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
                format!("{operator} `{key}` {}", values.join(" or "))
            })
        });
        let tests: Vec<_> = tests.collect();
        if tests.is_empty() { Ok(()) } else { write!(f, " where {}", tests.join(" and ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(key: &str, values: &[&str]) -> String {
        let mut conditions = Conditions::new();
        if !values.is_empty() {
            let values = values.iter().map(ToString::to_string).collect();
            conditions.entry("DateLessThan".into()).or_default().insert(key.into(), values);
        }
        end(&mut conditions, Timestamp(1_798_761_600));
        format!("{conditions:?}")
    }

    #[test]
    fn an_end_is_added() {
        assert_eq!(ended("", &[]), r#"{"DateLessThan": {"aws:CurrentTime": {"2027-01-01T00:00:00Z"}}}"#);
    }

    #[test]
    fn the_earlier_of_two_ends_counts() {
        let earlier = r#"{"DateLessThan": {"AWS:currenttime": {"2026-07-01T00:00:00Z"}}}"#;
        assert_eq!(ended("AWS:currenttime", &["2026-06-01", "2026-07-01T02:00:00+02:00"]), earlier);
        let later = r#"{"DateLessThan": {"aws:CurrentTime": {"2027-01-01T00:00:00Z"}}}"#;
        assert_eq!(ended("aws:CurrentTime", &["2026-06-01", "1830297600"]), later);
    }

    #[test]
    fn atoms_are_all_pairs() {
        let items = |items: &[&str]| items.iter().map(ToString::to_string).collect();
        let statement = Statement {
            effect: Effect::Allow,
            actions: Patterns { negated: false, items: items(&["a:B", "a:C"]) },
            resources: Patterns { negated: true, items: items(&["arn:x", "arn:y"]) },
            conditions: Conditions::new(),
        };
        let atoms: Vec<_> = statement.atoms().map(|atom| atom.to_string()).collect();
        assert_eq!(atoms, ["`a:B` on all but `arn:x`, `arn:y`", "`a:C` on all but `arn:x`, `arn:y`"]);
    }
}
