//! Tests against what nobody here wrote: other readers of YAML and JSON Schema, CloudFormation's
//! linter, an emulator of AWS, and a second reading of the language, all in Python
//! (tests/external/). Where Python or the packages cannot be had they are skipped, loudly, unless
//! `IAMC_REQUIRE_EXTERNAL=1`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const REQUIREMENTS: &str = include_str!("external/requirements.txt");

/// Makes a test of each module of tests/external/.
macro_rules! external {
    ($($module:ident)*) => {
        $(#[test] fn $module() { run(stringify!($module)); })*
    };
}

external! {
    test_answers test_cloudformation test_diagnostics test_example test_random test_readback test_schema test_shuffle
}

fn run(module: &str) {
    static PYTHON: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match PYTHON.get_or_init(python) {
        Ok(python) => run_with(python, module),
        Err(why) => {
            let required = std::env::var_os("IAMC_REQUIRE_EXTERNAL").is_some_and(|value| value == "1");
            assert!(!required, "{module} cannot run: {why}");
            // Past the capture of the test harness: a test that did not run has to be seen.
            let _ = writeln!(std::io::stderr(), "\n*** SKIPPED {module}: {why}\n");
        }
    }
}

fn run_with(python: &Path, module: &str) {
    let output = Command::new(python)
        .args(["-m", "unittest", "--verbose", module])
        .current_dir(folder())
        .env("IAMC", env!("CARGO_BIN_EXE_iamc"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("the interpreter of the virtual environment runs");
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{module}:\n{}{report}", String::from_utf8_lossy(&output.stdout));
    assert!(!report.contains("Ran 0 tests"), "{module} has no tests");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/external")
}

/// The interpreter of a virtual environment that has the requirements; made where it is missing or
/// was made for others.
fn python() -> Result<PathBuf, String> {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("external-venv");
    let stamp = environment.join("requirements.txt");
    let python = environment.join("bin/python");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == REQUIREMENTS) {
        return Ok(python);
    }
    let base = ["python3.13", "python3.12", "python3.11", "python3"]
        .into_iter()
        .find(|candidate| succeeds(candidate, &["-c", "import tomllib, venv"]))
        .ok_or("there is no Python 3.11 or newer")?;
    let path = environment.to_string_lossy();
    output_of(Command::new(base).args(["-m", "venv", "--clear", &path]))?;
    let requirements = folder().join("requirements.txt");
    let install = ["-m", "pip", "install", "--quiet", "--no-compile", "--no-deps", "--requirement"];
    output_of(Command::new(&python).args(install).arg(&requirements))?;
    fs::write(&stamp, REQUIREMENTS).map_err(|error| error.to_string())?;
    Ok(python)
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

fn output_of(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
}
