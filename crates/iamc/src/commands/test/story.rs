//! What made it so: the policies, and the paths by which they are held.

use iamc_access::{Decision, decide};
use iamc_effective::{self as effective, Origin};
use iamc_graph::paths::{self, Node, Step};
use iamc_model::assertion::AssertDecl;
use iamc_model::declaration::TrustKind;
use iamc_model::graph::PolicyId;
use iamc_model::{Diagnostic, Span};

use super::examine::{Decided, Examiner, Possible, Way};
use crate::decisions::reason::Source;
use crate::request::{Asked, CURRENT_TIME};

/// Policies that are told of.
const POLICIES: usize = 3;

/// The name of a principal.
pub(super) fn name<'a>(examiner: &Examiner<'a>, principal: usize) -> &'a str {
    &examiner.compilation.grants.principals[principal].name
}

/// Adds the policies and paths to a report; `subject` is the first for whom it fails in this way.
pub(super) fn tell(
    report: Diagnostic,
    examiner: &Examiner<'_>,
    assertion: &AssertDecl,
    way: &Way<'_>,
    subject: usize,
) -> Diagnostic {
    let storyteller = Storyteller { examiner, actor: actor(way, subject) };
    match way {
        Way::Decided(Decided { decision, sources, .. }) => match decision {
            Decision::ImplicitlyDenied => storyteller.near_miss(report, assertion),
            Decision::ExplicitlyDenied => storyteller.sources(report, sources, "denies it"),
            Decision::Allowed => storyteller.sources(report, sources, "allows it"),
            Decision::PartlyAllowed => storyteller.sources(report, sources, "allows some of it"),
            Decision::Conditional => storyteller.sources(report, sources, "may allow it"),
        },
        Way::Possible(Possible { sources, through, .. }) => {
            let report = chain(report, examiner, through, subject);
            storyteller.sources(report, sources, "allows it")
        }
        Way::Unknown { through, .. } => chain(report, examiner, through, subject),
    }
}

/// How to be told the whole story.
pub(super) fn help(examiner: &Examiner<'_>, assertion: &AssertDecl, way: &Way<'_>, subject: usize) -> String {
    let mut words =
        vec!["iamc".to_owned(), "explain".to_owned(), name(examiner, actor(way, subject)).to_owned()];
    match way {
        Way::Possible(Possible { action, resource, context, .. }) => {
            words.extend([quoted(action), quoted(resource)]);
            words.extend(context.iter().flat_map(|(key, values)| given(key, values)));
        }
        Way::Decided(_) | Way::Unknown { .. } => {
            words.push(quoted(&assertion.action));
            words.extend(assertion.resource.iter().map(|resource| quoted(resource)));
        }
    }
    for (key, values) in &assertion.context {
        words.extend(given(key, values.iter().map(|value| &value.value)));
    }
    words.extend(assertion.at.iter().map(|at| format!("--at {}", at.value)));
    words.extend(assertion.exact.then(|| "--exact".to_owned()));
    format!("`{}` tells the whole story", words.join(" "))
}

/// A context key as the command line takes it.
fn given<'v>(key: &str, values: impl IntoIterator<Item = &'v String>) -> Vec<String> {
    let option = |value: &String| match key.eq_ignore_ascii_case(CURRENT_TIME) {
        true => format!("--at {}", quoted(value)),
        false => format!("--context {}", quoted(&format!("{key}={value}"))),
    };
    values.into_iter().map(option).collect()
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@+%".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// The one who does it: the subject, or the last of the roles.
fn actor(way: &Way<'_>, subject: usize) -> usize {
    let through = match way {
        Way::Possible(Possible { through, .. }) | Way::Unknown { through, .. } => through.last(),
        Way::Decided(_) => None,
    };
    through.copied().unwrap_or(subject)
}

/// The roles that are assumed on the way, each where it trusts.
fn chain(report: Diagnostic, examiner: &Examiner<'_>, through: &[usize], subject: usize) -> Diagnostic {
    let actors = std::iter::once(&subject).chain(through);
    actors.zip(through).fold(report, |report, (&actor, &role)| {
        let trust = &examiner.compilation.grants.principals[role].trust;
        let span =
            trust.iter().find(|entry| entry.kind == TrustKind::Aws).map_or(Span::BUILTIN, |it| it.span);
        let (actor, role) = (name(examiner, actor), name(examiner, role));
        report.related(format!("`{actor}` can assume `{role}`"), span, "")
    })
}

struct Storyteller<'e, 'a> {
    examiner: &'e Examiner<'a>,
    actor: usize,
}

impl Storyteller<'_, '_> {
    fn sources(&self, report: Diagnostic, sources: &[Source<'_>], does: &str) -> Diagnostic {
        let graph = &self.examiner.compilation.graph;
        sources.iter().take(POLICIES).fold(report, |report, source| match *source {
            Source::Policy(id) => {
                let policy = graph.policy(id);
                let report = report.related(format!("`{}` {does}", policy.name), policy.span, "");
                self.path(report, id)
            }
            Source::Attached(arn) => report.related(
                format!("`{arn}` {does}, attached to `{}`", name(self.examiner, self.actor)),
                self.examiner.compilation.grants.principals[self.actor].span,
                "",
            ),
        })
    }

    /// The shortest path to a policy, step by step.
    fn path(&self, report: Diagnostic, policy: PolicyId) -> Diagnostic {
        let graph = &self.examiner.compilation.graph;
        let principal = Node::Principal(self.examiner.compilation.grants.principals[self.actor].id);
        let found = paths::find(graph, principal, Node::Policy(policy), 1);
        let Some(path) = found.paths.first() else { return report };
        let starts = std::iter::once(principal).chain(path.iter().map(|step| step.to));
        starts.zip(path).fold(report, |report, (start, step)| {
            let (from, to) = (start.name(graph), step.to.name(graph));
            report.related(format!("`{from}` holds `{to}`{}", self.until(step)), step.span, "")
        })
    }

    fn until(&self, step: &Step<'_>) -> String {
        let until = step.until.map(|until| format!(" {}", iamc_graph::bounds::until(until)));
        until.unwrap_or_default()
    }

    /// The Allow that came nearest, where there is one.
    fn near_miss(&self, report: Diagnostic, assertion: &AssertDecl) -> Diagnostic {
        let Examiner { compilation, accesses, .. } = self.examiner;
        let grant = &compilation.grants.principals[self.actor];
        let Some(stack) = compilation.stacks.get(&grant.name) else { return report };
        let access = accesses.of(grant);
        let own = effective::context(&compilation.project.settings, stack, grant);
        let verdict = decide(access.permissions(), &Asked::of_assertion(assertion).by(own));
        let Some(nearest) = verdict.near_misses.first() else {
            return report.related(
                format!("nothing that `{}` holds comes near", grant.name),
                Span::BUILTIN,
                "",
            );
        };
        match access.origins[nearest.index] {
            Origin::Policy(_, statement) => {
                report.related(format!("`{}` comes nearest", statement.name), statement.span, "")
            }
            Origin::Attached(arn, _) => report.related(format!("`{arn}` comes nearest"), Span::BUILTIN, ""),
        }
    }
}
