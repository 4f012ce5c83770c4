//! Runs the program in process, in folders of its own.

#![allow(dead_code, unreachable_pub)] // Each test is a crate of its own, and uses a part of it.

use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};

use iamc::{Exit, Session, Terminal};
use tempfile::TempDir;

/// How a run ended, and what it printed.
#[derive(Debug)]
pub struct Ran {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

/// Runs `iamc` with these arguments in a folder, with two pipes to print to.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut session = Session::new(&mut out, &mut err, Terminal::default(), folder.to_owned());
    let exit = session.run(["iamc"].iter().chain(arguments).map(Into::into));
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { exit, out: text(out), err: text(err) }
}

/// A project in a folder of its own, which goes with it.
#[derive(Debug)]
pub struct Project(TempDir);

impl Project {
    /// Without any file.
    pub fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// Two engineers with a policy each, a service user and a role.
    pub fn new() -> Self {
        let project = Self::empty();
        project.write("engineers.toml", "[engineer]\nJaneDoe = [\"Readers\"]\nJohnDoe = [\"Writers\"]\n");
        project.write("service-users.toml", "[service-user.Etl]\ngroups = [\"Readers\"]\n");
        project.write(
            "roles.toml",
            "[role.Web]\ngroups = [\"Writers\"]\ntrust = [{ service = \"ec2.amazonaws.com\" }]\n",
        );
        project.write(
            "groups/all.toml",
            "[group.Readers]\npolicies = [\"Read\"]\n\n[group.Writers]\npolicies = [\"Write\"]\n",
        );
        project
            .write("policies/s3.toml", &(policy("Read", "s3:GetObject") + &policy("Write", "s3:PutObject")));
        project
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.join(path)).unwrap()
    }

    pub fn exists(&self, path: &str) -> bool {
        self.join(path).symlink_metadata().is_ok()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        run(self.path(), arguments)
    }

    /// Builds, and fails the test where that does not go through.
    #[track_caller]
    pub fn build(&self) -> Ran {
        let ran = self.run(&["build"]);
        assert_eq!(ran.exit, Exit::Ok, "{}", ran.err);
        ran
    }
}

/// Prints a line even where tests that pass are silent.
pub fn say(line: &str) {
    stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// A policy that allows one action on one bucket.
pub fn policy(name: &str, action: &str) -> String {
    format!("[policy.{name}]\nactions = [\"{action}\"]\nresources = [\"arn:aws:s3:::data/*\"]\n\n")
}

/// Every file below a folder with its bytes, sorted by path.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(open) = folders.pop() {
        for entry in fs::read_dir(open).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}
