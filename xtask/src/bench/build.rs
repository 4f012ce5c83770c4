//! How long `iamc build` takes, beside what does nothing but write the same bytes to as many files, or
//! read all that a build reads, on as many threads. All are timed in turns, so that whatever slows the
//! machine slows all.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use super::{Result, median, release_build};
use crate::organisation::{self, Size};

/// What is timed.
#[derive(Default)]
struct Times {
    /// A build into an empty folder.
    build: Vec<Duration>,
    /// The same bytes written plainly.
    copy: Vec<Duration>,
    /// A build that changes nothing.
    unchanged: Vec<Duration>,
    /// `build --check`
    check: Vec<Duration>,
    /// Project and output read plainly.
    reading: Vec<Duration>,
    /// A build after one policy has changed.
    changed: Vec<Duration>,
}

/// A policy of one department: its file, and an action more.
const CHANGED: (&str, &str, &str) = (
    "policies/department0.toml",
    "[policy.Department0Policy2]\nactions = [",
    "[policy.Department0Policy2]\nactions = [\"secretsmanager:PutSecretValue\", ",
);

/// Files with their bytes, by their paths below the folder that they were read from.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// Builds a generated organisation `rounds` times into an empty folder and prints what it took.
pub(crate) fn run(engineers: usize, rounds: usize) -> Result<()> {
    let iamc = release_build()?;
    let target = iamc.parent().unwrap_or(Path::new("."));
    let dir = tempfile::Builder::new().prefix("bench-").tempdir_in(target)?;
    let root = dir.path().join("organisation");
    organisation::write(Size { engineers }, 1, &root)?;
    let first = dir.path().join("first");
    build(&iamc, &root, &first, &[])?;
    let files = read(&first)?;
    let times = measure(&iamc, &root, dir.path(), &files, rounds)?;
    report(engineers, rounds, &files, times);
    Ok(())
}

/// Every round writes to folders of its own, and nothing is removed before the end: ext4 is slow to make
/// files where many have just been removed.
fn measure(iamc: &Path, root: &Path, dir: &Path, files: &Files, rounds: usize) -> Result<Times> {
    let mut times = Times::default();
    for round in 0..rounds {
        let (out, copy) = (dir.join(format!("out-{round}")), dir.join(format!("copy-{round}")));
        times.build.push(timed(|| build(iamc, root, &out, &[]))?);
        times.copy.push(timed(|| Ok(write(&copy, files)?))?);
        times.unchanged.push(timed(|| build(iamc, root, &out, &[]))?);
        times.check.push(timed(|| build(iamc, root, &out, &["--check"]))?);
        let inputs = paths(root)?.into_iter().chain(paths(&out)?).collect::<Vec<_>>();
        times.reading.push(timed(|| Ok(read_plainly(&inputs)?))?);
        if read(&out)? != *files {
            return Err("two builds of one project differ".into());
        }
        let file = root.join(CHANGED.0);
        let written = fs::read_to_string(&file)?;
        fs::write(&file, written.replacen(CHANGED.1, CHANGED.2, 1))?;
        times.changed.push(timed(|| build(iamc, root, &out, &[]))?);
        fs::write(&file, written)?;
    }
    Ok(times)
}

fn build(iamc: &Path, root: &Path, out: &Path, arguments: &[&str]) -> Result<()> {
    let mut command = Command::new(iamc);
    command.arg("-C").arg(root).args(["build", "--quiet", "--out"]).arg(out).args(arguments);
    let output = command.stdin(Stdio::null()).output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn read(dir: &Path) -> io::Result<Files> {
    let read = |path: PathBuf| Ok((path.strip_prefix(dir).unwrap_or(&path).to_owned(), fs::read(&path)?));
    paths(dir)?.into_iter().map(read).collect()
}

/// All files below a folder, sorted.
fn paths(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

/// The plain copy: files from memory, on as many threads as there are cores.
fn write(dir: &Path, files: &Files) -> io::Result<()> {
    let folders: BTreeSet<_> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    folders.into_iter().try_for_each(|folder| fs::create_dir_all(dir.join(folder)))?;
    on_all_cores(files, |(path, bytes)| fs::write(dir.join(path), bytes))
}

/// The plain reading of all files in some folders.
fn read_plainly(paths: &[PathBuf]) -> io::Result<()> {
    on_all_cores(paths, |path| fs::read(path).map(drop))
}

fn on_all_cores<T: Sync>(items: &[T], work: impl Fn(&T) -> io::Result<()> + Sync) -> io::Result<()> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> =
            items.chunks(share).map(|items| scope.spawn(move || items.iter().try_for_each(work))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or(Ok(())))
    })
}

fn report(engineers: usize, rounds: usize, files: &Files, times: Times) {
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let [build, copy, unchanged, check, reading, changed] =
        [times.build, times.copy, times.unchanged, times.check, times.reading, times.changed]
            .map(|times| median(times).as_secs_f64());
    println!("{engineers} engineers, {} files, {:.1} MB", files.len(), bytes as f64 / 1e6);
    println!();
    println!("| medians of {rounds} rounds | time | beside | ratio |");
    println!("| --- | ---: | ---: | ---: |");
    let row = |what: &str, time: f64, beside: &str, plain: f64| {
        println!("| {what} | {time:.2} s | {beside} {plain:.2} s | {:.2} |", time / plain);
    };
    row("build into an empty folder", build, "the same bytes written plainly:", copy);
    row("build that changes nothing", unchanged, "project and output read plainly:", reading);
    row("build --check", check, "project and output read plainly:", reading);
    row("build after one policy has changed", changed, "a build that changes nothing:", unchanged);
}
