//! Kills the program in the midst of a build, and lets the next run finish.
//!
//! `IAMC_KILLS=1000 cargo test -p iamc --test killed` kills as often as that.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use support::{Project, files, policy, say};

type Contents = BTreeMap<PathBuf, Vec<u8>>;

const ENGINEERS: usize = 60;

/// Unless `IAMC_KILLS` says otherwise.
const ROUNDS: usize = 30;

/// What the killed builds left.
#[derive(Debug, Default)]
struct Left {
    /// Nothing was written yet.
    old: usize,
    /// Something was, and something not.
    midst: usize,
    /// All was written.
    new: usize,
    /// A temporary file lay there.
    temporary: usize,
}

/// Every engineer changes from one version to the other, and half of them come or go.
fn version(project: &Project, round: usize) {
    let (action, first) =
        if round.is_multiple_of(2) { ("s3:GetObjectAcl", 0) } else { ("s3:GetObject", ENGINEERS / 2) };
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
    let rounds = std::env::var("IAMC_KILLS").map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let project = Project::new();
    version(&project, 1);
    let began = Instant::now();
    assert!(start(&project).wait().unwrap().success());
    let whole = began.elapsed();
    let mut old = contents(&project);
    let mut left = Left::default();
    for round in 0..rounds {
        version(&project, round);
        project.run(&["build", "--out", "clean"]);
        let new = as_map(&project.join("clean"));
        match round % 2 {
            0 => kill_in_the_midst(&project, round),
            _ => kill_after(&project, whole.mul_f64(fraction(round))),
        }
        left.add(&contents(&project), &old, &new, round);
        project.build();
        assert_eq!(contents(&project), new, "round {round}");
        old = new;
    }
    say(&format!("{rounds} builds killed: {left:?}"));
}

impl Left {
    /// Fails where anything is torn, or the manifest is new and something else is not.
    fn add(&mut self, seen: &Contents, old: &Contents, new: &Contents, round: usize) {
        let (temporary, seen): (Contents, Contents) =
            seen.clone().into_iter().partition(|(path, _)| is_temporary(path));
        for (path, text) in &seen {
            let is_whole = old.get(path) == Some(text) || new.get(path) == Some(text);
            assert!(is_whole, "round {round}: {}", path.display());
        }
        let manifest = Path::new("manifest.json");
        assert!(seen.get(manifest) != new.get(manifest) || seen == *new, "round {round}");
        self.temporary += usize::from(!temporary.is_empty());
        match () {
            () if seen == *old => self.old += 1,
            () if seen == *new => self.new += 1,
            () => self.midst += 1,
        }
    }
}

fn start(project: &Project) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_iamc"));
    command.arg("build").current_dir(project.path());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Starts a build and kills it when some file, another in each round, has changed or gone.
fn kill_in_the_midst(project: &Project, round: usize) {
    let paths: Vec<PathBuf> = contents(project).into_keys().collect();
    let watched = project.join("out").join(&paths[round * 7919 % paths.len()]);
    let before = modified(&watched);
    kill_when(project, || modified(&watched) != before);
}

/// Starts a build and kills it after a while.
fn kill_after(project: &Project, delay: Duration) {
    let began = Instant::now();
    kill_when(project, || began.elapsed() >= delay);
}

fn kill_when(project: &Project, is_time: impl Fn() -> bool) {
    let mut child = start(project);
    while !is_time() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Another in each round, all over the time that a build takes.
fn fraction(round: usize) -> f64 {
    const GOLDEN_RATIO: f64 = 0.618_033_988_749_894_9;
    (round as f64 * GOLDEN_RATIO).fract()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn contents(project: &Project) -> Contents {
    as_map(&project.join("out"))
}

fn as_map(folder: &Path) -> Contents {
    files(folder).into_iter().collect()
}

fn is_temporary(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().starts_with(".iamc-")
}
