//! A machine that gives no thread but the first.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::machine::{Ended, IAMC, engineers, iamc, skip};
use crate::support::{Project, files};

/// A user that has no other processes, as those count, too.
const NOBODY: &str = "54321";

/// Runs a program that may start no thread; none where that cannot be had.
fn alone(folder: &Path, program: &str, arguments: &[&str]) -> Option<Ended> {
    let mut command = Command::new("setpriv");
    command.args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "prlimit", "--nproc=1", program]);
    let output = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output();
    output.ok().map(Ended::from)
}

fn open_to_all(project: &Project) {
    let mut paths = vec![project.path().to_owned()];
    while let Some(path) = paths.pop() {
        let is_folder = path.is_dir();
        fs::set_permissions(&path, Permissions::from_mode(if is_folder { 0o777 } else { 0o666 })).unwrap();
        paths.extend(fs::read_dir(&path).into_iter().flatten().map(|entry| entry.unwrap().path()));
    }
}

#[test]
fn one_thread_does_it_all() {
    let project = engineers(40);
    let copies = tempfile::TempDir::new().unwrap();
    let copy = copies.path().join("iamc");
    fs::copy(IAMC, &copy).unwrap();
    for path in [copies.path(), &copy] {
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }
    open_to_all(&project);
    let copy = copy.to_str().unwrap();
    let forks = alone(project.path(), "sh", &["-c", "(true); true"]);
    if !forks.is_some_and(|ended| ended.status != Some(0) && ended.err.contains("fork")) {
        return skip("nobody can be kept from starting threads without being root");
    }
    for arguments in [
        &["build"][..],
        &["build", "--check"],
        &["verify"],
        &["check", "--at", "2026-06-01"],
        &["list", "policies"],
        &["who-can", "s3:GetObject"],
        &["diff", "--base-dir", "."],
    ] {
        let lone = alone(project.path(), copy, arguments).unwrap();
        if arguments == ["build"] {
            fs::remove_dir_all(project.join("out")).unwrap();
        }
        let many: Ended = iamc(project.path(), arguments).output().unwrap().into();
        assert_eq!((lone.status, lone.out, lone.err), (many.status, many.out, many.err), "{arguments:?}");
    }
    assert_eq!(files(&project.join("out")).len(), 43);
}
