//! What is called redundant can be removed, all of it together, and nothing is decided otherwise.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use iamc_access::{Context, Decision, Permissions, Request, Statement, decide};
use proptest::prelude::*;

use crate::run::Run;

const ACTIONS: [&str; 5] = ["s3:GetObject", "s3:Get*", "s3:PutObject", "s3:*", "sqs:SendMessage"];
const RESOURCES: [&str; 5] =
    ["*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/b/*", "arn:aws:s3:::{client}/*", "arn:aws:s3:::*"];
const CONDITIONS: [&str; 4] = [
    "",
    "conditions.StringEquals.'aws:RequestedRegion' = ['eu-central-1']",
    "conditions.StringLike.'aws:RequestedRegion' = ['eu-*']",
    "conditions.StringNotEquals.'aws:RequestedRegion' = ['us-east-1']",
];
const BOUNDS: [&str; 3] = ["", "2030-01-31", "2031-01-31"];

#[derive(Debug, Clone)]
struct Policy {
    denies: bool,
    actions: Vec<usize>,
    resources: Vec<usize>,
    condition: usize,
}

/// A name by its number, and a bound.
type Member = (usize, usize);

#[derive(Debug, Clone)]
struct Holder {
    policies: Vec<Member>,
    groups: Vec<Member>,
}

#[derive(Debug, Clone)]
struct Organisation {
    policies: Vec<Policy>,
    /// Each holds groups of higher numbers alone.
    groups: Vec<Holder>,
    engineers: Vec<Holder>,
}

fn policies() -> impl Strategy<Value = Vec<Policy>> {
    let some = |many: usize| prop::collection::vec(0..many, 1..3);
    let policy = (prop::bool::weighted(0.2), some(ACTIONS.len()), some(RESOURCES.len()), 0..CONDITIONS.len());
    let policy = policy.prop_map(|(denies, actions, resources, condition)| Policy {
        denies,
        actions,
        resources,
        condition,
    });
    prop::collection::vec(policy, 1..6)
}

fn holder(policies: usize) -> impl Strategy<Value = Holder> {
    let member = |many: usize| (0..many, prop_oneof![3 => Just(0), 1 => 1..BOUNDS.len()]);
    (prop::collection::vec(member(policies), 0..3), prop::collection::vec(member(8), 0..3))
        .prop_map(|(policies, groups)| Holder { policies, groups })
}

fn organisations() -> impl Strategy<Value = Organisation> {
    policies().prop_flat_map(|policies| {
        let holders = |many| prop::collection::vec(holder(policies.len()), many);
        (holders(1..5), holders(1..4)).prop_map(move |(groups, engineers)| Organisation {
            policies: policies.clone(),
            groups,
            engineers,
        })
    })
}

impl Organisation {
    /// Its files; without the policies and memberships of these numbers, as they are counted here.
    fn files(&self, policies: &BTreeSet<String>, memberships: &BTreeSet<usize>) -> String {
        let mut files = "--- policies/p.toml\n".to_owned();
        for (number, policy) in
            self.policies.iter().enumerate().filter(|(at, _)| !policies.contains(&name('P', *at)))
        {
            let list = |all: &[&str], some: &[usize]| {
                some.iter().map(|&at| format!("'{}'", all[at])).collect::<Vec<_>>().join(", ")
            };
            let effect = if policy.denies { "effect = 'Deny'\n" } else { "" };
            let _ = writeln!(
                files,
                "[policy.P{number}]\n{effect}actions = [{}]\nresources = [{}]\n{}",
                list(&ACTIONS, &policy.actions),
                list(&RESOURCES, &policy.resources),
                CONDITIONS[policy.condition],
            );
        }
        let mut count = 0;
        files += "--- groups/g.toml\n";
        for (number, group) in self.groups.iter().enumerate() {
            let above = group.groups.iter().filter(|(to, _)| *to > number && *to < self.groups.len());
            let text = holder_text(&group.policies, above, policies, memberships, &mut count);
            let _ = writeln!(files, "[group.G{number}]\n{text}");
        }
        files += "--- engineers.toml\n";
        for (number, engineer) in self.engineers.iter().enumerate() {
            let groups = engineer.groups.iter().filter(|(to, _)| *to < self.groups.len());
            let text = holder_text(&engineer.policies, groups, policies, memberships, &mut count);
            let client = if number == 0 { "a" } else { "b" };
            let _ = writeln!(files, "[engineer.E{number}]\nparams = {{ client = '{client}' }}\n{text}");
        }
        files
    }
}

