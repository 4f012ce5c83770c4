//! How long `iamc diff` takes between two states of an organisation, compiling both included.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::{Result, declared, median, release_build};
use crate::organisation::{self, Size};

/// A policy that both of two departments hold.
const SHARED: &str = "Department0Policy2";

/// An edit of one file: what it does, the file, and what is replaced by what.
type Edit = (&'static str, &'static str, &'static str, &'static str);

const EDITS: [Edit; 4] = [
    ("nothing", "policies/base.toml", "", ""),
    (
        "an action more in a policy of two departments",
        "policies/department0.toml",
        "[policy.Department0Policy2]\nactions = [",
        "[policy.Department0Policy2]\nactions = [\"secretsmanager:PutSecretValue\", ",
    ),
    (
        "an action more in a policy of everybody",
        "policies/base.toml",
        "[policy.BasePolicy2]\nactions = [",
        "[policy.BasePolicy2]\nactions = [\"secretsmanager:PutSecretValue\", ",
    ),
    ("a Deny of everybody that is gone", "groups/base.toml", ", \"BaseDenyDeleteTrail\"", ""),
];

/// What nobody may gain.
const SENSITIVE: &str = r#"[[sensitive]]
actions = ["iam:*", "sts:AssumeRole"]
resources = ["*"]

[[sensitive]]
actions = ["secretsmanager:*"]
resources = ["arn:aws:secretsmanager:*:*:secret:base-*"]
"#;

/// The status where somebody gains it.
const GAINED: i32 = 1;

/// A change of a project, as `iamc diff` is asked about it.
struct Change<'a> {
    iamc: &'a Path,
    base: PathBuf,
    head: PathBuf,
    sensitive: PathBuf,
}

/// Compares a generated organisation with edits of itself, `rounds` times each, and prints what it took.
pub(crate) fn run(engineers: usize, rounds: usize) -> Result<()> {
    let iamc = release_build()?;
    let dir = tempfile::tempdir()?;
    let [base, head, sensitive] = ["base", "head", "sensitive.toml"].map(|name| dir.path().join(name));
    for root in [&base, &head] {
        organisation::write(Size { engineers }, 1, root)?;
        share(root)?;
    }
    fs::write(&sensitive, SENSITIVE)?;
    let policies = declared(&base, "policies", "[policy.")?;
    println!("{engineers} engineers, {policies} policies; medians of {rounds} rounds");
    println!();
    println!("| edit | engineers whose access differs | `iamc diff` | `--sensitive FILE` |");
    println!("| --- | ---: | ---: | ---: |");
    let change = Change { iamc: &iamc, base, head, sensitive };
    for (what, file, from, to) in EDITS {
        let written = fs::read_to_string(change.base.join(file))?;
        if !written.contains(from) {
            return Err(format!("{file} does not hold {from:?}").into());
        }
        fs::write(change.head.join(file), written.replacen(from, to, 1))?;
        let [plain, gated] = [false, true].map(|gated| change.median(gated, rounds));
        println!("| {what} | {} | {:.2} s | {:.2} s |", change.principals()?, plain?, gated?);
        fs::write(change.head.join(file), written)?;
    }
    Ok(())
}

/// Gives a policy of one department to another.
fn share(root: &Path) -> Result<()> {
    let file = root.join("groups/department1.toml");
    let Ok(groups) = fs::read_to_string(&file) else { return Ok(()) };
    let header = "[group.Department1]\npolicies = [";
    fs::write(file, groups.replacen(header, &format!("{header}\"{SHARED}\", "), 1))?;
    Ok(())
}

impl Change<'_> {
    fn diff(&self) -> Command {
        let mut command = Command::new(self.iamc);
        command.arg("-C").arg(&self.head).args(["diff", "--at", "2026-11-21T00:00:00Z", "--base-dir"]);
        command.arg(&self.base).stdin(Stdio::null());
        command
    }

    /// Seconds, with what nobody may gain or without.
    fn median(&self, gated: bool, rounds: usize) -> Result<f64> {
        let times: Vec<f64> = (0..rounds).map(|_| self.time(gated)).collect::<Result<_>>()?;
        Ok(median(times))
    }

    fn time(&self, gated: bool) -> Result<f64> {
        let mut command = self.diff();
        if gated {
            command.arg("--sensitive").arg(&self.sensitive);
        }
        let start = Instant::now();
        let output = command.stdout(Stdio::null()).output()?;
        let time = start.elapsed().as_secs_f64();
        let is_done = output.status.success() || gated && output.status.code() == Some(GAINED);
        is_done.then_some(time).ok_or_else(|| String::from_utf8_lossy(&output.stderr).into_owned().into())
    }

    /// How many principals the difference names.
    fn principals(&self) -> Result<usize> {
        let output = self.diff().args(["--format", "json"]).output()?;
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        Ok(answer["principals"].as_array().map_or(0, Vec::len))
    }
}
