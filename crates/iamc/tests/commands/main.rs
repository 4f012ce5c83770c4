//! The commands that answer, in process, on the project in tests/commands/project and its neighbours. What each prints
//! stands in tests/commands/golden; `UPDATE_GOLDEN=1` writes what was printed.

#![allow(clippy::unwrap_used)]

mod diff;
mod explain;
mod graph;
mod init;
mod list;
mod request;
mod rule;
mod schema;
mod shell;
mod test;
mod who_can;

#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use iamc::Exit;
use support::Ran;

fn run_in(folder: &Path, arguments: &str) -> Ran {
    support::run(folder, &arguments.split_whitespace().collect::<Vec<_>>())
}

fn run(arguments: &str) -> Ran {
    run_in(&here().join("project"), arguments)
}

/// Runs a command that ends well, and holds what it prints against a file.
#[track_caller]
fn golden(arguments: &str, file: &str) {
    golden_in("project", arguments, file);
}

/// [`golden`] in another project beside that one.
#[track_caller]
fn golden_in(project: &str, arguments: &str, file: &str) {
    let run = run_in(&here().join(project), arguments);
    assert_eq!((run.exit, run.err.as_str()), (Exit::Ok, ""), "iamc {arguments}");
    golden_text(&run.out, file);
}

/// Holds a text against a file.
#[track_caller]
fn golden_text(text: &str, file: &str) {
    let path = here().join("golden").join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&path).unwrap(), "{file}");
}

/// Runs a command that ends in a usage error.
fn usage_error(arguments: &str, message: &str) {
    let run = run(arguments);
    assert_eq!(
        (run.exit, run.out.as_str(), run.err.as_str()),
        (Exit::Usage, "", message),
        "iamc {arguments}"
    );
}

fn json(arguments: &str) -> serde_json::Value {
    let run = run(arguments);
    assert_eq!((run.exit, run.err.as_str()), (Exit::Ok, ""), "iamc {arguments}");
    serde_json::from_str(&run.out).unwrap()
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands")
}
