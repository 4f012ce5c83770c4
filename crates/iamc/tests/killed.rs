//! Kills the program in the midst of a build, and lets the next run finish.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use support::{Project, files, policy};

const ENGINEERS: usize = 60;
const ROUNDS: usize = 30;

/// Every engineer changes from one version to the other, and half of them come or go.
fn version(project: &Project, action: &str, first: usize) {
    let names = first..first + ENGINEERS;
    let engineers = names.fold("[engineer]\n".to_owned(), |mut text, number| {
        let _ = writeln!(text, "Engineer{number:03} = [\"Readers\"]");
        text
    });
    project.write("engineers.toml", &engineers);
    project.write("policies/s3.toml", &(policy("Read", action) + &policy("Write", "s3:PutObject")));
}

#[test]
fn every_file_is_old_or_new_and_the_next_run_finishes() {
    let project = Project::new();
    version(&project, "s3:GetObject", ENGINEERS / 2);
    project.build();
    let mut old = contents(&project);
    for round in 0..ROUNDS {
        let (action, first) =
            if round % 2 == 0 { ("s3:GetObjectAcl", 0) } else { ("s3:GetObject", ENGINEERS / 2) };
        version(&project, action, first);
        project.run(&["build", "--out", "clean"]);
        let new = as_map(&project.join("clean"));
        kill_in_the_midst(&project, round);
        for (path, text) in contents(&project) {
            let is_whole = old.get(&path) == Some(&text) || new.get(&path) == Some(&text);
            assert!(is_whole || is_temporary(&path), "round {round}: {}", path.display());
        }
        project.build();
        assert_eq!(contents(&project), new, "round {round}");
        old = new;
    }
}

/// Starts a build and kills it when some file, another in each round, has changed or gone.
fn kill_in_the_midst(project: &Project, round: usize) {
    let paths: Vec<PathBuf> = contents(project).into_keys().collect();
    let watched = project.join("out").join(&paths[round * 7919 % paths.len()]);
    let before = modified(&watched);
    let mut child = Command::new(env!("CARGO_BIN_EXE_iamc"))
        .arg("build")
        .current_dir(project.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while modified(&watched) == before && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn contents(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    as_map(&project.join("out"))
}

fn as_map(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder).into_iter().collect()
}

fn is_temporary(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().starts_with(".iamc-")
}
