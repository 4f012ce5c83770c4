//! Projects in a string, and what is said of them.

use iamc_model::diagnostic::{Related, sort};
use iamc_model::source::Source;
use iamc_model::{Diagnostic, Grants, Graph, Project, Sources};

/// A project through all phases.
pub(crate) struct Run {
    sources: Sources,
    pub(crate) project: Project,
    pub(crate) graph: Graph,
    pub(crate) grants: Grants,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads files, each after a line `--- path`, resolves and closes them.
pub(crate) fn run(files: &str) -> Run {
    let files = files.split("--- ").skip(1).map(|file| {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        Source::new(path.trim(), text)
    });
    let sources = Sources::new(files.collect());
    let (project, unread) = iamc_parser::parse(&sources);
    let (graph, mut diagnostics) = crate::resolve(&project);
    let (grants, wrong) = crate::close(&project.settings, &graph);
    diagnostics.extend(wrong);
    diagnostics.extend(unread);
    sort(&mut diagnostics);
    Run { sources, project, graph, grants, diagnostics }
}

impl Run {
    /// One line for each report: its rule, and the words under its labels.
    pub(crate) fn said(&self, diagnostics: &[Diagnostic]) -> String {
        let lines: Vec<String> = diagnostics.iter().map(|diagnostic| self.line(diagnostic)).collect();
        lines.join("\n")
    }

    fn line(&self, diagnostic: &Diagnostic) -> String {
        let related = diagnostic.related.iter().flat_map(|related: &Related| &related.labels);
        let words = diagnostic.labels.iter().chain(related).map(|label| self.sources.slice(label.span));
        format!("{}: {}", diagnostic.code.rule(), words.collect::<Vec<_>>().join(" | "))
    }

    /// The helps, one a line.
    pub(crate) fn helps(&self) -> String {
        let helps: Vec<&str> =
            self.diagnostics.iter().filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
        helps.join("\n")
    }
}

/// Asserts what resolving and closing say of a project, as rule and underlined words, a line each.
#[track_caller]
pub(crate) fn check(files: &str, expected: &str) {
    let run = run(files);
    assert_eq!(run.said(&run.diagnostics), lines(expected), "{:#?}", run.diagnostics);
}

/// Asserts what the lints say of a project without errors.
#[track_caller]
pub(crate) fn check_lints(files: &str, expected: &str) {
    let run = run(files);
    assert_eq!(run.said(&run.diagnostics), "");
    let mut lints = crate::lint(&run.project, &run.graph, &run.grants);
    sort(&mut lints);
    assert_eq!(run.said(&lints), lines(expected), "{lints:#?}");
}

fn lines(expected: &str) -> String {
    expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
