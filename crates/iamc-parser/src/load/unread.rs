//! Files beside those of the project that look as if they should be read: `policies.toml`, `engineer/`,
//! `policies/s3.TOML`.

use std::fs::{self, FileType};
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use iamc_model::codes;
use iamc_model::name::nearest;

use super::Problem;
use crate::place::{HOMES, Place, where_belongs};

/// How much of a file is looked at.
const MOST_BYTES: u64 = 64 << 10;

/// Warns of each file at the root, or in a folder whose name is nearly one of the project's, that
/// declares something and is not read.
pub(super) fn warn(root: &Path, problems: &mut Vec<Problem>) {
    for (path, kind) in entries(root) {
        let name = name_of(&path);
        if kind.is_dir() && is_near_miss(&name) {
            let files = entries(&path).into_iter().filter(|(_, kind)| kind.is_file());
            problems
                .extend(files.filter_map(|(file, _)| unread(&file, format!("{name}/{}", name_of(&file)))));
        } else if kind.is_file() && Place::of(&name).is_none() {
            problems.extend(unread(&path, name));
        }
    }
}

/// What lies in a folder, hidden files and links left out, sorted. A folder that cannot be listed has
/// been reported where it matters.
fn entries(folder: &Path) -> Vec<(PathBuf, FileType)> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut entries: Vec<_> =
        entries.filter_map(|entry| Some((entry.path(), entry.file_type().ok()?))).collect();
    entries.retain(|(path, kind)| !name_of(path).starts_with('.') && !kind.is_symlink());
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_near_miss(folder: &str) -> bool {
    let is_home = HOMES.iter().any(|home| home.folder == folder);
    let names = HOMES.iter().flat_map(|home| home.tables.iter().chain([&home.folder])).copied();
    !is_home && nearest(folder, names).is_some()
}

fn unread(path: &Path, shown: String) -> Option<Problem> {
    let text = is_toml_in_any_case(path).then(|| head(path))??;
    let (place, table) = first_declaration(&text)?;
    let ending = if is_toml(path) { "" } else { ", under a name that ends in `.toml`" };
    let help = format!("move it to {}{ending}", where_belongs(table)?);
    Some(problem(shown, text, place, help))
}

/// Warns of a file among those of the project that declares something and ends in `.TOML`.
pub(super) fn misnamed(path: &Path, shown: String) -> Option<Problem> {
    let text = is_toml_in_any_case(path).then(|| head(path))??;
    let (place, _) = first_declaration(&text)?;
    let help = format!("rename it to `{}.toml`", &shown[..shown.len() - ".toml".len()]);
    Some(problem(shown, text, place, help))
}

/// Whether a file's name ends as those of a project do.
pub(super) fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

fn is_toml_in_any_case(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn problem(shown: String, text: String, place: Range<usize>, help: String) -> Problem {
    let mut problem = Problem::new(&codes::UNREAD_FILE, "is not read", help).at(shown);
    problem.label = "declared in vain";
    problem.text = text;
    problem.place = place;
    problem
}

fn head(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The first header of a table that declares something, and that table's name.
fn first_declaration(text: &str) -> Option<(Range<usize>, &'static str)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let header = line.trim_end();
        let name = header.trim_start_matches('[').split([']', '.']).next().unwrap_or_default();
        let table = HOMES.iter().flat_map(|home| home.tables).find(|table| **table == name);
        if let (true, Some(table)) = (header.starts_with('['), table) {
            return Some((start..start + header.len(), table));
        }
        start += line.len();
    }
    None
}
