//! Whatever the files of a project hold, the program answers, and what it builds it proves.

use std::fs;
use std::path::Path;

use iamc::{Exit, Session, Terminal};
use tempfile::TempDir;

/// Stands before the path of a file, on a line of its own. What comes before the first such line is of
/// [`FIRST`].
const MARK: &[u8] = b"=== ";

const FIRST: &str = "policies/all.toml";

const FORMATS: [&str; 4] = ["human", "json", "github", "sarif"];

/// Where one project after the other lies.
pub struct Folder(TempDir);

impl Folder {
    /// A folder of its own, which goes with it.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    /// Whether the last project has been built, so that it had no errors.
    pub fn is_built(&self) -> bool {
        self.0.path().join("out/manifest.json").exists()
    }

    fn fill(&self, files: &[(String, Vec<u8>)]) {
        for entry in fs::read_dir(self.0.path()).expect("the folder").flatten() {
            let path = entry.path();
            let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            removed.expect("what the project before has left");
        }
        self.write("engineers.toml", b"");
        files.iter().for_each(|(path, bytes)| self.write(path, bytes));
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.path().join(path);
        path.parent().map(fs::create_dir_all).transpose().expect("a folder for the file");
        fs::write(path, bytes).expect("a file of the project");
    }

    fn run(&self, arguments: &[&str]) -> (Exit, String) {
        run(self.0.path(), arguments)
    }
}

fn run(folder: &Path, arguments: &[&str]) -> (Exit, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut session = Session::new(&mut out, &mut err, Terminal::default(), folder.to_owned());
    let exit = session.run(["iamc"].iter().chain(arguments).map(Into::into));
    out.extend(err);
    (exit, String::from_utf8(out).expect("reports are UTF-8"))
}

/// Checks the project; what it builds is proved by `verify`, and a second build would change nothing.
pub fn check(folder: &Folder, data: &[u8]) {
    folder.fill(&files(data));
    let format = FORMATS[data.len() % FORMATS.len()];
    let (checked, report) = folder.run(&["check", "--at", "2026-11-21", "--message-format", format]);
    match checked {
        Exit::Ok => prove(folder),
        Exit::Project => assert!(!report.is_empty(), "it fails without a word"),
        other => panic!("`check` ends with {other:?}: {report}"),
    }
}

fn prove(folder: &Folder) {
    for arguments in [&["build"][..], &["verify"], &["build", "--check"]] {
        let (exit, report) = folder.run(arguments);
        assert_eq!(exit, Exit::Ok, "`{}`: {report}", arguments.join(" "));
    }
}

/// The files that the bytes are divided into, by marks. Paths that no project has are passed over, so
/// that each file lies in the folder; of two with one path the second counts.
fn files(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(FIRST.to_owned(), Vec::new())];
    for line in data.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_prefix(MARK).map(path) {
            Some(Some(path)) => files.push((path, Vec::new())),
            Some(None) => {}
            None => files.last_mut().expect("the first").1.extend(line),
        }
    }
    files.retain(|(path, bytes)| path != FIRST || !bytes.is_empty());
    files
}

/// A path of a project's file, of small letters, digits and dashes.
fn path(line: &[u8]) -> Option<String> {
    let path = str::from_utf8(line).ok()?.trim_end();
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    let mut parts = path.strip_suffix(".toml")?.split('/');
    (path.len() < 100 && parts.all(is_name)).then(|| path.to_owned())
}
