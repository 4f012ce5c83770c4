//! From the files of a project to its stacks: the phases in their order.

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iamc_catalog::Catalog;
use iamc_effective::Built;
use iamc_emitter::{Outputs, Stacks};
use iamc_lint::Subject;
use iamc_model::lints;
use iamc_model::{Code, Diagnostic, Grants, Graph, Project, Sources, Timestamp, codes, diagnostic};

use crate::doubt::Doubt;
use crate::exit::{Exit, Failure};
use crate::output::{self, Plan};
use crate::progress::Progress;

/// Lints that are looked for only on request.
const ON_REQUEST: [&Code; 4] =
    [&codes::EXPIRED, &codes::EXPIRES_SOON, &codes::FOREIGN_FILE, &codes::CROWDED_UPDATE];

/// A project with all that the phases made of it, and what they found wrong.
#[derive(Debug)]
pub(crate) struct Compilation {
    /// The project's root.
    pub(crate) root: PathBuf,
    /// Its files.
    pub(crate) sources: Sources,
    /// As written.
    pub(crate) project: Project,
    /// With its names resolved.
    pub(crate) graph: Graph,
    /// As meant.
    pub(crate) grants: Grants,
    /// As CloudFormation.
    pub(crate) stacks: Arc<Stacks>,
    /// Sorted, levels applied.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A compilation that is never freed. The process ends with its command, and freeing millions of small
/// texts one by one takes a twentieth of it.
pub(crate) type Kept = ManuallyDrop<Compilation>;

impl Compilation {
    /// A project that declares nothing.
    pub(crate) fn empty(root: PathBuf) -> Kept {
        Kept::new(Self {
            root,
            sources: Sources::default(),
            project: Project::default(),
            graph: Graph::default(),
            grants: Grants::default(),
            stacks: Arc::default(),
            diagnostics: vec![],
        })
    }

    /// Runs the phases without looking for lints: the diagnostics are errors of the language alone.
    pub(crate) fn unlinted(root: PathBuf, progress: &mut Progress) -> Kept {
        let (mut compilation, doubt) = Self::closed(root, progress);
        progress.phase("dividing");
        let emitted = compilation.emitted(&doubt);
        compilation.take(emitted);
        compilation.diagnostics.retain(|found| !found.code.is_lint());
        diagnostic::sort(&mut compilation.diagnostics);
        Kept::new(compilation)
    }

    /// Runs the phases up to what is meant.
    fn closed(root: PathBuf, progress: &mut Progress) -> (Self, Doubt) {
        progress.phase("reading");
        let (sources, mut diagnostics) = iamc_parser::load(&root);
        let (project, found) = iamc_parser::parse(&sources);
        diagnostics.extend(found);
        let doubt = Doubt::new(&sources, &diagnostics);
        progress.phase("resolving");
        let (graph, found) = iamc_graph::resolve(&project);
        diagnostics.extend(found);
        let (grants, found) = iamc_graph::close(&project.settings, &graph);
        diagnostics.extend(found);
        diagnostics.retain(|found| !doubt.covers(found));
        let stacks = Arc::default();
        (Self { root, sources, project, graph, grants, stacks, diagnostics }, doubt)
    }

    fn lints(&self, catalog: &Catalog) -> Vec<Diagnostic> {
        let Self { project, graph, grants, .. } = self;
        let mut found = iamc_graph::lint(project, graph, grants);
        found.extend(iamc_lint::lint(&Subject { project, graph, grants, catalog }));
        found
    }

    fn emitted(&self, doubt: &Doubt) -> (Stacks, Vec<Diagnostic>) {
        match doubt.of_output() {
            true => Default::default(),
            false => iamc_emitter::emit(&self.project.settings, &self.graph, &self.grants),
        }
    }

    fn take(&mut self, (stacks, found): (Stacks, Vec<Diagnostic>)) {
        self.stacks = Arc::new(stacks);
        self.diagnostics.extend(found);
    }

    /// What access is decided by.
    pub(crate) fn built(&self) -> Built<'_> {
        Built { settings: &self.project.settings, grants: &self.grants, stacks: &self.stacks }
    }

