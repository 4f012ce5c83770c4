//! Projects in a string, and how two of them differ in access.

use iamc_catalog::Catalog;
use iamc_diff::{AccessChange, Aspect, Difference, Side, Source, compare};
use iamc_effective::Built;
use iamc_emitter::Stacks;
use iamc_model::grants::{Conditions, Patterns};
use iamc_model::source::Source as File;
use iamc_model::{Grants, Graph, Project, Sources, Timestamp};

/// A project through all phases.
pub(crate) struct Compiled {
    project: Project,
    graph: Graph,
    pub(crate) grants: Grants,
    stacks: Stacks,
}

impl Compiled {
    /// Compiles files, each after a line `--- path`.
    #[track_caller]
    pub(crate) fn new(files: &str) -> Self {
        let files = files.split("--- ").skip(1).map(|file| {
            let (path, text) = file.split_once('\n').unwrap_or((file, ""));
            File::new(path.trim(), text)
        });
        Self::of(files.collect())
    }

    /// Compiles files.
    #[track_caller]
    pub(crate) fn of(files: Vec<File>) -> Self {
        let sources = Sources::new(files);
        let (project, mut wrong) = iamc_parser::parse(&sources);
        let (graph, unresolved) = iamc_graph::resolve(&project);
        let (grants, unfilled) = iamc_graph::close(&project.settings, &graph);
        let (stacks, too_large) = iamc_emitter::emit(&project.settings, &graph, &grants);
        wrong.extend(unresolved.into_iter().chain(unfilled).chain(too_large));
        let errors: Vec<_> =
            wrong.iter().filter(|found| found.is_error()).map(|found| &found.message).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        Self { project, graph, grants, stacks }
    }

    pub(crate) fn built(&self) -> Built<'_> {
        Built { settings: &self.project.settings, grants: &self.grants, stacks: &self.stacks }
    }

    pub(crate) fn side(&self) -> Side<'_> {
        Side { project: &self.project, graph: &self.graph, built: self.built() }
    }
}

/// 2026-11-21.
pub(crate) const NOW: Timestamp = Timestamp(1_795_219_200);

/// How two projects differ.
#[track_caller]
pub(crate) fn difference(base: &str, head: &str) -> Difference {
    let [base, head] = [base, head].map(Compiled::new);
    compare(base.side(), head.side(), &Catalog::builtin(), NOW)
}

/// Asserts which access is gained and lost, a line each.
#[track_caller]
pub(crate) fn check(base: &str, head: &str, expected: &[&str]) {
    assert_eq!(lines(&difference(base, head)), expected);
}

/// `JaneDoe + S3Read: s3:Get* on * | s3:GetObject arn:aws:s3:::x`
pub(crate) fn lines(difference: &Difference) -> Vec<String> {
    let of_principal = difference.principals.iter().flat_map(|principal| {
        let line = |sign, change| format!("{} {sign} {}", principal.name, text(change));
        let gains = principal.gains.iter().map(move |change| line('+', change));
        let losses = principal.losses.iter().map(move |change| line('-', change));
        let unknown = principal.unknown.iter().map(|doubt| {
            format!("{} ? {}: {}", principal.name, if doubt.of_gains { '+' } else { '-' }, doubt.reason)
        });
        let past = principal.other.iter().filter(|change| change.aspect == Aspect::PastAccess);
        let past = past.map(|change| format!("{} = {}", principal.name, change.words));
        gains.chain(losses).chain(unknown).chain(past).collect::<Vec<_>>()
    });
    of_principal.collect()
}

fn text(change: &AccessChange) -> String {
    let name = match &change.source {
        Source::Policy { name, .. } => name.to_string(),
        Source::Attached { arn, .. } => arn.rsplit('/').next().unwrap_or(arn).to_owned(),
    };
    let deny = if change.by_deny { " (Deny)" } else { "" };
    let (actions, resources) = (listed(&change.actions), listed(&change.resources));
    let risks: Vec<&str> = change.risks.iter().map(|risk| risk.name()).collect();
    let risks = if risks.is_empty() { String::new() } else { format!(" !{}", risks.join(",")) };
    let conditions = conditions(&change.conditions);
    let witness = &change.witness;
    let mut request = format!("{} {}", witness.action, witness.resource);
    for (key, values) in witness.context.present() {
        request.push_str(&format!(" {key}={}", values.join(",")));
    }
    let open = if change.open.is_empty() { "" } else { " (open)" };
    format!("{name}{deny}: {actions} on {resources}{conditions}{risks} | {request}{open}")
}

fn listed(patterns: &Patterns) -> String {
    format!("{}{}", if patterns.negated { "not " } else { "" }, patterns.patterns.join(","))
}

fn conditions(conditions: &Conditions) -> String {
    let mut text = String::new();
    for (operator, keys) in conditions {
        for (key, values) in keys {
            text.push_str(&format!(" if {operator} {key} {}", values.join(",")));
        }
    }
    text
}
