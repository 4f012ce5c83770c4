//! Finding the files of a project.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use iamc_model::codes;
use walkdir::{DirEntry, WalkDir};

use super::Problem;
use super::text::{not_a_file, unreadable};
use super::unread::{is_toml, misnamed};
use crate::place::{HOMES, SETTINGS};

/// A file of the project.
pub(super) struct Found {
    /// Relative to the root, with `/`.
    pub(super) path: String,
    /// Where it is read.
    pub(super) target: PathBuf,
}

/// The folders that files of the project at `root` are looked for in, at any depth, links followed.
pub(super) fn folders(root: &Path) -> Vec<PathBuf> {
    let Ok(target) = fs::canonicalize(root) else { return vec![] };
    let (mut problems, mut found) = (vec![], vec![]);
    let mut finder = Finder::new(root, target, &mut problems);
    finder.find(&mut found);
    finder.seen.into_iter().filter(|path| path.is_dir()).collect()
}

/// The files of the project at `root`. What a link leads to is followed once: files and folders that
/// are reached without a link come first, then the links in the order of their paths.
pub(super) fn files(root: &Path, problems: &mut Vec<Problem>) -> Vec<Found> {
    let mut finder = match fs::canonicalize(root) {
        Ok(target) => Finder::new(root, target, problems),
        Err(error) => {
            problems.push(unreadable(&error).at(""));
            return vec![];
        }
    };
    let mut found = vec![];
    finder.find(&mut found);
    found
}

struct Finder<'p> {
    root: PathBuf,
    /// The root, links followed.
    target: PathBuf,
    /// Files and folders that were taken, links followed.
    seen: BTreeSet<PathBuf>,
    /// Links that are yet to be followed.
    links: Vec<PathBuf>,
    problems: &'p mut Vec<Problem>,
}

impl<'p> Finder<'p> {
    fn new(root: &Path, target: PathBuf, problems: &'p mut Vec<Problem>) -> Self {
        Self { root: root.to_owned(), target, seen: BTreeSet::new(), links: vec![], problems }
    }

    fn find(&mut self, found: &mut Vec<Found>) {
        for name in [SETTINGS].into_iter().chain(HOMES.iter().filter_map(|home| home.file)) {
            self.walk_file(&self.root.join(name), found);
        }
        for home in &HOMES {
            self.walk(&self.root.join(home.folder), found);
        }
        while !self.links.is_empty() {
            let mut links = std::mem::take(&mut self.links);
            links.sort();
            for link in links {
                self.follow(&link, found);
            }
        }
    }

    /// Takes the file at a path, which may not be a folder.
    fn walk_file(&mut self, path: &Path, found: &mut Vec<Found>) {
        let is_folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
        match is_folder {
            true => self.problem(not_a_file(), path),
            false => self.walk(path, found),
        }
    }

    /// Takes what lies at and under a path; links are noted for later.
    fn walk(&mut self, top: &Path, found: &mut Vec<Found>) {
        if fs::symlink_metadata(top).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return;
        }
        // No link leads on from here, so that what lies below the target has the same path there.
        let target = fs::canonicalize(top).unwrap_or_else(|_| top.to_owned());
        let target_of = |path: &Path| target.iter().chain(path.strip_prefix(top).unwrap_or(path)).collect();
        let entries = WalkDir::new(top).follow_root_links(false).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| !is_hidden(entry)) {
            match entry {
                Ok(entry) if entry.path_is_symlink() => self.links.push(entry.into_path()),
                Ok(entry) if entry.file_type().is_dir() => {
                    self.seen.insert(target_of(entry.path()));
                }
                Ok(entry) => self.take(entry.path(), target_of(entry.path()), found),
                Err(error) => {
                    let path = error.path().unwrap_or(top).to_owned();
                    let error = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
                    self.problem(unreadable(&error), &path);
                }
            }
        }
    }

    /// Takes what a link leads to, under the link's own path.
    fn follow(&mut self, link: &Path, found: &mut Vec<Found>) {
        let target = match fs::canonicalize(link) {
            Ok(target) => target,
            Err(error) if is_toml(link) => return self.problem(unreadable(&error), link),
            Err(_) => return,
        };
        let is_folder = target.is_dir();
        if !is_folder && !is_toml(link) {
            return;
        }
        if !target.starts_with(&self.target) {
            let help = "copy what it leads to into the project";
            let problem = Problem::new(&codes::LINK_OUTSIDE, "leads out of the project", help);
            return self.problem(problem, link);
        }
        if !is_folder {
            self.take(link, target, found);
        } else if self.seen.insert(target) {
            self.walk_linked(link, found);
        }
    }

    fn walk_linked(&mut self, link: &Path, found: &mut Vec<Found>) {
        match fs::read_dir(link) {
            Ok(entries) => {
                let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
                paths.sort();
                for path in paths {
                    self.walk(&path, found);
                }
            }
            Err(error) => self.problem(unreadable(&error), link),
        }
    }

    /// Takes a file that lies at `target`, unless something has led there before.
    fn take(&mut self, path: &Path, target: PathBuf, found: &mut Vec<Found>) {
        if is_toml(path) && self.seen.insert(target) {
            found.push(Found { path: self.relative(path), target: path.to_owned() });
        } else if !is_toml(path) {
            self.problems.extend(misnamed(path, self.relative(path)));
        }
    }

    fn problem(&mut self, problem: Problem, path: &Path) {
        let path = self.relative(path);
        self.problems.push(problem.at(path));
    }

    fn relative(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}
