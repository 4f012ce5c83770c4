//! The reading side of iamc: finds the files of a project, reads them, and turns their TOML into
//! declarations as written, each with its place.

mod file;
mod load;
mod place;
mod read;
mod rules;
mod syntax;

use std::path::{Path, PathBuf};

use iamc_model::sensitive::SensitiveDecl;
use iamc_model::{Diagnostic, Project, Settings, Sources, diagnostic};
use rayon::prelude::*;

use file::File;
use place::Place;
use rules::Setup;

pub use load::{load, source_folders};

/// The project's root: the nearest folder, from `start` upwards, that holds `iamc.toml` or
/// `engineers.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    let is_root =
        |folder: &&Path| [place::SETTINGS, "engineers.toml"].iter().any(|name| folder.join(name).is_file());
    start.ancestors().find(is_root).map(Path::to_owned)
}

/// Whether a path below the root is one of the files and folders that a project is read from.
pub fn is_source(path: &str) -> bool {
    Place::of(path).is_some()
}

/// Reads the declarations out of the files of a project, and says what is wrong with them, sorted by
/// place. What is wrong is left out of the project; the names of declarations that are left out are in
/// [`Project::unreadable`].
pub fn parse(sources: &Sources) -> (Project, Vec<Diagnostic>) {
    let mut files: Vec<_> = sources.iter().filter_map(|(id, source)| File::new(id, source)).collect();
    let settings = files.iter_mut().find(|file| file.place == Place::Settings);
    let setup = Setup::new(settings.map_or_else(Settings::default, File::settings));
    let parts = files.into_par_iter().map(|file| file.declarations(&setup));
    let (parts, wrong): (Vec<Project>, Vec<_>) = parts.unzip();
    let mut project = Project { settings: setup.settings, ..Project::default() };
    parts.into_iter().for_each(|part| project.append(part));
    let mut diagnostics = wrong.concat();
    diagnostic::sort(&mut diagnostics);
    (project, diagnostics)
}

/// Reads the file, outside of any project, that lists what nobody may gain, and says what is wrong with
/// it, sorted by place. What is wrong is left out.
pub fn parse_sensitive(sources: &Sources) -> (Vec<SensitiveDecl>, Vec<Diagnostic>) {
    let read = sources.iter().map(|(id, source)| file::sensitive(id, source));
    let (declared, wrong): (Vec<_>, Vec<_>) = read.unzip();
    let mut diagnostics = wrong.concat();
    diagnostic::sort(&mut diagnostics);
    (declared.concat(), diagnostics)
}
