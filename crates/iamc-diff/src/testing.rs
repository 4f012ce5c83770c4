//! Two sides in strings, and what is told of them.

use std::sync::LazyLock;

use iamc_catalog::Catalog;
use iamc_effective::Built;
use iamc_emitter::Stacks;
use iamc_model::{Grants, Graph, Project, Source, Sources, Timestamp};

use crate::{AccessChange, Cause, Change, Difference, PrincipalChange, Side, SideOf, compare};

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::builtin);

/// 2026-11-21
const NOW: Timestamp = Timestamp(1_795_219_200);

/// A project through all phases.
pub(crate) struct Compiled {
    sources: Sources,
    project: Project,
    graph: Graph,
    grants: Grants,
    stacks: Stacks,
}

impl Compiled {
    /// Reads files, each after a line `--- path`. None of them has errors.
    pub(crate) fn new(files: &str) -> Self {
        let files = files.split("--- ").skip(1).map(|file| {
            let (path, text) = file.split_once('\n').unwrap_or((file, ""));
            Source::new(path.trim(), text)
        });
        let sources = Sources::new(files.collect());
        let (project, mut diagnostics) = iamc_parser::parse(&sources);
        let (graph, found) = iamc_graph::resolve(&project);
        diagnostics.extend(found);
        let (grants, found) = iamc_graph::close(&project.settings, &graph);
        diagnostics.extend(found);
        let (stacks, found) = iamc_emitter::emit(&project.settings, &graph, &grants);
        diagnostics.extend(found);
        let errors: Vec<_> = diagnostics.iter().filter(|found| found.is_error()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        Self { sources, project, graph, grants, stacks }
    }

    pub(crate) fn side(&self) -> Side<'_> {
        let Self { project, graph, grants, stacks, .. } = self;
        Side { project, graph, built: Built { settings: &project.settings, grants, stacks } }
    }
}

/// What is told of the change from one project to another.
pub(crate) struct Told {
    base: Compiled,
    head: Compiled,
    difference: Difference,
}

impl Told {
    pub(crate) fn new(base: &str, head: &str) -> Self {
        let [base, head] = [base, head].map(Compiled::new);
        let difference = compare(base.side(), head.side(), &CATALOG, NOW);
        Self { base, head, difference }
    }

    /// A line for each change besides access: of whom, its aspect, its risks, its words.
    pub(crate) fn others(&self) -> String {
        let of = |who: &str, change: &Change| {
            let risks: Vec<&str> = change.risks.iter().map(|risk| risk.name()).collect();
            let risks = if risks.is_empty() { String::new() } else { format!(" !{}", risks.join(" ")) };
            let causes = self.places(&change.causes);
            format!("{who} {}{risks}: {}{causes}", change.aspect.name(), change.words)
        };
        let principals = self.difference.principals.iter();
        let principals = principals.flat_map(|it| it.other.iter().map(move |change| of(&it.name, change)));
        let project = self.difference.project.iter().map(|change| of("project", change));
        principals.chain(project).collect::<Vec<_>>().join("\n")
    }

    /// A line for each cause of a gain or loss: whose, by which policy or document, and why.
    pub(crate) fn causes(&self) -> String {
        let of = |it: &PrincipalChange, verb: &str, change: &AccessChange| -> Vec<String> {
            let said = |cause: &Cause| {
                format!("{} {verb}: {}{}", it.name, cause.words, self.places(std::slice::from_ref(cause)))
            };
            change.causes.iter().map(said).collect()
        };
        let of_one = |it: &PrincipalChange| -> Vec<String> {
            let gains = it.gains.iter().flat_map(|gain| of(it, "gains", gain));
            gains.chain(it.losses.iter().flat_map(|loss| of(it, "loses", loss))).collect()
        };
        let mut lines: Vec<String> = self.difference.principals.iter().flat_map(of_one).collect();
        lines.dedup();
        lines.join("\n")
    }

    /// The words at the places of causes, by side.
    fn places(&self, causes: &[Cause]) -> String {
        let place = |cause: &Cause| match cause.side {
            SideOf::Base => format!(" < {}", self.base.sources.slice(cause.span)),
            SideOf::Head => format!(" > {}", self.head.sources.slice(cause.span)),
        };
        causes.iter().map(place).collect()
    }
}

/// Asserts what is told besides access.
#[track_caller]
pub(crate) fn check_others(base: &str, head: &str, expected: &[&str]) {
    assert_eq!(Told::new(base, head).others(), expected.join("\n"));
}

/// Asserts the causes of gains and losses.
#[track_caller]
pub(crate) fn check_causes(base: &str, head: &str, expected: &[&str]) {
    assert_eq!(Told::new(base, head).causes(), expected.join("\n"));
}