fn name(kind: char, number: usize) -> String {
    format!("{kind}{number}")
}

/// One membership a line, each with its number as a comment behind it.
fn holder_text<'m>(
    own: &[Member],
    groups: impl Iterator<Item = &'m Member>,
    without_policies: &BTreeSet<String>,
    without: &BTreeSet<usize>,
    count: &mut usize,
) -> String {
    let mut lines = |kind: char, members: &mut dyn Iterator<Item = &Member>| {
        let mut text = String::new();
        for &(to, bound) in members {
            *count += 1;
            if without.contains(count) || kind == 'P' && without_policies.contains(&name(kind, to)) {
                continue;
            }
            let until = if bound == 0 { String::new() } else { format!(", until = {}", BOUNDS[bound]) };
            let _ = writeln!(text, "  {{ name = '{kind}{to}'{until}, reason = '#{count}' }},");
        }
        text
    };
    let policies = lines('P', &mut own.iter());
    let mut groups = groups;
    let groups = lines('G', &mut groups);
    format!("policies = [\n{policies}]\ngroups = [\n{groups}]")
}

/// What is decided of some requests by each principal.
fn decisions(run: &Run) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for grant in &run.grants.principals {
        let statements = grant.statements.iter().map(|&id| {
            let statement = run.grants.statement(id).clone();
            Statement::new(statement.effect, statement.actions, statement.resources, statement.conditions)
        });
        let statements: Vec<Statement> = statements.collect();
        let statements: Vec<&Statement> = statements.iter().collect();
        let permissions = Permissions { statements: &statements, unknown_documents: false };
        for action in ["s3:GetObject", "s3:PutObject", "s3:GetObjectAcl", "sqs:SendMessage"] {
            for resource in ["arn:aws:s3:::a/b/c", "arn:aws:s3:::a/x", "arn:aws:s3:::b/x", "arn:aws:sqs:::q"]
            {
                for (region, time) in [
                    ("eu-central-1", "2029-01-01"),
                    ("eu-west-1", "2030-06-01"),
                    ("us-east-1", "2032-01-01"),
                    ("", "2031-01-31"),
                ] {
                    let mut context = Context::new();
                    context.set("aws:CurrentTime", [format!("{time}T00:00:00Z")]);
                    if !region.is_empty() {
                        context.set("aws:RequestedRegion", [region]);
                    }
                    context.set_exact(true);
                    let request = Request { action: action.into(), resource: Some(resource.into()), context };
                    decisions.push(decide(permissions, &request).decision);
                }
            }
        }
    }
    decisions
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn what_adds_nothing_can_be_removed(organisation in organisations()) {
        let whole = Run::new(&organisation.files(&BTreeSet::new(), &BTreeSet::new()));
        let covered: BTreeSet<String> = whole.words_of("covered-statement").into_iter().collect();
        let memberships: BTreeSet<usize> = whole.reasons_of("redundant-membership").into_iter().collect();
        let before = decisions(&whole);
        let without = Run::new(&organisation.files(&covered, &BTreeSet::new()));
        prop_assert_eq!(&before, &decisions(&without), "covered: {:?}", covered);
        let without = Run::new(&organisation.files(&BTreeSet::new(), &memberships));
        prop_assert_eq!(&before, &decisions(&without), "memberships: {:?}", memberships);
    }

    #[test]
    fn what_is_cancelled_allows_nothing(organisation in organisations()) {
        let whole = Run::new(&organisation.files(&BTreeSet::new(), &BTreeSet::new()));
        let cancelled: BTreeSet<String> = whole.words_of("cancelled-allow").into_iter().collect();
        let is_allowed = |decisions: Vec<Decision>| -> Vec<bool> {
            decisions.into_iter().map(|decision| decision == Decision::Allowed).collect()
        };
        let without = Run::new(&organisation.files(&cancelled, &BTreeSet::new()));
        prop_assert_eq!(is_allowed(decisions(&whole)), is_allowed(decisions(&without)), "{:?}", cancelled);
    }
}
