//! What a build would change in out/.

use std::collections::BTreeSet;

use iamc_emitter::{Move, Outputs};
use iamc_model::{Diagnostic, codes};
use rayon::prelude::*;

use super::MANIFEST;
use super::folder::{Comparison, Folder, Kind};
use super::write::is_leftover;
use crate::exit::Failure;
use crate::progress::Progress;

/// The difference between out/ and what it is to hold. Paths are below out/, with `/`, and sorted.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Files to write.
    pub(crate) changes: Vec<Change>,
    /// How many files are as they are to be.
    pub(crate) unchanged: usize,
    /// Generated files that nothing makes any more.
    pub(crate) stale: Vec<String>,
    /// Temporary files of a build that was killed.
    pub(crate) leftover: Vec<String>,
    /// Files that iamc did not make.
    pub(crate) foreign: Vec<String>,
    /// Statements that can be absent for a moment while the stacks are updated.
    pub(crate) moves: Vec<Move>,
    /// Paths that iamc wants to write and must not: each with what is there.
    occupied: Vec<(String, &'static str)>,
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Its path.
    pub(crate) path: String,
    /// Whether there is one already.
    pub(crate) exists: bool,
}

/// Compares the folder with what it is to hold, and changes nothing.
pub(crate) fn plan(out: &Folder, outputs: &Outputs, progress: &mut Progress) -> Result<Plan, Failure> {
    progress.files("comparing", outputs.count());
    let mut planner = Planner {
        out,
        outputs,
        folders: folders(outputs),
        met: BTreeSet::new(),
        files: Vec::new(),
        plan: Plan::default(),
        progress,
    };
    match out.kind()? {
        Some(Kind::Folder) => planner.walk("")?,
        Some(Kind::Link) => planner.occupied("", "is a symbolic link"),
        Some(_) => planner.occupied("", "is not a folder"),
        None => {}
    }
    planner.compare()?;
    Ok(planner.finish())
}

/// The folders that the outputs lie in.
fn folders(outputs: &Outputs) -> BTreeSet<&str> {
    outputs.paths().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect()
}

struct Planner<'a> {
    progress: &'a mut Progress,
    out: &'a Folder,
    outputs: &'a Outputs,
    folders: BTreeSet<&'a str>,
    /// Wanted paths at which something lies.
    met: BTreeSet<String>,
    /// Files at wanted paths.
    files: Vec<String>,
    plan: Plan,
}

/// A file at a wanted path.
enum Found {
    Same,
    Other,
    /// It has gone by now.
    Gone,
    Foreign,
}

/// So many files are compared at a time, on all cores.
const BATCH: usize = 256;

impl Planner<'_> {
    fn walk(&mut self, folder: &str) -> Result<(), Failure> {
        for entry in self.out.entries(folder)? {
            let path = if folder.is_empty() { entry.name } else { format!("{folder}/{}", entry.name) };
            self.visit(path, entry.kind)?;
        }
        Ok(())
    }

    /// A folder with a manifest of its own is another build's: nothing in it is ours to remove.
    fn enter(&mut self, folder: String) -> Result<(), Failure> {
        let manifest = format!("{folder}/{MANIFEST}");
        if self.out.is_file(&manifest) && self.out.is_generated(&manifest)? {
            self.plan.foreign.push(folder);
            return Ok(());
        }
        self.walk(&folder)
    }

    fn visit(&mut self, path: String, kind: Kind) -> Result<(), Failure> {
        let is_wanted = self.outputs.contains(&path);
        if is_wanted {
            self.met.insert(path.clone());
        }
        match (kind, is_wanted) {
            (Kind::File, true) => self.files.push(path),
            (Kind::Folder, true) => self.occupied(&path, "is a folder"),
            (Kind::Folder, false) => self.enter(path)?,
            (_, true) => self.occupied(&path, "is not a file"),
            (_, false) if self.folders.contains(path.as_str()) => self.occupied(&path, "is not a folder"),
            (Kind::File, false) if is_leftover(&path) => self.plan.leftover.push(path),
            (Kind::File, false) if self.is_stale(&path)? => self.plan.stale.push(path),
            (_, false) if self.out.is_there(&path) => self.plan.foreign.push(path),
            (_, false) => {}
        }
        Ok(())
    }

    /// A copy of a generated file is ours only where a build would have put it.
    fn is_stale(&self, path: &str) -> Result<bool, Failure> {
        Ok(iamc_emitter::is_output_path(path) && self.out.is_generated(path)?)
    }

    /// The manifest last: by then the texts that its own needs were made.
    fn compare(&mut self) -> Result<(), Failure> {
        let files = std::mem::take(&mut self.files);
        let (manifest, others): (Vec<String>, Vec<String>) =
            files.into_iter().partition(|path| path == MANIFEST);
        for batch in others.chunks(BATCH).chain([manifest.as_slice()]) {
            let found: Vec<_> = batch.par_iter().map(|path| found(self.out, self.outputs, path)).collect();
            for (path, found) in batch.iter().zip(found) {
                self.progress.tick();
                let change = |exists| Change { path: path.clone(), exists };
                match found? {
                    Found::Same => self.plan.unchanged += 1,
                    Found::Other => self.plan.changes.push(change(true)),
                    Found::Gone => self.plan.changes.push(change(false)),
                    Found::Foreign => self.occupied(path, FOREIGN),
                }
            }
        }
        Ok(())
    }

    fn occupied(&mut self, path: &str, what: &'static str) {
        self.plan.occupied.push((path.to_owned(), what));
    }

    /// With the files that the walk has not met.
    fn finish(self) -> Plan {
        let Self { outputs, met, mut plan, .. } = self;
        let missing = outputs.paths().filter(|path| !met.contains(*path));
        plan.changes.extend(missing.map(|path| Change { path: path.to_owned(), exists: false }));
        plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
        plan
    }
}

