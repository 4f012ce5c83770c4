//! Runs the program as a process, in surroundings that a machine can have.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{Project, policy, say};

pub(crate) const IAMC: &str = env!("CARGO_BIN_EXE_iamc");

/// How a process ended, and what it printed.
#[derive(Debug)]
pub(crate) struct Ended {
    /// None where a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The program in a folder.
pub(crate) fn iamc(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(IAMC);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

/// Runs a shell's script in a folder; `$IAMC` is the program.
pub(crate) fn shell(folder: &Path, script: &str) -> Ended {
    let mut command = Command::new("sh");
    command.args(["-c", script]).env("IAMC", IAMC).current_dir(folder).stdin(Stdio::null());
    command.output().unwrap().into()
}

/// Runs a script that mounts; none where the machine does not let a user do so in a namespace of their own.
pub(crate) fn shell_that_mounts(folder: &Path, script: &str) -> Option<Ended> {
    let can_mount = Command::new("unshare")
        .args(["--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !can_mount {
        skip("`unshare --map-root-user --mount` cannot mount here");
        return None;
    }
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script]).env("IAMC", IAMC).current_dir(folder);
    Some(command.stdin(Stdio::null()).output().unwrap().into())
}

/// Says, even where tests that pass are silent, what cannot be had.
pub(crate) fn skip(why: &str) {
    say(&format!("SKIPPED {}: {why}", std::thread::current().name().unwrap_or("")));
}

/// So many engineers with one of two policies.
pub(crate) fn engineers(count: usize) -> Project {
    let project = Project::new();
    let one = |number: usize| format!("Engineer{number:03} = [\"Readers\"]\n");
    project.write("engineers.toml", &format!("[engineer]\n{}", (0..count).map(one).collect::<String>()));
    project
}

/// Changes what all who read may do.
pub(crate) fn change(project: &Project, action: &str) {
    project.write("policies/s3.toml", &(policy("Read", action) + &policy("Write", "s3:PutObject")));
}
