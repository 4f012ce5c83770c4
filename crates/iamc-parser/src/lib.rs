//! The reading side of iamc: finds the files of a project, reads them, and turns their TOML into
//! declarations as written, each with its place.

use std::path::{Path, PathBuf};

use iamc_model::{Diagnostic, Project, Sources};

/// The project's root: the nearest folder, from `start` upwards, that holds `iamc.toml` or
/// `engineers.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let is_root =
        |folder: &&Path| ["iamc.toml", "engineers.toml"].iter().any(|name| folder.join(name).is_file());
    start.ancestors().find(is_root).map(Path::to_owned)
}

/// Reads the files of the project at `root`.
pub fn load(root: &Path) -> (Sources, Vec<Diagnostic>) {
    let _ = root;
    (Sources::default(), vec![])
}

/// Reads the declarations out of the files of a project.
pub fn parse(sources: &Sources) -> (Project, Vec<Diagnostic>) {
    let _ = sources;
    (Project::default(), vec![])
}
