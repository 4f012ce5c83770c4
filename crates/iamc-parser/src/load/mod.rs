//! From the disk to text: finds the files of a project and reads them.

mod find;
mod text;
mod unread;

use std::path::{Path, PathBuf};

use iamc_model::{Code, Diagnostic, FileId, Source, Sources, Span};
use rayon::iter::Either;
use rayon::prelude::*;

use find::Found;

/// Reads the files of the project at `root`, sorted by path. A file that cannot be read, is too large
/// or lies outside is there without its text, so that the report has a place. `unreadable-file` is the
/// machine's fault, everything else the project's.
pub fn load(root: &Path) -> (Sources, Vec<Diagnostic>) {
    let mut problems = vec![];
    let found = find::files(root, &mut problems);
    unread::warn(root, &mut problems);
    let (mut files, unread): (Vec<_>, Vec<_>) = found.into_par_iter().partition_map(read);
    problems.extend(unread);
    for problem in &problems {
        files.push(Source::new(&*problem.path, problem.text.as_str()));
    }
    let sources = Sources::new(files);
    let diagnostics = problems.into_iter().map(|problem| problem.report(&sources)).collect();
    (sources, diagnostics)
}

fn read(file: Found) -> Either<Source, Problem> {
    match text::read(&file.target) {
        Ok(text) => Either::Left(Source::new(file.path, text)),
        Err(problem) => Either::Right(problem.at(file.path)),
    }
}

/// The folders that files of the project at `root` are looked for in, at any depth, links followed,
/// sorted. One that cannot be listed is there without those below it.
pub fn source_folders(root: &Path) -> Vec<PathBuf> {
    find::folders(root)
}

/// What is wrong with one path.
#[derive(Debug)]
struct Problem {
    path: String,
    code: &'static Code,
    message: String,
    label: &'static str,
    help: String,
    /// What could be read of it.
    text: String,
    /// The offending bytes of that.
    place: std::ops::Range<usize>,
}

impl Problem {
    fn new(code: &'static Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        let (message, help) = (message.into(), help.into());
        Self { path: String::new(), code, message, label: "", help, text: String::new(), place: 0..0 }
    }

    fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    fn report(self, sources: &Sources) -> Diagnostic {
        let file = sources.iter().find(|(_, source)| source.path == self.path).map(|(file, _)| file);
        let span = Span::new(file.unwrap_or(FileId(0)), self.place);
        let message = format!("`{}` {}", self.path, self.message);
        Diagnostic::new(self.code, message, span, self.label).help(self.help)
    }
}
