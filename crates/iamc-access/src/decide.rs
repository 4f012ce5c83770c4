//! From statements and a request to a verdict.

use std::collections::BTreeSet;

use iamc_model::declaration::Effect;

use crate::context::Context;
use crate::exact::{ActionNames, Judgement, NoNames, judge_open};
use crate::judge;
use crate::near;
use crate::statement::Statement;
use crate::target::Target;
use crate::tri::Tri;
use crate::verdict::{Decision, Example, Judged, Verdict};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The action, or a pattern of actions.
    pub action: String,
    /// The resource, or a pattern of resources; none asks whether any would do.
    pub resource: Option<String>,
    /// What is known of the context.
    pub context: Context,
}

/// All that a principal may do.
#[derive(Debug, Clone, Copy)]
pub struct Permissions<'a> {
    /// Every statement of every document that is known.
    pub statements: &'a [&'a Statement],
    /// Whether there are documents that are not known.
    pub unknown_documents: bool,
}

/// Decides one action on one resource, in which `*` and `?` stand for themselves: actions that take no
/// resource are decided on `*`.
pub fn decide_single(
    permissions: Permissions<'_>,
    (action, resource): (&str, &str),
    context: &Context,
) -> Decision {
    let target = Target::single(action, resource);
    with_unknown_documents(permissions, combine(permissions, &applying(permissions, &target, context)))
}

/// What AWS's own text leaves open of one action on one resource, in words, where everything else is known.
/// Sorted and distinct; empty where the decision does not depend on it.
pub fn doubts_single(
    permissions: Permissions<'_>,
    (action, resource): (&str, &str),
    context: &Context,
) -> Vec<String> {
    let target = Target::single(action, resource);
    let applying = applying(permissions, &target, context);
    if combine(permissions, &applying) != Decision::Conditional {
        return vec![];
    }
    let statement = |&(index, _): &Found| permissions.statements[index];
    let is_allowed = applying.iter().any(|it| it.1 == Tri::True && statement(it).effect() == Effect::Allow);
    let matters =
        |it: &&Found| it.1 == Tri::Unknown && !(is_allowed && statement(it).effect() == Effect::Allow);
    let open = applying.iter().filter(matters).map(statement);
    let doubts = open.flat_map(|statement| judge::doubts(statement, &target, context));
    doubts.collect::<BTreeSet<String>>().into_iter().collect()
}

/// Decides a request.
pub fn decide(permissions: Permissions<'_>, request: &Request) -> Verdict {
    decide_with(permissions, request, &NoNames)
}

/// Decides a request; its examples are of actions with these names where those will do.
pub fn decide_with(permissions: Permissions<'_>, request: &Request, names: &dyn ActionNames) -> Verdict {
    decide_by(permissions, request, |_| judge_open(permissions, request, names))
}

/// Decides a request; what it leaves open is judged by `judge_open`.
pub(crate) fn decide_by(
    permissions: Permissions<'_>,
    request: &Request,
    judge_open: impl FnOnce(&Target) -> Judgement,
) -> Verdict {
    let target = Target::new(&request.action, request.resource.as_deref());
    let applying = applying(permissions, &target, &request.context);
    let combined = combine(permissions, &applying);
    let Judgement { decision, examples, doubts } = match leaves_open(&target, &applying, combined) {
        false => settled(combined, vec![]),
        true => with_combined(judge_open(&target), combined),
    };
    let near_misses = match decision {
        Decision::ImplicitlyDenied => {
            let applying: Vec<usize> = applying.iter().map(|&(index, _)| index).collect();
            near::misses(permissions, &target, request, &applying)
        }
        _ => vec![],
    };
    Verdict {
        decision: with_unknown_documents(permissions, decision),
        statements: applying.iter().map(|&found| judged(permissions, &target, request, found)).collect(),
        near_misses,
        resources: if request.resource.is_none() { resources(permissions, &applying) } else { vec![] },
        examples: if target.is_concrete() { vec![] } else { examples },
        doubts,
        unknown_documents: permissions.unknown_documents,
    }
}

/// Whether a request leaves nothing open that would have to be searched.
pub(crate) fn is_settled(permissions: Permissions<'_>, request: &Request) -> bool {
    let target = Target::new(&request.action, request.resource.as_deref());
    let applying = applying(permissions, &target, &request.context);
    !leaves_open(&target, &applying, combine(permissions, &applying))
}

fn leaves_open(target: &Target, applying: &[Found], combined: Decision) -> bool {
    match target.is_concrete() {
        true => combined == Decision::Conditional,
        false => !applying.is_empty(),
    }
}

fn settled(decision: Decision, examples: Vec<Example>) -> Judgement {
    Judgement { decision, examples, doubts: vec![] }
}

/// What the exact engine could not tell may be plain all the same.
fn with_combined(exact: Judgement, combined: Decision) -> Judgement {
    match exact.decision {
        Decision::Conditional if combined != Decision::Conditional => settled(combined, exact.examples),
        _ => exact,
    }
}

/// A statement that applies or may.
type Found = (usize, Tri);

fn applying(permissions: Permissions<'_>, target: &Target, context: &Context) -> Vec<Found> {
    let statements = permissions.statements.iter().enumerate();
    statements
        .map(|(index, statement)| (index, judge::judge(statement, target, context)))
        .filter(|&(_, applies)| applies != Tri::False)
        .collect()
}

/// What follows whatever each open statement turns out to say, each taken alone.
fn combine(permissions: Permissions<'_>, applying: &[Found]) -> Decision {
    let any = |effect| {
        let of_effect =
            applying.iter().filter(|&&(index, _)| permissions.statements[index].effect() == effect);
        Tri::any(of_effect.map(|&(_, applies)| applies))
    };
    match (any(Effect::Deny), any(Effect::Allow)) {
        (Tri::True, _) => Decision::ExplicitlyDenied,
        (_, Tri::False) => Decision::ImplicitlyDenied,
        (Tri::False, Tri::True) => Decision::Allowed,
        _ => Decision::Conditional,
    }
}

/// What is not known can allow, and can deny: only an explicit denial stays.
fn with_unknown_documents(permissions: Permissions<'_>, decision: Decision) -> Decision {
    match decision {
        Decision::ExplicitlyDenied => decision,
        _ if permissions.unknown_documents => Decision::Conditional,
        _ => decision,
    }
}

fn judged(permissions: Permissions<'_>, target: &Target, request: &Request, found: Found) -> Judged {
    let (index, applies) = found;
    let unmet = judge::unmet(permissions.statements[index], target, request);
    Judged { index, outcome: judge::outcome(applies), unmet }
}

/// The resource patterns of the Allows that apply or may, as written.
fn resources(permissions: Permissions<'_>, applying: &[Found]) -> Vec<String> {
    let statements = applying.iter().map(|&(index, _)| permissions.statements[index]);
    let allows = statements.filter(|statement| statement.effect() == Effect::Allow);
    let patterns = allows.map(Statement::resources).filter(|resources| !resources.negated);
    let patterns: BTreeSet<&String> = patterns.flat_map(|resources| &resources.patterns).collect();
    patterns.into_iter().cloned().collect()
}
