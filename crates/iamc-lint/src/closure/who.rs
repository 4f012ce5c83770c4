//! Who holds something, by which ways, and where that is written.

use std::collections::{BTreeMap, BTreeSet};

use iamc_graph::paths::{self, Node, Step};
use iamc_model::declaration::Silence;
use iamc_model::grants::Grant;
use iamc_model::graph::Graph;
use iamc_model::{Code, Diagnostic, Span};

use super::held::Origin;
use super::holdings::Closure;
use crate::written::{HOLE, Word};
use crate::{Subject, pattern, with_subjects, words};

/// The principals of some closures, by name.
pub(super) fn holders<'c, 'a: 'c>(closures: impl Iterator<Item = &'c Closure<'a>>) -> Vec<&'a Grant> {
    let mut holders: Vec<&Grant> = closures.flat_map(|closure| closure.principals.iter().copied()).collect();
    holders.sort_by(|a, b| a.name.cmp(&b.name));
    holders.dedup_by(|a, b| a.id == b.id);
    holders
}

/// The first few names of principals.
pub(super) fn names(principals: &[&Grant]) -> String {
    words::first_few(&principals.iter().map(|principal| &principal.name).collect::<Vec<_>>())
}

/// The name of a policy, or the ARN of what is attached.
pub(super) fn name<'n>(origin: Origin<'n>, graph: &'n Graph) -> &'n str {
    match origin {
        Origin::Policy(id) => &graph.policy(id).name,
        Origin::Attached(arn) => arn,
    }
}

/// Where the policy is named, or where the ARN is written for a principal.
pub(super) fn place(origin: Origin<'_>, holder: &Grant, subject: &Subject<'_>) -> Option<Span> {
    match origin {
        Origin::Policy(id) => Some(subject.graph.policy(id).span),
        Origin::Attached(arn) => arn_place(arn, holder, subject),
    }
}

/// Adds the places of policies and attached documents, each with the same label.
pub(super) fn with_places(
    report: Diagnostic,
    origins: &BTreeSet<Origin<'_>>,
    label: &str,
    holder: &Grant,
    subject: &Subject<'_>,
) -> Diagnostic {
    let places = origins.iter().filter_map(|&origin| place(origin, holder, subject));
    places.fold(report, |report, span| report.also(span, label))
}

fn arn_place(arn: &str, holder: &Grant, subject: &Subject<'_>) -> Option<Span> {
    let written = &subject.graph.principal(holder.id).attributes.managed_policy_arns;
    let is_it = |word: &Word| match word.value.contains(HOLE) {
        true => pattern::covers(&word.pattern(), arn),
        false => word.value == arn,
    };
    let words = written.iter().map(|text| Word::of(text, &subject.project.settings));
    words.into_iter().find(is_it).map(|word| word.span)
}

/// The words by which a policy names one of these actions, its name where it names what it is not for,
/// or the ARN of what is attached.
pub(super) fn action_place(
    origin: Origin<'_>,
    actions: &[&str],
    holder: &Grant,
    subject: &Subject<'_>,
) -> Option<Span> {
    let Origin::Policy(id) = origin else { return place(origin, holder, subject) };
    let policy = subject.graph.policy(id);
    if policy.actions.negated {
        return Some(policy.span);
    }
    let covers = |word: &str| actions.iter().any(|action| iamc_catalog::covers(word, action));
    policy.actions.items.iter().find(|item| covers(item)).map(|item| item.span)
}

/// Adds the declarations of policies, whose `silence` counts.
pub(super) fn with_origins<'o>(
    report: Diagnostic,
    origins: impl IntoIterator<Item = &'o Origin<'o>>,
    subject: &Subject<'_>,
) -> Diagnostic {
    origins.into_iter().fold(report, |report, origin| match *origin {
        Origin::Policy(id) => with_subjects(report, subject.graph.policy(id), subject),
        Origin::Attached(_) => report,
    })
}

/// Reports something of principals: of those that silence the rule themselves apart from the others, so
/// that a silence counts for its own principal alone.
pub(super) fn reports(
    principals: &[&Grant],
    code: &Code,
    subject: &Subject<'_>,
    report: impl Fn(&[&Grant]) -> Diagnostic,
) -> Vec<Diagnostic> {
    let is_silent = |grant: &&Grant| {
        let silences = subject.graph.principal(grant.id).attributes.silence.iter().flatten();
        let mut rules = silences.map(|silence: &Silence| silence.lint.value.as_str());
        rules.any(|rule| rule == code.rule())
    };
    let (silent, others): (Vec<&Grant>, Vec<&Grant>) = principals.iter().copied().partition(is_silent);
    let spans: BTreeSet<Span> = silent.iter().map(|grant| grant.span).collect();
    let of_silent =
        (!silent.is_empty()).then(|| spans.into_iter().fold(report(&silent), Diagnostic::subject));
    let of_others = (!others.is_empty()).then(|| report(&others));
    of_silent.into_iter().chain(of_others).collect()
}

/// Adds the shortest ways by which a principal comes to policies, each once with all that it leads to.
pub(super) fn with_paths(
    report: Diagnostic,
    origins: &[Origin<'_>],
    holder: &Grant,
    graph: &Graph,
) -> Diagnostic {
    let mut ways: BTreeMap<(Span, String), Vec<&str>> = BTreeMap::new();
    for origin in origins {
        let Origin::Policy(id) = *origin else { continue };
        let found = paths::find(graph, Node::Principal(holder.id), Node::Policy(id), 1);
        if let Some((first, path)) = found.paths.first().and_then(|path| Some((path.first()?, path))) {
            ways.entry((first.span, way(path, graph))).or_default().push(&graph.policy(id).name);
        }
    }
    ways.into_iter().fold(report, |report, ((span, way), policies)| {
        report.related(format!("`{}` holds {}", holder.name, words::and(&policies)), span, way)
    })
}

/// By which groups, or that it is held directly.
fn way(path: &[Step<'_>], graph: &Graph) -> String {
    let groups: Vec<String> = path
        .iter()
        .filter(|step| matches!(step.to, Node::Group(_)))
        .map(|step| format!("`{}`", step.to.name(graph)))
        .collect();
    match groups.as_slice() {
        [] => "directly".to_owned(),
        groups => format!("by {}", groups.join(", which holds ")),
    }
}
