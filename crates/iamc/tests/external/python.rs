//! A virtual environment with exactly the packages that requirements.txt names. The tests and
//! `cargo xtask bench-check` share it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The folder of the environment's programs below `dir`; made where it is missing or was made for
/// others. What stands in the way is told in words.
pub(crate) fn programs(dir: &Path) -> Result<PathBuf, String> {
    let environment = dir.join("external-venv");
    let stamp = environment.join("requirements.txt");
    let programs = environment.join("bin");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == REQUIREMENTS) {
        return Ok(programs);
    }
    let base = ["python3.13", "python3.12", "python3.11", "python3"]
        .into_iter()
        .find(|candidate| succeeds(candidate, &["-c", "import tomllib, venv"]))
        .ok_or("there is no Python 3.11 or newer")?;
    run(Command::new(base).args(["-m", "venv", "--clear"]).arg(&environment))?;
    let requirements = environment.join("wanted.txt");
    fs::write(&requirements, REQUIREMENTS).map_err(|error| error.to_string())?;
    let install = ["-m", "pip", "install", "--quiet", "--no-compile", "--no-deps", "--requirement"];
    run(Command::new(programs.join("python")).args(install).arg(&requirements))?;
    fs::rename(&requirements, &stamp).map_err(|error| error.to_string())?;
    Ok(programs)
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
}
