//! How long iamc takes: a file a benchmark, and what all of them need.

pub(crate) mod access;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod scale;
mod statements;

use std::cmp::Ordering;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The path of a freshly built release binary.
fn release_build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(["build", "--release", "--locked", "-p", "iamc"]).status()?;
    if !status.success() {
        return Err("iamc does not build".into());
    }
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(2).ok_or("xtask does not stand in a target folder")?;
    Ok(target.join("release").join(format!("iamc{}", std::env::consts::EXE_SUFFIX)))
}

/// The one in the middle.
fn median<T: PartialOrd + Copy>(mut times: Vec<T>) -> T {
    times.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    times[times.len() / 2]
}

/// How often a header stands in the files of a folder of an organisation: `[policy.` in `policies`.
fn declared(root: &Path, folder: &str, header: &str) -> Result<usize> {
    let files = fs::read_dir(root.join(folder))?.map(|entry| Ok(fs::read_to_string(entry?.path())?));
    files.map(|text: Result<String>| Ok(text?.matches(header).count())).sum()
}
