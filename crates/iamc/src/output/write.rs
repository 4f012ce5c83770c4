//! Brings out/ up to date.
//!
//! A file is written under a hidden name beside its place and then renamed, so that it is at every
//! moment either the old one or the new one. What nothing makes any more goes first: on a file system
//! without upper and lower case it can be the old spelling of a new name. The manifest comes last.
//! Nothing waits for the disk: what a power failure tears, the next build finds different and rewrites.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::Path;

use iamc_emitter::Outputs;
use rayon::prelude::*;

use super::MANIFEST;
use super::folder::Folder;
use super::plan::Plan;
use crate::exit::Failure;
use crate::progress::Progress;

/// How the name of a temporary file begins.
const PREFIX: &str = ".iamc-";

/// How the name of a temporary file ends.
const SUFFIX: &str = ".tmp";

/// So many files are written at a time, on all cores.
const BATCH: usize = 256;

/// Whether a path is that of a temporary file, which only a killed build leaves.
pub(crate) fn is_leftover(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Carries out a plan.
///
/// # Errors
/// Fails at the first path that cannot be written or removed; what was done by then stays.
pub(crate) fn apply(
    out: &Folder,
    outputs: &Outputs,
    plan: &Plan,
    progress: &mut Progress,
) -> Result<(), Failure> {
    for path in plan.leftover.iter().chain(&plan.stale) {
        remove(out, path)?;
    }
    progress.files("writing", plan.changes.len());
    let (manifest, templates): (Vec<&str>, Vec<&str>) =
        plan.changes.iter().map(|change| change.path.as_str()).partition(|path| *path == MANIFEST);
    make_folders(out, plan)?;
    for batch in templates.chunks(BATCH).chain([manifest.as_slice()]) {
        let text = |path| outputs.text(path).unwrap_or_default();
        let written: Vec<_> = batch.par_iter().map(|path| write(&out.join(path), &text(path))).collect();
        for (path, written) in batch.iter().zip(written) {
            written.map_err(|error| Failure::machine("write", &out.join(path), &error))?;
            progress.tick();
        }
    }
    Ok(())
}

fn make_folders(out: &Folder, plan: &Plan) -> Result<(), Failure> {
    let paths = plan.changes.iter().map(|change| change.path.as_str());
    let folders: BTreeSet<&str> = paths.map(|path| path.rsplit_once('/').map_or("", |(it, _)| it)).collect();
    folders.into_iter().map(|folder| out.join(folder)).try_for_each(|folder| {
        fs::create_dir_all(&folder).map_err(|error| Failure::machine("write", &folder, &error))
    })
}

fn write(target: &Path, text: &str) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    if let Some(permissions) = permissions() {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(target.parent().unwrap_or(target))?;
    file.as_file_mut().write_all(text.as_bytes())?;
    file.persist(target)?;
    Ok(())
}

/// Those of any new file, rather than of a private temporary one.
#[cfg(unix)]
fn permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions() -> Option<Permissions> {
    None
}

/// Removes a file, and its folder where that was the last in it.
fn remove(out: &Folder, path: &str) -> Result<(), Failure> {
    let target = out.join(path);
    match fs::remove_file(&target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        removed => removed.map_err(|error| Failure::machine("remove", &target, &error))?,
    }
    let mut folder = path;
    while let Some((parent, _)) = folder.rsplit_once('/') {
        if fs::remove_dir(out.join(parent)).is_err() {
            break;
        }
        folder = parent;
    }
    Ok(())
}
