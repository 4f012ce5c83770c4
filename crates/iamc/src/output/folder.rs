//! Where the output goes, and what lies there.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// Enough of a file to see whether iamc made it.
const HEAD: u64 = 1024;

/// The folder that a build writes to.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    label: String,
    named: bool,
}

/// What lies at a path; symbolic links are not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Folder,
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What a file holds beside what it is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Same,
    Empty,
    Other,
}

/// A name in a folder. A name that is not Unicode is no name of ours: it is shown and left alone.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

impl Folder {
    /// out/ of the project at `root`.
    pub(crate) fn of_project(root: &Path) -> Self {
        Self { path: root.join("out"), label: "out".into(), named: false }
    }

    /// Another folder, at `path`, that the command line calls `label`.
    pub(crate) fn named(path: PathBuf, label: &Path) -> Self {
        let label = label.to_string_lossy();
        let trimmed = label.trim_end_matches('/');
        Self { path, label: if trimmed.is_empty() { "/" } else { trimmed }.to_owned(), named: true }
    }

    /// As a person knows it: `out`.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A path below it as a person knows it: `out/engineers/JaneDoe.yaml`.
    pub(crate) fn show(&self, path: &str) -> String {
        format!("{}/{path}", self.label)
    }

    /// Where a path below it, with `/`, is.
    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// What stands where the folder itself should be; none where nothing does. A link is followed if the
    /// command line named it.
    pub(crate) fn kind(&self) -> Result<Option<Kind>, Failure> {
        let look = if self.named { fs::metadata } else { fs::symlink_metadata };
        match look(&self.path) {
            Ok(metadata) => Ok(Some(Kind::of(metadata.file_type()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::machine("read", &self.path, &error)),
        }
    }

    /// What lies in a folder below this one, sorted by name; nothing where it is gone by now.
    pub(crate) fn entries(&self, path: &str) -> Result<Vec<Entry>, Failure> {
        let folder = self.join(path);
        let entries = unless_gone(read_entries(&folder));
        let mut entries =
            entries.map_err(|error| Failure::machine("read", &folder, &error))?.unwrap_or_default();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// Whether anything lies at a path.
    pub(crate) fn is_there(&self, path: &str) -> bool {
        fs::symlink_metadata(self.join(path)).is_ok()
    }

    /// Whether a file, and no link to one, lies at a path.
    pub(crate) fn is_file(&self, path: &str) -> bool {
        fs::symlink_metadata(self.join(path)).is_ok_and(|metadata| metadata.is_file())
    }

    /// The whole of a file; none where it is gone by now.
    pub(crate) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let path = self.join(path);
        unless_gone(fs::read(&path)).map_err(|error| Failure::machine("read", &path, &error))
    }

    /// Whether a file holds these bytes; none where it is gone by now.
    pub(crate) fn compare(&self, path: &str, wanted: &[u8]) -> Result<Option<Comparison>, Failure> {
        let path = self.join(path);
        unless_gone(compare(&path, wanted)).map_err(|error| Failure::machine("read", &path, &error))
    }

    /// Whether iamc made a file. One that is gone by now it did not.
    pub(crate) fn is_generated(&self, path: &str) -> Result<bool, Failure> {
        let path = self.join(path);
        let head = unless_gone(read_head(&path)).map_err(|error| Failure::machine("read", &path, &error))?;
        Ok(head.is_some_and(|head| iamc_emitter::is_generated(&head)))
    }
}

impl Kind {
    fn of(kind: FileType) -> Self {
        if kind.is_symlink() {
            Self::Link
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_file() {
            Self::File
        } else {
            Self::Other
        }
    }
}

fn read_entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let entry = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        let name = entry.file_name();
        let kind = match name.to_str() {
            Some(_) => unless_gone(entry.file_type())?.map(Kind::of),
            None => Some(Kind::Other),
        };
        Ok(kind.map(|kind| Entry { name: name.to_string_lossy().into_owned(), kind }))
    };
    fs::read_dir(folder)?.map(entry).filter_map(Result::transpose).collect()
}

/// Others may work in the folder at the same time, where it cannot be locked.
fn unless_gone<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A file of another length is not read.
fn compare(path: &Path, wanted: &[u8]) -> io::Result<Comparison> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if length == 0 && !wanted.is_empty() {
        return Ok(Comparison::Empty);
    }
    if length != wanted.len() as u64 {
        return Ok(Comparison::Other);
    }
    let mut held = Vec::with_capacity(wanted.len() + 1);
    file.read_to_end(&mut held)?;
    Ok(if held == wanted { Comparison::Same } else { Comparison::Other })
}

fn read_head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}