/// An empty file holds nothing of anybody's: it is replaced like one that iamc made.
fn found(out: &Folder, outputs: &Outputs, path: &str) -> Result<Found, Failure> {
    let wanted = outputs.text(path).unwrap_or_default();
    Ok(match out.compare(path, wanted.as_bytes())? {
        Some(Comparison::Same) => Found::Same,
        Some(Comparison::Empty) => Found::Other,
        Some(Comparison::Other) if out.is_generated(path)? => Found::Other,
        Some(Comparison::Other) if out.is_there(path) => Found::Foreign,
        _ => Found::Gone,
    })
}

impl Plan {
    /// Whether a build would write, or remove, anything.
    pub(crate) fn is_current(&self) -> bool {
        self.changes.is_empty() && self.stale.is_empty() && self.leftover.is_empty()
    }

    /// Files that take the place of another.
    pub(crate) fn replaced(&self) -> impl Iterator<Item = &str> {
        self.changes.iter().filter(|change| change.exists).map(|change| change.path.as_str())
    }

    /// What is in out/ besides what is to be there, each with what is said of it.
    pub(crate) fn rest(&self, foreign: bool) -> impl Iterator<Item = (&str, &'static str)> {
        let stale = self.stale.iter().map(|path| (path.as_str(), STALE));
        let leftover = self.leftover.iter().map(|path| (path.as_str(), LEFTOVER));
        let foreign = self.foreign.iter().filter(move |_| foreign).map(|path| (path.as_str(), FOREIGN));
        stale.chain(leftover).chain(foreign)
    }

    /// What stands in the way, and what iamc did not make.
    pub(crate) fn diagnostics(&self, out: &Folder) -> Vec<Diagnostic> {
        let occupied = self.occupied.iter().map(|(path, what)| occupied_path(out, path, what));
        let foreign = self.foreign.iter().map(|path| foreign_file(out, path));
        occupied.chain(foreign).collect()
    }

    /// What a build would do, as errors: for programs that ask whether out/ is current.
    pub(crate) fn differences(&self, out: &Folder) -> Vec<Diagnostic> {
        let changes = self.changes.iter().map(|change| (&change.path, change.what()));
        let changes = changes.map(|(path, what)| (path.as_str(), what));
        changes.chain(self.rest(false)).map(|(path, what)| outdated_output(out, path, what)).collect()
    }
}

const STALE: &str = "is made by nothing any more";
const LEFTOVER: &str = "was left by a build that was killed";
const FOREIGN: &str = "was not made by iamc";

impl Change {
    /// What is said of it.
    pub(crate) fn what(&self) -> &'static str {
        if self.exists { "differs" } else { "is missing" }
    }
}

fn occupied_path(out: &Folder, path: &str, what: &str) -> Diagnostic {
    let message = format!("`{}` {what}, and iamc has to write there", out.show(path));
    Diagnostic::without_place(&codes::OCCUPIED_PATH, message)
        .help("move it away: iamc replaces only what it has made")
}

fn foreign_file(out: &Folder, path: &str) -> Diagnostic {
    let message = format!("`{}` was not made by iamc", out.show(path));
    Diagnostic::without_place(&codes::FOREIGN_FILE, message)
        .help(format!("move it out of `{}/`, which is iamc's", out.label()))
}

fn outdated_output(out: &Folder, path: &str, what: &str) -> Diagnostic {
    Diagnostic::without_place(&codes::OUTDATED_OUTPUT, format!("`{}` {what}", out.show(path)))
        .help("run `iamc build`")
}
