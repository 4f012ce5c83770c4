//! How the time and the memory of `iamc build` grow with an organisation.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Result, declared, median, release_build};
use crate::organisation::{self, Size};

/// Between two looks at the memory of a process.
const PERIOD: Duration = Duration::from_millis(2);

/// What one run took.
#[derive(Clone, Copy)]
struct Run {
    seconds: f64,
    /// None where the system does not tell.
    megabytes: Option<f64>,
}

/// Builds organisations of these numbers of engineers, `rounds` times each, and prints what it took.
pub(crate) fn run(engineers: &[usize], rounds: usize) -> Result<()> {
    let iamc = release_build()?;
    println!("| engineers | groups | policies | nothing changed | `--check` | for an engineer | memory |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for &engineers in engineers {
        let dir =
            tempfile::Builder::new().prefix("bench-").tempdir_in(iamc.parent().unwrap_or(Path::new(".")))?;
        let root = dir.path().join("organisation");
        organisation::write(Size { engineers }, 1, &root)?;
        let out = dir.path().join("out");
        // The first creates files: its time is the disk's.
        let first = build(&iamc, &root, &out, &[])?;
        let mut runs = [const { Vec::new() }; 2];
        for _ in 0..rounds {
            for (runs, arguments) in runs.iter_mut().zip([&[][..], &["--check"]]) {
                runs.push(build(&iamc, &root, &out, arguments)?);
            }
        }
        print(engineers, &root, first, &runs)?;
    }
    Ok(())
}

fn print(engineers: usize, root: &Path, first: Run, runs: &[Vec<Run>; 2]) -> Result<()> {
    let (groups, policies) = (declared(root, "groups", "[group.")?, declared(root, "policies", "[policy.")?);
    let [unchanged, check] = runs.each_ref().map(|runs| median(runs.iter().map(|run| run.seconds).collect()));
    let most = runs.iter().flatten().chain([&first]).filter_map(|run| run.megabytes).max_by(f64::total_cmp);
    let memory = most.map_or("–".to_owned(), |megabytes| format!("{megabytes:.0} MB"));
    let each = unchanged / engineers as f64 * 1e6;
    println!(
        "| {engineers} | {groups} | {policies} | {unchanged:.2} s | {check:.2} s | {each:.0} µs | {memory} |"
    );
    Ok(())
}

fn build(iamc: &Path, root: &Path, out: &Path, arguments: &[&str]) -> Result<Run> {
    let mut command = Command::new(iamc);
    command.arg("-C").arg(root).args(["build", "--quiet", "--out"]).arg(out).args(arguments);
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut megabytes = None;
    let status = loop {
        megabytes = peak(&child).or(megabytes);
        match child.try_wait()? {
            Some(status) => break status,
            None => sleep(PERIOD),
        }
    };
    let run = Run { seconds: start.elapsed().as_secs_f64(), megabytes };
    status.success().then_some(run).ok_or_else(|| format!("{command:?} fails").into())
}

/// The most memory that a running process has had, where the system is Linux.
fn peak(child: &Child) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
