//! Random projects, edits of them, and the requests that tell them apart.

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// A policy as its lines in TOML.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) deny: bool,
    pub(crate) not_actions: bool,
    pub(crate) actions: Vec<&'static str>,
    pub(crate) not_resources: bool,
    pub(crate) resources: Vec<&'static str>,
    pub(crate) conditions: &'static [&'static str],
}

/// A project of a few policies, groups and engineers; what is held, by number.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) policies: Vec<Policy>,
    /// For each group its policies, and the groups before it that it holds.
    pub(crate) groups: Vec<(Vec<usize>, Vec<usize>)>,
    /// For each engineer the groups, the policies, and the team in a tag.
    pub(crate) engineers: Vec<(Vec<usize>, Vec<usize>, &'static str)>,
}

const ACTIONS: [&str; 8] =
    ["s3:GetObject", "s3:PutObject", "s3:Get*", "s3:*Object", "s3:*", "sqs:?endMessage", "sqs:*", "*"];
const RESOURCES: [&str; 8] = [
    "*",
    "arn:aws:s3:::data/*",
    "arn:aws:s3:::data/a?",
    "arn:aws:s3:::*/a",
    "arn:aws:s3:::data",
    "arn:aws:s3:::${aws:PrincipalTag/team}/*",
    "arn:aws:sqs:*:*:q*",
    "arn:aws:sqs:eu-west-1:123456789012:q",
];
const CONDITIONS: [&[&str]; 7] = [
    &[],
    &[],
    &["Bool.\"aws:SecureTransport\" = ['true']"],
    &["StringNotEquals.\"aws:PrincipalTag/team\" = ['data']"],
    &["StringLike.\"s3:prefix\" = ['a*', 'b']"],
    &["StringLike.\"s3:prefix\" = ['a*']", "Null.\"s3:delimiter\" = ['true']"],
    &["DateLessThan.\"aws:CurrentTime\" = ['2027-01-01T00:00:00Z']"],
];

fn list(from: &'static [&'static str]) -> impl Strategy<Value = (bool, Vec<&'static str>)> {
    (prop::bool::weighted(0.1), subsequence(from, 1..=3))
}

pub(crate) fn policy() -> impl Strategy<Value = Policy> {
    let conditions = select(&CONDITIONS[..]);
    (prop::bool::weighted(0.2), list(&ACTIONS), list(&RESOURCES), conditions).prop_map(
        |(deny, (not_actions, actions), (not_resources, resources), conditions)| Policy {
            deny,
            not_actions,
            actions,
            not_resources,
            resources,
            conditions,
        },
    )
}

fn members(of: usize) -> impl Strategy<Value = Vec<usize>> {
    subsequence((0..of).collect::<Vec<_>>(), 0..=of.min(2))
}

const POLICIES: usize = 5;
const GROUPS: usize = 3;

pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let policies = prop::collection::vec(policy(), POLICIES);
    let groups = prop::collection::vec((members(POLICIES), members(GROUPS)), GROUPS);
    let teams = select(vec!["data", "other"]);
    let engineers = prop::collection::vec((members(GROUPS), members(POLICIES), teams), 2);
    (policies, groups, engineers).prop_map(|(policies, mut groups, engineers)| {
        for (at, (_, held)) in groups.iter_mut().enumerate() {
            held.retain(|group| *group < at);
        }
        Plan { policies, groups, engineers }
    })
}

/// A plan and the same with one or two things changed.
pub(crate) fn edited() -> impl Strategy<Value = (Plan, Plan)> {
    (plan(), plan(), prop::collection::vec((0..4usize, any::<prop::sample::Index>()), 1..=2)).prop_map(
        |(plan, other, edits)| {
            let mut edited = plan.clone();
            for (what, at) in edits {
                match what {
                    0 | 1 => {
                        let at = at.index(POLICIES);
                        edited.policies[at] = other.policies[at].clone();
                    }
                    2 => {
                        let at = at.index(GROUPS);
                        edited.groups[at] = other.groups[at].clone();
                    }
                    _ => {
                        let at = at.index(2);
                        edited.engineers[at] = other.engineers[at].clone();
                    }
                }
            }
            (plan, edited)
        },
    )
}

pub(crate) fn quoted(words: &[impl AsRef<str>]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("'{}'", word.as_ref())).collect();
    format!("[{}]", words.join(", "))
}

pub(crate) fn names(prefix: &str, numbers: &[usize]) -> String {
    quoted(&numbers.iter().map(|number| format!("{prefix}{number}")).collect::<Vec<_>>())
}

impl Policy {
    /// What stands under its header.
    pub(crate) fn body(&self) -> String {
        let not = |negated: bool| if negated { "not-" } else { "" };
        let mut text = format!(
            "effect = '{}'\n{}actions = {}\n{}resources = {}\n",
            if self.deny { "Deny" } else { "Allow" },
            not(self.not_actions),
            quoted(&self.actions),
            not(self.not_resources),
            quoted(&self.resources),
        );
        for condition in self.conditions {
            let _ = writeln!(text, "conditions.{condition}");
        }
        text
    }
}

impl Plan {
    /// As a project.
    pub(crate) fn files(&self) -> String {
        let mut text = "--- policies/all.toml\n".to_owned();
        for (at, policy) in self.policies.iter().enumerate() {
            let _ = write!(text, "[policy.P{at}]\n{}", policy.body());
        }
        text.push_str("--- groups/all.toml\n");
        for (at, (policies, groups)) in self.groups.iter().enumerate() {
            let (policies, groups) = (names("P", policies), names("G", groups));
            let _ = writeln!(text, "[group.G{at}]\npolicies = {policies}\ngroups = {groups}");
        }
        text + &self.engineers(|number| format!("E{number}"))
    }

    pub(crate) fn engineers(&self, name: impl Fn(usize) -> String) -> String {
        let mut text = "--- engineers.toml\n[engineer]\n".to_owned();
        for (at, (groups, policies, team)) in self.engineers.iter().enumerate() {
            let (groups, policies) = (names("G", groups), names("P", policies));
            let tags = format!("{{ team = '{team}' }}");
            let name = name(at);
            let _ = writeln!(text, "{name} = {{ groups = {groups}, policies = {policies}, tags = {tags} }}");
        }
        text
    }
}
