//! Files and folders that may not be read, or not be written to.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::machine::{Ended, IAMC, change, skip};
use crate::support::{Project, files};

/// Programs that run another one, for which permissions hold: for most users those of any program, for
/// root one without the right to go past them.
const RUNNERS: [&[&str]; 2] = [
    &["env"],
    &[
        "setpriv",
        "--bounding-set",
        "-dac_override,-dac_read_search",
        "--inh-caps",
        "-dac_override,-dac_read_search",
    ],
];

/// The first of them that this machine has.
static RUNNER: LazyLock<Option<&[&str]>> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let denied = folder.path().join("denied");
    fs::write(&denied, "").unwrap();
    set(&denied, 0o000);
    let is_denied = |runner: &&&[&str]| {
        let read = runner_of(runner).arg("cat").arg(&denied).output();
        read.is_ok_and(|read| !read.status.success() && read.stderr.ends_with(b"Permission denied\n"))
    };
    RUNNERS.iter().find(is_denied).copied()
});

fn runner_of(runner: &[&str]) -> Command {
    let mut command = Command::new(runner[0]);
    command.args(&runner[1..]).env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Runs the program while a path of the project has other permissions.
fn run_while(project: &Project, path: &str, mode: u32, arguments: &[&str]) -> Option<Ended> {
    let Some(runner) = *RUNNER else {
        skip("permissions do not hold for this user");
        return None;
    };
    let path = project.join(path);
    let before = fs::metadata(&path).unwrap().permissions();
    set(&path, mode);
    let ended = runner_of(runner).arg(IAMC).args(arguments).current_dir(project.path()).output();
    fs::set_permissions(&path, before).unwrap();
    Some(ended.unwrap().into())
}

#[test]
fn what_may_not_be_read_is_named() {
    let project = Project::new();
    project.write("iamc.toml", "");
    project.build();
    let built = files(&project.join("out"));
    change(&project, "s3:GetObjectAcl");
    for path in ["iamc.toml", "engineers.toml", "policies/s3.toml", "policies", "groups"] {
        for command in [&["build"][..], &["build", "--check"], &["check"], &["verify"], &["list", "policies"]]
        {
            let Some(ended) = run_while(&project, path, 0o000, command) else { return };
            assert_eq!(ended.status, Some(3), "{path}, {command:?}: {ended:?}");
            let said = format!("`{path}` cannot be read: permission denied");
            assert!(ended.err.contains(&said), "{path}, {command:?}: {}", ended.err);
            assert_eq!(ended.err.matches("cannot be read").count(), 1, "{}", ended.err);
        }
    }
    assert_eq!(files(&project.join("out")), built);
}

#[test]
fn output_that_may_not_be_read_is_named() {
    let project = Project::new();
    project.build();
    for path in ["out/engineers/JaneDoe.yaml", "out/engineers", "out"] {
        for command in [&["build"][..], &["build", "--check"], &["verify"]] {
            let Some(ended) = run_while(&project, path, 0o000, command) else { return };
            assert_eq!((ended.status, ended.out.as_str()), (Some(3), ""), "{path}, {command:?}");
            let is_said =
                ended.err.starts_with("error: cannot read `") && ended.err.contains("Permission denied");
            assert!(is_said && ended.err.contains(path), "{path}, {command:?}: {}", ended.err);
        }
    }
}

#[test]
fn a_folder_that_may_not_be_written_to_is_left_as_it_is() {
    let project = Project::new();
    project.build();
    let built = files(&project.join("out"));
    for command in [&["build"][..], &["build", "--check"], &["verify"]] {
        let Some(ended) = run_while(&project, "out/engineers", 0o555, command) else { return };
        assert_eq!((ended.status, ended.err.as_str()), (Some(0), ""), "nothing changes: {command:?}");
    }
    project.write("engineers.toml", "[engineer]\nNewDoe = [\"Readers\"]\n");
    let Some(ended) = run_while(&project, "out/engineers", 0o555, &["build"]) else { return };
    assert_eq!((ended.status, ended.out.as_str()), (Some(3), ""));
    let is_said = ended.err.starts_with("error: cannot ") && ended.err.contains("Permission denied");
    assert!(is_said && ended.err.contains("out/engineers/"), "{}", ended.err);
    assert_eq!(files(&project.join("out")), built);
    project.build();
}
