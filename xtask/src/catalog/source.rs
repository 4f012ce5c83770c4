//! The packages: fetched by npm and pip, which know where from, or lying on the disk.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::Result;

/// An unpacked package.
pub(crate) struct Source {
    name: &'static str,
    pub(crate) version: String,
    root: PathBuf,
    _unpacked: TempDir,
}

impl Source {
    /// A package of npm.
    pub(crate) fn npm(name: &'static str, path: Option<&Path>) -> Result<Self> {
        let (dir, given) = obtain(path, |dir| {
            Command::new("npm").args(["pack", "--silent", name]).current_dir(dir).status()
        })?;
        let root =
            [given.join("package"), given].into_iter().find(|root| root.join("package.json").is_file());
        let root = root.ok_or_else(|| format!("no package.json of {name}"))?;
        let package: Value = serde_json::from_str(&fs::read_to_string(root.join("package.json"))?)?;
        let version = package["version"].as_str().unwrap_or_default().to_owned();
        Ok(Self { name, version, root, _unpacked: dir })
    }

    /// A package of PyPI.
    pub(crate) fn pip(name: &'static str, path: Option<&Path>) -> Result<Self> {
        let arguments = ["download", "--quiet", "--no-deps", "--only-binary", ":all:", name];
        let (dir, root) = obtain(path, |dir| Command::new("pip").args(arguments).current_dir(dir).status())?;
        let prefix = format!("{name}-");
        let information = fs::read_dir(&root)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let version = information
            .filter_map(|file| Some(file.strip_prefix(&prefix)?.strip_suffix(".dist-info")?.to_owned()))
            .next()
            .ok_or_else(|| format!("no {prefix}….dist-info"))?;
        Ok(Self { name, version, root, _unpacked: dir })
    }

    /// The text of a file of the package.
    pub(crate) fn text(&self, path: &str) -> Result<String> {
        fs::read_to_string(self.root.join(path))
            .map_err(|error| format!("{}: {path}: {error}", self.name).into())
    }

    /// The package's name with the texts of its licence and notice.
    pub(crate) fn licence(&self) -> Result<String> {
        let information = format!("{}-{}.dist-info", self.name, self.version);
        let folders = [String::new(), format!("{information}/"), format!("{information}/licenses/")];
        let names = ["LICENSE", "LICENSE.txt", "NOTICE"];
        let paths = folders.iter().flat_map(|folder| names.map(|name| format!("{folder}{name}")));
        let texts: Vec<String> = paths.filter_map(|path| self.text(&path).ok()).collect();
        check(!texts.is_empty(), "a package has no licence")?;
        Ok(format!("\n{}\n{}\n\n{}\n", "=".repeat(80), self.name, texts.join("\n")))
    }

    /// A JSON file of the package.
    pub(crate) fn json(&self, path: &str) -> Result<Value> {
        Ok(serde_json::from_str(&self.text(path)?)?)
    }
}

/// As the first line of a catalogue names it.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// The folder of a package that is given, or that is fetched, and a folder to remove afterwards.
fn obtain(
    given: Option<&Path>,
    fetch: impl FnOnce(&Path) -> std::io::Result<std::process::ExitStatus>,
) -> Result<(TempDir, PathBuf)> {
    let dir = tempfile::tempdir()?;
    if let Some(folder) = given.filter(|path| path.is_dir()) {
        let folder = folder.to_owned();
        return Ok((dir, folder));
    }
    let archive = match given {
        Some(archive) => archive.to_owned(),
        None => {
            check(fetch(dir.path())?.success(), "the package could not be fetched")?;
            let first = fs::read_dir(dir.path())?.next().ok_or("the package could not be fetched")?;
            first?.path()
        }
    };
    let unpacked = dir.path().join("unpacked");
    fs::create_dir(&unpacked)?;
    let status = match archive.extension().is_some_and(|extension| extension == "whl") {
        true => {
            Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&archive).arg(&unpacked).status()?
        }
        false => Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(&unpacked).status()?,
    };
    check(status.success(), "the package could not be unpacked")?;
    Ok((dir, unpacked))
}

fn check(succeeded: bool, message: &str) -> Result<()> {
    if succeeded { Ok(()) } else { Err(message.into()) }
}
