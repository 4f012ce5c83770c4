//! Tests against what nobody here wrote: other readers of YAML and JSON Schema, CloudFormation's
//! linter, an emulator of AWS, an SMT solver, and a second reading of the language, all in Python
//! (tests/external/). Where Python or the packages cannot be had they are skipped, loudly, unless
//! `IAMC_REQUIRE_EXTERNAL=1`.

#[path = "external/python.rs"]
mod python;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Makes a test of each module of tests/external/.
macro_rules! external {
    ($($module:ident)*) => {
        $(#[test] fn $module() { run(stringify!($module)); })*
    };
}

external! {
    test_answers test_cloudformation test_diagnostics test_diff test_example test_peers test_random
    test_readback test_schema test_shuffle
}

fn run(module: &str) {
    static PROGRAMS: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match PROGRAMS.get_or_init(|| python::programs(Path::new(env!("CARGO_TARGET_TMPDIR")))) {
        Ok(programs) => run_with(&programs.join("python"), module),
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
