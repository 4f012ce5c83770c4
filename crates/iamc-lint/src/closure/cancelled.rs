//! Allows that a Deny of the same closure always cancels.

use std::collections::BTreeSet;

use iamc_model::declaration::Effect;
use iamc_model::graph::PolicyId;
use iamc_model::{Diagnostic, codes};

use super::cover::Cover;
use super::held::Origin;
use super::holdings::Holdings;
use super::who;
use crate::{with_subjects, words};

/// `cancelled-allow` at each Allow of which nothing is left for any of its holders.
pub(super) fn check(holdings: &Holdings<'_>) -> Vec<Diagnostic> {
    let cover = Cover::new(holdings);
    let found = holdings.policies().filter_map(|(policy, statements)| {
        let denying = denying(holdings, &cover, statements)?;
        Some(report(holdings, policy, statements, &denying))
    });
    found.collect()
}

/// The Denies that leave nothing of an Allow, for whoever holds it; none where something is left for
/// somebody.
pub(super) fn denying<'a>(
    holdings: &Holdings<'a>,
    cover: &Cover<'_, 'a>,
    statements: &[usize],
) -> Option<BTreeSet<Origin<'a>>> {
    if statements.iter().any(|&at| holdings.statements[at].effect == Effect::Deny) {
        return None;
    }
    let mut denying = BTreeSet::new();
    for (closure, statement) in holdings.closures_with(statements) {
        let helping = closure.denies.iter().copied().filter(|&deny| cover.may_help(deny, statement));
        let denies: Vec<usize> = helping.collect();
        if denies.is_empty() || !cover.cancels(&denies, statement) {
            return None;
        }
        let single = denies.iter().copied().find(|&deny| cover.cancels(&[deny], statement));
        let denies = single.map_or(denies, |deny| vec![deny]);
        denying.extend(denies.iter().map(|&deny| holdings.statements[deny].origin));
    }
    Some(denying)
}

fn report(
    holdings: &Holdings<'_>,
    policy: PolicyId,
    statements: &[usize],
    denying: &BTreeSet<Origin<'_>>,
) -> Diagnostic {
    let graph = holdings.subject.graph;
    let allow = graph.policy(policy);
    let closures = holdings.closures_with(statements);
    let holders = who::holders(closures.iter().map(|(closure, _)| *closure));
    let names: Vec<&str> = denying.iter().map(|&origin| who::name(origin, graph)).collect();
    let message = format!(
        "`{}` allows nothing: whatever it allows {} is denied by {}",
        allow.name,
        who::names(&holders),
        words::and(&names),
    );
    let report = Diagnostic::new(&codes::CANCELLED_ALLOW, message, allow.span, "always denied")
        .help(format!("remove `{}`, or except what it is for from the Deny", allow.name));
    let report = who::with_places(report, denying, "the Deny", holders[0], holdings.subject);
    with_subjects(report, allow, holdings.subject)
}
