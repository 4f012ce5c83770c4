//! One statement against one request.

use iamc_model::declaration::Effect;

use crate::arn::{covers_by_field, fields, has_fixed_fields};
use crate::context::{Context, Known};
use crate::decide::Request;
use crate::doubt;
use crate::glob::Glob;
use crate::resolve::{self, Condition};
use crate::statement::Statement;
use crate::target::Target;
use crate::tri::Tri;
use crate::variable::Filled;
use crate::verdict::{Outcome, Unmet};
use crate::words;

/// Whether the statement applies: to all that the target covers, or not to all or not for sure, or to
/// nothing of it. Where no resource is asked for, an Allow applies that allows any.
pub(crate) fn judge(statement: &Statement, target: &Target, context: &Context) -> Tri {
    let action = action(statement, target);
    if action == Tri::False {
        return action;
    }
    let conditions = || Tri::all(resolve::conditions(statement, context).map(|condition| condition.holds));
    match resource(statement, target, context).holds {
        Tri::False => Tri::False,
        resource => action.min(resource).min(conditions()),
    }
}

/// What a truth value says of a statement.
pub(crate) fn outcome(applies: Tri) -> Outcome {
    match applies {
        Tri::True => Outcome::Matched,
        Tri::Unknown => Outcome::Conditional,
        Tri::False => Outcome::Missed,
    }
}

/// Whether the action is among the statement's.
pub(crate) fn action(statement: &Statement, target: &Target) -> Tri {
    let compare = |glob: &Glob| match glob.covers(&target.action) {
        true => Tri::True,
        false if target.action.is_literal() || !glob.intersects(&target.action) => Tri::False,
        false => Tri::Unknown,
    };
    let may_meet = statement.services().may_meet(&target.services);
    let globs = if may_meet { statement.action_globs() } else { &[] };
    Tri::any(globs.iter().map(compare)).negate_if(statement.actions().negated)
}

/// Whether the resource is among a statement's, and why AWS's text leaves that open, where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResourcePart {
    /// Whether it is.
    pub(crate) holds: Tri,
    /// The doubt, in words.
    pub(crate) doubt: Option<String>,
}

/// Whether the resource is among the statement's.
///
/// "If AWS cannot resolve a variable, this might cause the entire statement to be invalid": so a statement
/// that would apply by other patterns may be discarded for one that cannot be resolved.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(crate) fn resource(statement: &Statement, target: &Target, context: &Context) -> ResourcePart {
    let negated = statement.resources().negated;
    let mut matched = Tri::False;
    let mut crossing = None;
    let mut discarded_for = None;
    for (filled, written) in resolve::resources(statement, context).zip(&statement.resources().patterns) {
        let compared = compare(statement, &filled, target);
        crossing = crossing.or_else(|| compared.crosses_colons.then(|| doubt::crossing(written)));
        discarded_for = discarded_for.or(unresolved(&filled));
        matched = matched.max(compared.matched);
    }
    let holds = matched.negate_if(negated);
    match discarded_for {
        Some(key) if holds == Tri::True => {
            ResourcePart { holds: Tri::Unknown, doubt: Some(doubt::discarding(key, context)) }
        }
        _ => ResourcePart { holds, doubt: crossing.filter(|_| holds == Tri::Unknown) },
    }
}

/// How a pattern stands to the resource that is asked for.
struct Compared {
    matched: Tri,
    /// Whether it matches only if its wildcards go beyond the colons between an ARN's fields.
    crosses_colons: bool,
}

