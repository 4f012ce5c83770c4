//! The actions that rules on closures ask after.

use std::collections::BTreeSet;

use iamc_catalog::covers;
use iamc_model::grants::Patterns;

use super::{escalation, exposure};
use crate::pattern::has_wildcard;

/// All of them. Most statements name none, which is seen by how long the names are.
pub(super) struct Asked {
    by_length: Vec<Vec<&'static str>>,
}

impl Asked {
    pub(super) fn all() -> Self {
        Self::of(exposure::actions().chain(escalation::actions()))
    }

    fn of(actions: impl Iterator<Item = &'static str>) -> Self {
        let mut by_length: Vec<Vec<&'static str>> = Vec::new();
        for action in actions.collect::<BTreeSet<_>>() {
            by_length.resize(by_length.len().max(action.len() + 1), vec![]);
            by_length[action.len()].push(action);
        }
        Self { by_length }
    }

    /// Those that a statement names by its actions.
    pub(super) fn named_by(&self, actions: &Patterns) -> BTreeSet<&'static str> {
        let all = || self.by_length.iter().flatten().copied();
        let mut named = BTreeSet::new();
        for pattern in &actions.patterns {
            match has_wildcard(pattern) {
                true => named.extend(all().filter(|action| covers(pattern, action))),
                false => {
                    let mut alike = self.by_length.get(pattern.len()).into_iter().flatten();
                    named.extend(alike.find(|action| action.eq_ignore_ascii_case(pattern)));
                }
            }
        }
        match actions.negated {
            true => all().filter(|action| !named.contains(action)).collect(),
            false => named,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_name_actions_by_name_by_pattern_or_all_others() {
        let asked = Asked::of(["iam:PassRole", "iam:CreateUser", "s3:GetObject"].into_iter());
        let named = |negated, patterns: &[&str]| -> Vec<&str> {
            let patterns = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
            asked.named_by(&Patterns { negated, patterns }).into_iter().collect()
        };
        assert_eq!(named(false, &["IAM:passrole", "s3:GetObjects"]), ["iam:PassRole"]);
        assert_eq!(named(false, &["iam:*", "s3:PutObject"]), ["iam:CreateUser", "iam:PassRole"]);
        assert_eq!(named(true, &["iam:Pass*", "s3:GetObject"]), ["iam:CreateUser"]);
        assert!(named(false, &["x:a-name-that-is-longer-than-any-that-is-asked-after"]).is_empty());
    }
}
