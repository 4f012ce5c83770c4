//! Output never lies among the sources.

use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::Folder;
use crate::exit::Failure;

/// Fails where a folder is the root of a project, or one that sources are read from, by whatever path.
///
/// # Errors
/// A usage error, with what to type.
pub(crate) fn check(out: &Folder, root: &Path) -> Result<(), Failure> {
    let target = target(out.path());
    let is_root = fs::canonicalize(root).is_ok_and(|root| root == target);
    let holds = |folder: &PathBuf| target.starts_with(folder) || folder.parent() == Some(&target);
    match is_root || iamc_parser::source_folders(root).iter().any(holds) {
        true => Err(among_sources(out.label())),
        false => Ok(()),
    }
}

fn among_sources(label: &str) -> Failure {
    let message = format!("`{label}` is a folder of the project's sources, and none for its output");
    Failure::usage(message, "name a folder that holds no sources, as in `--out dist`")
}

/// Where a path leads, links followed as far as it exists.
fn target(path: &Path) -> PathBuf {
    let mut existing = path.to_owned();
    let mut rest: Vec<OsString> = vec![];
    loop {
        if let Ok(target) = fs::canonicalize(&existing) {
            return rest.into_iter().rev().fold(target, step);
        }
        let last = existing.components().next_back().map(|part| part.as_os_str().to_owned());
        match last.filter(|_| existing.pop()) {
            Some(last) => rest.push(last),
            None => return path.to_owned(),
        }
    }
}

/// One step further down, or up.
fn step(mut path: PathBuf, part: OsString) -> PathBuf {
    match Path::new(&part).components().next() {
        Some(Component::ParentDir) => {
            path.pop();
        }
        _ => path.push(part),
    }
    path
}