fn compare(statement: &Statement, filled: &Filled<'_>, target: &Target) -> Compared {
    let certain = |matched| Compared { matched, crosses_colons: false };
    match (filled, &target.resource) {
        (Filled::Absent(_), _) => certain(Tri::False),
        (Filled::Known(glob), Some(resource)) => compare_known(glob, resource),
        (Filled::Known(glob), None) if is_existential(statement) => {
            let crosses_colons = fields(glob.tokens()).is_none() && !glob.is_anything();
            Compared { matched: if crosses_colons { Tri::Unknown } else { Tri::True }, crosses_colons }
        }
        (Filled::Known(glob), None) if glob.is_anything() => certain(Tri::True),
        (Filled::Known(_), None) if statement.effect() == Effect::Allow => certain(Tri::False),
        (Filled::Unknown { widest, .. }, Some(resource)) if !widest.intersects(resource) => {
            certain(Tri::False)
        }
        (Filled::Known(_) | Filled::Unknown { .. }, _) => certain(Tri::Unknown),
    }
}

/// Whether, with no resource to compare, it is enough that there is one: of an Allow, not of a Deny, and
/// NotResource leaves one unless it excepts everything.
fn is_existential(statement: &Statement) -> bool {
    statement.effect() == Effect::Allow && !statement.resources().negated
}

fn compare_known(glob: &Glob, resource: &Glob) -> Compared {
    let covers = glob.covers(resource);
    let covers_by_field = covers && covers_by_field(glob.tokens(), resource.tokens());
    let matched = match covers {
        true => Tri::from(covers_by_field).max(Tri::Unknown),
        false if resource.is_literal() || !glob.intersects(resource) => Tri::False,
        false => Tri::Unknown,
    };
    let is_divided = resource.is_literal() || has_fixed_fields(resource.tokens());
    Compared { matched, crosses_colons: covers && !covers_by_field && is_divided }
}

/// The key for want of which the pattern cannot, or may not, be resolved.
fn unresolved<'a>(filled: &Filled<'a>) -> Option<&'a str> {
    match filled {
        Filled::Absent(key) | Filled::Unknown { key, may_be_absent: true, .. } => Some(key),
        Filled::Known(_) | Filled::Unknown { .. } => None,
    }
}

/// Why AWS's own text leaves open whether the statement applies, in words.
pub(crate) fn doubts(statement: &Statement, target: &Target, context: &Context) -> Vec<String> {
    let of_resource = resource(statement, target, context).doubt;
    let conditions = resolve::conditions(statement, context).filter(|it| it.holds == Tri::Unknown);
    let of_conditions = conditions.filter_map(|condition| doubt::of_condition(&condition, context));
    of_resource.into_iter().chain(of_conditions).collect()
}

/// The parts of the statement that fail or are not known to hold: action, resource, conditions.
pub(crate) fn unmet(statement: &Statement, target: &Target, request: &Request) -> Vec<Unmet> {
    let action = action(statement, target);
    let resource = resource(statement, target, &request.context);
    let action = (action != Tri::True).then(|| Unmet::Action {
        wanted: statement.actions().clone(),
        got: request.action.clone(),
        open: action == Tri::Unknown,
    });
    let resource = (resource.holds != Tri::True).then(|| Unmet::Resource {
        wanted: statement.resources().clone(),
        got: request.resource.clone(),
        open: resource.holds == Tri::Unknown,
        doubt: resource.doubt,
    });
    let conditions = resolve::conditions(statement, &request.context)
        .filter(|condition| condition.holds != Tri::True)
        .map(|condition| unmet_condition(&condition, &request.context));
    action.into_iter().chain(resource).chain(conditions).collect()
}

fn unmet_condition(condition: &Condition<'_>, context: &Context) -> Unmet {
    Unmet::Condition {
        operator: condition.operator,
        key: condition.key.to_owned(),
        values: condition.values.to_vec(),
        got: match context.get(condition.key) {
            Known::Present(values) => Some(values.to_vec()),
            Known::Absent | Known::Unknown => None,
        },
        open: condition.holds == Tri::Unknown,
        doubt: (condition.holds == Tri::Unknown).then(|| doubt::of_condition(condition, context)).flatten(),
        words: words::condition(condition.operator, condition.key, condition.values),
    }
}
