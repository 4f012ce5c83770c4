//! Projects in a string, and what the rules on closures say of them.

use iamc_catalog::Catalog;
use iamc_lint::Subject;
use iamc_model::source::{Source, Span};
use iamc_model::{Diagnostic, Grants, Graph, Project, Sources, diagnostic, lints};

const RULES: [&str; 8] = [
    "privilege-escalation",
    "credential-exposure",
    "data-exfiltration",
    "permission-management",
    "covered-statement",
    "duplicate-permission",
    "cancelled-allow",
    "redundant-membership",
];

/// A project through all phases before the lints.
pub(crate) struct Run {
    sources: Sources,
    project: Project,
    pub(crate) graph: Graph,
    pub(crate) grants: Grants,
}

impl Run {
    /// Reads files, each after a line `--- path`.
    #[track_caller]
    pub(crate) fn new(files: &str) -> Self {
        let files = files.split("--- ").skip(1).map(|file| {
            let (path, text) = file.split_once('\n').unwrap();
            Source::new(path.trim(), text)
        });
        let sources = Sources::new(files.collect());
        let (project, mut wrong) = iamc_parser::parse(&sources);
        let (graph, found) = iamc_graph::resolve(&project);
        wrong.extend(found);
        let (grants, found) = iamc_graph::close(&project.settings, &graph);
        wrong.extend(found);
        assert!(wrong.is_empty(), "{wrong:#?}");
        Self { sources, project, graph, grants }
    }

    /// What the rules on closures find, whatever their levels, silenced where a silence counts.
    pub(crate) fn findings(&self) -> Vec<Diagnostic> {
        let catalog = Catalog::builtin();
        let subject =
            Subject { project: &self.project, graph: &self.graph, grants: &self.grants, catalog: &catalog };
        let mut project = self.project.clone();
        let warn = |rule: &str| (iamc_model::Spanned::builtin(rule.to_owned()), iamc_model::Level::Warn);
        project.settings.lints = RULES.into_iter().map(warn).collect();
        let mut found = iamc_lint::lint(&subject);
        found.retain(|found| RULES.contains(&found.code.rule()));
        let mut found = lints::apply(found, &project, |_| true);
        diagnostic::sort(&mut found);
        found
    }

    /// The words under the first label of each finding of a rule.
    pub(crate) fn words_of(&self, rule: &str) -> Vec<String> {
        self.places_of(rule).map(|span| self.sources.slice(span).to_owned()).collect()
    }

    /// The number in the reason that stands behind each place of a rule, on its line.
    pub(crate) fn reasons_of(&self, rule: &str) -> Vec<usize> {
        let number = |span: Span| {
            let text = &self.sources.get(span.file).unwrap().text[span.range().end..];
            text.split('#').nth(1).unwrap().split('\'').next().unwrap().parse().unwrap()
        };
        self.places_of(rule).map(number).collect()
    }

    fn places_of(&self, rule: &str) -> impl Iterator<Item = Span> {
        let found = self.findings().into_iter();
        found.filter(move |found| found.code.rule() == rule).filter_map(|found| found.span())
    }

    fn line(&self, found: &Diagnostic) -> String {
        let words = found.labels.iter().map(|label| self.sources.slice(label.span));
        format!("{}: {}: {}", found.code.rule(), words.collect::<Vec<_>>().join(" | "), found.message)
    }
}

/// Asserts what one file's rules on closures say (`rules`): rule, underlined words and message, a line each.
#[track_caller]
pub(crate) fn check(rules: &[&str], files: &str, expected: &str) {
    let run = Run::new(files);
    let mut found = run.findings();
    found.retain(|found| rules.contains(&found.code.rule()));
    let lines: Vec<String> = found.iter().map(|found| run.line(found)).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, expected);
}
