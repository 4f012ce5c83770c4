//! How long `iamc build` takes, beside a program that does nothing but write the same bytes to as many
//! files. Both are timed in turns, so that whatever slows the machine slows both.

use std::cmp::Ordering;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io};

use crate::organisation::{self, Size};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The medians of one run.
struct Times {
    build: Duration,
    copy: Duration,
    unchanged: Duration,
    check: Duration,
}

/// Files with their bytes, by their paths below the folder that they were read from.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// Builds a generated organisation `rounds` times into an empty folder and prints what it took.
pub(crate) fn build(engineers: usize, rounds: usize) -> Result<()> {
    let iamc = release_build()?;
    let target = iamc.parent().unwrap_or(Path::new("."));
    let dir = tempfile::Builder::new().prefix("bench-").tempdir_in(target)?;
    let root = dir.path().join("organisation");
    organisation::write(Size { engineers }, 1, &root)?;
    let first = dir.path().join("first");
    run(&iamc, &root, &first, &[])?;
    let files = read(&first)?;
    let times = measure(&iamc, &root, dir.path(), &files, rounds)?;
    report(engineers, rounds, &files, &times);
    Ok(())
}

/// The path of a freshly built release binary.
pub(crate) fn release_build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(["build", "--release", "--locked", "-p", "iamc"]).status()?;
    if !status.success() {
        return Err("iamc does not build".into());
    }
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(2).ok_or("xtask does not stand in a target folder")?;
    Ok(target.join("release").join(format!("iamc{}", std::env::consts::EXE_SUFFIX)))
}

/// Every round writes to folders of its own, and nothing is removed before the end: ext4 is slow to make
/// files where many have just been removed.
fn measure(iamc: &Path, root: &Path, dir: &Path, files: &Files, rounds: usize) -> Result<Times> {
    let (mut builds, mut copies, mut unchanged, mut checks) = (vec![], vec![], vec![], vec![]);
    for round in 0..rounds {
        let (out, copy) = (dir.join(format!("out-{round}")), dir.join(format!("copy-{round}")));
        builds.push(timed(|| run(iamc, root, &out, &[]))?);
        copies.push(timed(|| Ok(write(&copy, files)?))?);
        unchanged.push(timed(|| run(iamc, root, &out, &[]))?);
        checks.push(timed(|| run(iamc, root, &out, &["--check"]))?);
        if read(&out)? != *files {
            return Err("two builds of one project differ".into());
        }
    }
    let (build, copy) = (median(builds), median(copies));
    Ok(Times { build, copy, unchanged: median(unchanged), check: median(checks) })
}

fn run(iamc: &Path, root: &Path, out: &Path, arguments: &[&str]) -> Result<()> {
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

/// The one in the middle.
pub(crate) fn median<T: PartialOrd + Copy>(mut times: Vec<T>) -> T {
    times.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    times[times.len() / 2]
}

fn read(dir: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            match path.is_dir() {
                true => open.push(path),
                false => files.push((path.strip_prefix(dir).unwrap_or(&path).to_owned(), fs::read(&path)?)),
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The plain copy: one file after the other, from memory.
fn write(dir: &Path, files: &Files) -> io::Result<()> {
    for (path, bytes) in files {
        let path = dir.join(path);
        if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}

fn report(engineers: usize, rounds: usize, files: &Files, times: &Times) {
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let megabytes = bytes as f64 / 1e6;
    let ratio = times.build.as_secs_f64() / times.copy.as_secs_f64();
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    println!("{engineers} engineers, {} files, {megabytes:.1} MB; medians of {rounds} rounds", files.len());
    println!("  build into an empty folder     {}", seconds(times.build));
    println!("  the same bytes written plainly {}", seconds(times.copy));
    println!("  ratio                          {ratio:.2}");
    println!("  build that changes nothing     {}", seconds(times.unchanged));
    println!("  build --check                  {}", seconds(times.check));
    println!();
    println!("| engineers | files | MB | build | plain copy | ratio | nothing changed | `--check` |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    println!(
        "| {engineers} | {} | {megabytes:.1} | {} | {} | {ratio:.2} | {} | {} |",
        files.len(),
        seconds(times.build),
        seconds(times.copy),
        seconds(times.unchanged),
        seconds(times.check),
    );
}
