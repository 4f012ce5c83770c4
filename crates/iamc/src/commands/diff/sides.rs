//! The two sides of a comparison, compiled.

use std::env;
use std::path::Path;

use iamc_model::{Source, Sources};

use super::Args;
use super::git::Repository;
use super::revision::{Pair, Place, Revision};
use crate::compile::{Compilation, Kept};
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::session::Session;

/// Both sides of a comparison. Neither has errors.
#[derive(Debug)]
pub(crate) struct Sides {
    /// Before.
    pub(crate) base: Compiled,
    /// After.
    pub(crate) head: Compiled,
}

/// One side of a comparison.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// What a person calls it: `main` with its commit, or the working tree.
    pub(crate) title: String,
    /// Stands before the paths of its files: `main:`; empty for the working tree.
    pub(crate) prefix: String,
    /// What the phases made of it.
    pub(crate) compilation: Kept,
    has_project: bool,
}

impl Sides {
    /// Finds the two sides and compiles them, at the same time. Errors are reported.
    ///
    /// # Errors
    /// Fails where a side cannot be found, has errors, or where neither has a project.
    pub(crate) fn compile(args: &Args, session: &mut Session<'_>) -> Result<Self, Failure> {
        let (folder, no_project) = match session.root() {
            Ok(root) => (root, None),
            Err(failure) => (session.folder(), Some(failure)),
        };
        let pair = match (Pair::named(args, &folder, session), no_project) {
            (Err(_), Some(no_project)) => return Err(no_project),
            (pair, _) => pair?,
        };
        let mut progress = session.progress();
        let sides = compile_both(pair, &folder, &mut progress)?;
        drop(progress);
        if !sides.base.has_project && !sides.head.has_project {
            return Err(neither(&sides, &folder));
        }
        sides.without_errors(session)
    }

    fn without_errors(self, session: &mut Session<'_>) -> Result<Self, Failure> {
        let mut worst = Exit::Ok;
        for side in [&self.base, &self.head].into_iter().filter(|side| side.compilation.has_errors()) {
            let Compilation { diagnostics, root, .. } = &*side.compilation;
            session.report_errors(diagnostics, &side.sources(), root)?;
            session.print_error(&format!("error: the project has errors in {}\n", side.title))?;
            worst = worst.max(side.compilation.exit());
        }
        if worst == Exit::Ok { Ok(self) } else { Err(Failure::Reported(worst)) }
    }
}

impl Compiled {
    /// For [`iamc_diff::compare`].
    pub(crate) fn side(&self) -> iamc_diff::Side<'_> {
        let Compilation { project, graph, .. } = &*self.compilation;
        iamc_diff::Side { project, graph, built: self.compilation.built() }
    }

    /// The files, as they are called beside those of the other side.
    pub(crate) fn sources(&self) -> Sources {
        let files = self.compilation.sources.iter();
        let called = |source: &Source| format!("{}{}", self.prefix, source.path);
        Sources::new(files.map(|(_, source)| Source::new(called(source), source.text.as_str())).collect())
    }
}

fn compile_both(pair: Pair, folder: &Path, progress: &mut Progress) -> Result<Sides, Failure> {
    let Pair { base, head, repository } = pair;
    let repository = repository.as_ref();
    let (head, base) = rayon::join(
        || compile(head, folder, repository, progress),
        || compile(base, folder, repository, &mut Progress::hidden()),
    );
    Ok(Sides { base: base?, head: head? })
}

fn compile(
    revision: Revision,
    folder: &Path,
    repository: Option<&Repository>,
    progress: &mut Progress,
) -> Result<Compiled, Failure> {
    let Revision { title, prefix, place } = revision;
    let temporary = tempfile::tempdir();
    let temporary = temporary.map_err(|error| Failure::machine("write to", &env::temp_dir(), &error))?;
    let root = match (place, repository) {
        (Place::Commit(commit), Some(repository)) => {
            let tree = temporary.path().join("project");
            repository.export(&commit, &tree, &temporary.path().join("index"))?;
            tree
        }
        (Place::Commit(_), None) => folder.to_owned(),
        (Place::Folder(folder), _) => folder,
    };
    let has_project = iamc_parser::find_root(&root).is_some_and(|found| found == root);
    let mut compilation = match has_project {
        true => Compilation::unlinted(root, progress),
        false => Compilation::empty(root),
    };
    compilation.root = folder.to_owned();
    Ok(Compiled { title, prefix, compilation, has_project })
}

fn neither(sides: &Sides, folder: &Path) -> Failure {
    let message = format!(
        "no project in `{}`: neither in {} nor in {}",
        folder.display(),
        sides.base.title,
        sides.head.title
    );
    Failure::usage(message, "`-C DIR` names the folder of the project")
}
