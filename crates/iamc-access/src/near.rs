//! Allows that came near to a request, for those whom no Allow helps.

use std::cmp::Reverse;

use iamc_model::declaration::Effect;

use crate::context::Context;
use crate::decide::{Permissions, Request};
use crate::glob::{self, Glob};
use crate::judge;
use crate::resolve;
use crate::service::service;
use crate::statement::Statement;
use crate::target::Target;
use crate::tri::Tri;
use crate::verdict::{Judged, Outcome};

/// As many are shown.
const MOST: usize = 5;

/// The Allows of the request's service of which the fewest parts fail, and those late: action, resource,
/// conditions; of equal ones those whose patterns begin most like what is asked for. Statements that apply,
/// or may, are none; `applying` are their sorted indices.
pub(crate) fn misses(
    permissions: Permissions<'_>,
    target: &Target,
    request: &Request,
    applying: &[usize],
) -> Vec<Judged> {
    let mut misses: Vec<_> = permissions
        .statements
        .iter()
        .enumerate()
        .filter(|(_, statement)| statement.effect() == Effect::Allow && shares_service(statement, target))
        .filter(|(index, _)| applying.binary_search(index).is_err())
        .map(|(index, statement)| (distance(statement, target, &request.context), index))
        .collect();
    misses.sort_unstable();
    misses.truncate(MOST);
    let judged = misses.into_iter().map(|(_, index)| {
        let unmet = judge::unmet(permissions.statements[index], target, request);
        Judged { index, outcome: Outcome::Missed, unmet }
    });
    judged.collect()
}

/// Whether one of the actions is of the service, or the statement is about all others.
fn shares_service(statement: &Statement, target: &Target) -> bool {
    let asked = service(&target.action);
    let is_of_service = |glob: &Glob| glob::intersects(service(glob), asked);
    let may_meet = statement.services().may_meet(&target.services);
    statement.actions().negated || may_meet && statement.action_globs().iter().any(is_of_service)
}

/// How far a statement is from a request: the least is the nearest.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    failed_parts: usize,
    first_failed: Reverse<usize>,
    failed_conditions: usize,
    likeness: Reverse<usize>,
}

fn distance(statement: &Statement, target: &Target, context: &Context) -> Distance {
    let failed_conditions =
        resolve::conditions(statement, context).filter(|condition| condition.holds == Tri::False).count();
    let failed = [
        judge::action(statement, target) == Tri::False,
        judge::resource(statement, target, context).holds == Tri::False,
        failed_conditions > 0,
    ];
    Distance {
        failed_parts: failed.iter().filter(|&&failed| failed).count(),
        first_failed: Reverse(failed.iter().position(|&failed| failed).unwrap_or(failed.len())),
        failed_conditions,
        likeness: Reverse(match failed {
            [true, ..] => action_likeness(statement, target),
            [_, true, _] => resource_likeness(statement, target),
            _ => 0,
        }),
    }
}

fn action_likeness(statement: &Statement, target: &Target) -> usize {
    let likeness = |glob: &Glob| common_prefix(glob, &target.action);
    statement.action_globs().iter().map(likeness).max().unwrap_or(0)
}

fn resource_likeness(statement: &Statement, target: &Target) -> usize {
    let Some(asked) = &target.resource else { return 0 };
    let widest = statement.resource_templates().iter().map(|template| template.widest());
    widest.map(|glob| common_prefix(&glob, asked)).max().unwrap_or(0)
}

fn common_prefix(a: &Glob, b: &Glob) -> usize {
    a.tokens().iter().zip(b.tokens()).take_while(|(a, b)| a == b).count()
}