    /// Whether anything stops the build.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// 0, or 1 where there are errors, or 3 where one of them is the machine's.
    pub(crate) fn exit(&self) -> Exit {
        let of = |diagnostic: &Diagnostic| match diagnostic.code {
            code if *code == codes::UNREADABLE_FILE => Exit::Machine,
            _ => Exit::Project,
        };
        self.diagnostics.iter().filter(|found| found.is_error()).map(of).max().unwrap_or(Exit::Ok)
    }
}

/// A compilation whose lints have no levels yet: more can be looked for.
#[derive(Debug)]
pub(crate) struct Draft {
    compilation: Compilation,
    looked_for: BTreeSet<&'static str>,
}

impl Draft {
    /// Runs all phases on the project at `root`.
    pub(crate) fn new(root: PathBuf, catalog: &Catalog, progress: &mut Progress) -> Self {
        let (mut compilation, doubt) = Compilation::closed(root, progress);
        let is_linted = !compilation.has_errors();
        progress.phase(if is_linted { "linting and dividing" } else { "dividing" });
        let lints = || if is_linted { compilation.lints(catalog) } else { vec![] };
        let (lints, emitted) = rayon::join(lints, || compilation.emitted(&doubt));
        compilation.diagnostics.extend(lints);
        compilation.take(emitted);
        Self { looked_for: compilation.lints_looked_for(), compilation }
    }

    /// Memberships that have run out at `now`, or soon will.
    pub(crate) fn look_for_expiry(&mut self, now: Timestamp) {
        self.looked_for.extend([codes::EXPIRED.id, codes::EXPIRES_SOON.id]);
        self.compilation.diagnostics.extend(iamc_graph::expiry(&self.compilation.graph, now));
    }

    /// What in the folder `out` stands in the way, or is not iamc's; and what a build would do there.
    /// There is no plan where the project has errors.
    pub(crate) fn plan(
        &mut self,
        out: &output::Folder,
        progress: &mut Progress,
    ) -> Result<Option<(Outputs, Plan)>, Failure> {
        if self.compilation.has_errors() {
            return Ok(None);
        }
        let outputs = iamc_emitter::render(&self.compilation.stacks);
        let mut plan = output::plan(out, &outputs, progress)?;
        self.look_at_updates(out, &mut plan)?;
        self.looked_for.extend([codes::FOREIGN_FILE.id, codes::CROWDED_UPDATE.id]);
        self.compilation.diagnostics.extend(plan.diagnostics(out));
        Ok(Some((outputs, plan)))
    }

    /// What CloudFormation will do to the stacks whose templates change.
    fn look_at_updates(&mut self, out: &output::Folder, plan: &mut Plan) -> Result<(), Failure> {
        let Compilation { project, graph, stacks, diagnostics, .. } = &mut self.compilation;
        let updated: BTreeSet<&str> = plan.replaced().collect();
        let mut moves = Vec::new();
        for stack in stacks.stacks.iter().filter(|stack| updated.contains(stack.path().as_str())) {
            let old = out.read(&stack.path())?.unwrap_or_default();
            let old = String::from_utf8_lossy(&old);
            diagnostics.extend(iamc_emitter::crowded(&project.settings, graph, &old, stack));
            moves.extend(iamc_emitter::moves(&old, stack));
        }
        plan.moves = moves;
        Ok(())
    }

    /// Something else that was found.
    pub(crate) fn add(&mut self, diagnostics: Vec<Diagnostic>) {
        self.compilation.diagnostics.extend(diagnostics);
    }

    /// Gives the lints their levels.
    pub(crate) fn judge(self) -> Kept {
        let Self { mut compilation, looked_for } = self;
        let found = std::mem::take(&mut compilation.diagnostics);
        compilation.diagnostics =
            lints::apply(found, &compilation.project, |code| looked_for.contains(code.id));
        diagnostic::sort(&mut compilation.diagnostics);
        Kept::new(compilation)
    }

    /// The project's root.
    pub(crate) fn root(&self) -> &Path {
        &self.compilation.root
    }
}

impl Compilation {
    /// Where something is wrong, no silence is judged: what it silences may not have been looked for.
    fn lints_looked_for(&self) -> BTreeSet<&'static str> {
        let all = codes::ALL.iter().filter(|code| code.is_lint() && !ON_REQUEST.contains(code));
        if self.has_errors() { BTreeSet::new() } else { all.map(|code| code.id).collect() }
    }
}
