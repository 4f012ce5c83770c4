//! Differences against brute force over a grid of requests: no gain is missed, no example is false.

use iamc_access::{Context, Decision, decide_single};
use iamc_catalog::Catalog;
use iamc_diff::{AccessChange, PrincipalChange, compare};
use iamc_effective::{self as effective, Accesses};
use proptest::prelude::*;

use crate::random::edited;
use crate::support::{Compiled, NOW};

/// One action on one resource.
#[derive(Debug, Clone)]
struct Request {
    action: String,
    resource: String,
    context: Context,
}

/// Requests that tell the random policies apart, at times that are not past.
fn requests() -> Vec<Request> {
    let actions =
        ["s3:GetObject", "s3:PutObject", "s3:GetBucketAcl", "s3:Listing", "sqs:SendMessage", "ec2:Any"];
    let resources = [
        "*",
        "arn:aws:s3:::data",
        "arn:aws:s3:::data/a",
        "arn:aws:s3:::data/ab",
        "arn:aws:s3:::other/a",
        "arn:aws:sqs:eu-west-1:123456789012:q",
        "arn:aws:sqs:eu-west-1:123456789012:q2",
        "arn:aws:ec2:::x",
    ];
    let mut requests = Vec::new();
    for secure in [None, Some("true"), Some("false")] {
        for (prefix, delimiter) in
            [(None, None), (Some("ab"), None), (Some("b"), Some("/")), (Some("c"), None)]
        {
            for at in ["2026-12-01T00:00:00Z", "2027-06-01T00:00:00Z"] {
                let mut context = Context::new();
                context.set("aws:CurrentTime", [at]);
                secure.into_iter().for_each(|value| context.set("aws:SecureTransport", [value]));
                prefix.into_iter().for_each(|value| context.set("s3:prefix", [value]));
                delimiter.into_iter().for_each(|value| context.set("s3:delimiter", [value]));
                for action in actions {
                    requests.extend(resources.map(|resource| Request {
                        action: action.to_owned(),
                        resource: resource.to_owned(),
                        context: context.clone(),
                    }));
                }
            }
        }
    }
    requests
}

/// What a principal may do on a side, as the plain evaluator sees it.
struct Judge<'a> {
    side: &'a Compiled,
    accesses: Accesses<'a>,
}

impl<'a> Judge<'a> {
    fn new(side: &'a Compiled, catalog: &'a Catalog) -> Self {
        Self { side, accesses: Accesses::new(side.built(), catalog) }
    }

    fn decide(&self, name: &str, request: &Request) -> Decision {
        let grants = &self.side.grants.principals;
        let Some(grant) = grants.iter().find(|grant| &*grant.name == name) else {
            return Decision::ImplicitlyDenied;
        };
        let built = self.side.built();
        let own = built.stacks.get(name).map(|stack| effective::context(built.settings, stack, grant));
        let mut context = request.context.clone();
        context.extend(&own.unwrap_or_default());
        context.set_exact(true);
        decide_single(self.accesses.of(grant).permissions(), (&request.action, &request.resource), &context)
    }
}

fn is_allowed(decision: Decision) -> bool {
    decision == Decision::Allowed
}

fn request_of(change: &AccessChange) -> Request {
    let mut context = Context::new();
    context.set("aws:CurrentTime", [NOW.to_string()]);
    context.extend(&change.witness.context);
    let (action, resource) = (change.witness.action.clone(), change.witness.resource.clone());
    Request { action, resource, context }
}

/// Each example is allowed more surely on the one side, and each allowed request of the grid that is
/// denied on the other is among what is told as sure.
fn holds(
    judges: [&Judge<'_>; 2],
    name: &str,
    told: Option<&PrincipalChange>,
    of_gains: bool,
) -> Result<(), TestCaseError> {
    let [before, after] = judges;
    let changes = told.map_or(&[][..], |told| if of_gains { &told.gains } else { &told.losses });
    for change in changes {
        let request = request_of(change);
        let decisions = [before, after].map(|judge| judge.decide(name, &request));
        prop_assert!(
            decisions[1] == Decision::Allowed || decisions[1] == Decision::Conditional,
            "{change:?}"
        );
        prop_assert!(
            decisions[0] != Decision::Allowed && decisions[0] != decisions[1],
            "{change:?} {decisions:?}"
        );
        let is_open = decisions.contains(&Decision::Conditional);
        prop_assert_eq!(is_open, !change.open.is_empty(), "{:?} {:?}", change, decisions);
    }
    let is_unknown = told.is_some_and(|told| told.unknown.iter().any(|doubt| doubt.of_gains == of_gains));
    prop_assert!(!is_unknown, "{told:?}");
    for request in requests() {
        let [was, is] = [before, after].map(|judge| judge.decide(name, &request));
        let is_sure = was != Decision::Conditional;
        let is_told = |change: &AccessChange| names(change, &request) && (!is_sure || change.open.is_empty());
        if is_allowed(is) && !is_allowed(was) {
            prop_assert!(changes.iter().any(is_told), "{name} {request:?} {changes:#?}");
        }
    }
    Ok(())
}

/// Whether the action and the resource of a request are among what a change names.
fn names(change: &AccessChange, request: &Request) -> bool {
    let covers = |pattern: &String, text: &str| {
        iamc_access::pattern::covers(&pattern.to_lowercase(), &text.to_lowercase()) || pattern.contains("${")
    };
    let of = |list: &iamc_model::grants::Patterns, text: &str| {
        list.patterns.iter().any(|pattern| covers(pattern, text)) != list.negated
            || list.negated && list.patterns.iter().any(|pattern| pattern.contains("${"))
    };
    of(&change.actions, &request.action) && of(&change.resources, &request.resource)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn differences_are_those_of_brute_force((old, new) in edited()) {
        let catalog = Catalog::builtin();
        let [base, head] = [&old, &new].map(|plan| Compiled::new(&plan.files()));
        let difference = compare(base.side(), head.side(), &catalog, NOW);
        let [before, after] = [&base, &head].map(|side| Judge::new(side, &catalog));
        for name in ["E0", "E1"] {
            let told = difference.principals.iter().find(|change| &*change.name == name);
            holds([&before, &after], name, told, true)?;
            holds([&after, &before], name, told, false)?;
        }
    }
}
