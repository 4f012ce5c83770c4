//! Every folder of tests/fixtures is a project that bears the name of a rule, with `--` and a word
//! where there are several for one, or `ok`. Beside the project lie
//!
//! - `expect.txt`, written by hand: for each report, in order, a line with its code, the file and the
//!   line of the place to mend, and as a JSON string the words that are underlined there; a report
//!   without a place has the path that it speaks of;
//! - `report.txt`: what `iamc check` prints. `UPDATE_FIXTURES=1` rewrites it;
//! - `at`: the clock, if it is not the usual one; `command`: the command, if it is not `check`.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use iamc::Exit;
use iamc_model::codes;
use serde_json::Value;

/// Rules that no folder in a repository can show, and the tests that do.
const ELSEWHERE: &[(&str, &str)] = &[("file-too-large", "tests/exit.rs")];

const AT: &str = "2026-06-01T00:00:00Z";

#[test]
fn every_fixture_is_reported_as_it_should_be() {
    let failures: Vec<String> = fixtures().iter().filter_map(|fixture| fixture.check().err()).collect();
    assert!(failures.is_empty(), "UPDATE_FIXTURES=1 rewrites report.txt:\n\n{}", failures.join("\n\n"));
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_code() {
    let named: BTreeSet<String> = fixtures().iter().map(|fixture| fixture.rule().to_owned()).collect();
    let codes: BTreeSet<String> = codes::ALL.iter().map(|code| code.rule().to_owned()).collect();
    let is_elsewhere = |rule: &str| ELSEWHERE.iter().any(|(elsewhere, _)| rule == *elsewhere);
    let without: Vec<&String> = codes.difference(&named).filter(|rule| !is_elsewhere(rule)).collect();
    let unknown: Vec<&String> = named.difference(&codes).filter(|name| *name != "ok").collect();
    assert!(without.is_empty() && unknown.is_empty(), "no fixture: {without:?}, no code: {unknown:?}");
}

#[test]
fn every_code_has_a_page() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules");
    let without: Vec<&str> = codes::ALL
        .iter()
        .map(|code| code.rule())
        .filter(|rule| !pages.join(format!("{rule}.md")).is_file())
        .collect();
    assert!(without.is_empty(), "no page under docs/rules: {without:?}");
}

struct Fixture {
    name: String,
    folder: PathBuf,
}

fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut fixtures: Vec<Fixture> = folders
        .map(|folder| Fixture { name: folder.file_name().unwrap().to_str().unwrap().to_owned(), folder })
        .collect();
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    fixtures
}

impl Fixture {
    fn rule(&self) -> &str {
        self.name.split("--").next().unwrap()
    }

    fn check(&self) -> Result<(), String> {
        let found = self.run("json");
        let reports: Vec<Value> = found.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        self.check_codes(&reports)?;
        self.check_expectation(&reports)?;
        let is_error = |report: &Value| report["severity"] == "error";
        self.compare("exit status", &reports.iter().any(is_error), &(found.exit != Exit::Ok))?;
        self.check_report()
    }

    /// With `-C`, since the folders above are a project, too.
    fn run(&self, format: &str) -> support::Ran {
        let at = self.read("at").unwrap_or_else(|| AT.to_owned());
        let command = self.read("command").unwrap_or_else(|| format!("check --at {at}"));
        let folder = self.folder.to_str().unwrap();
        let options = ["-C", folder, "--message-format", format];
        support::run(&self.folder, &command.split_whitespace().chain(options).collect::<Vec<_>>())
    }

    fn check_codes(&self, reports: &[Value]) -> Result<(), String> {
        let ends = format!("::{}", self.rule());
        let named = reports.iter().any(|report| report["code"].as_str().unwrap().ends_with(&ends));
        self.compare("the rule of its name", &(self.rule() != "ok"), &named)
    }

    fn check_expectation(&self, reports: &[Value]) -> Result<(), String> {
        let found: Vec<String> = reports.iter().map(|report| self.line(report)).collect();
        let expected: Vec<String> =
            self.read("expect.txt").unwrap_or_default().lines().map(str::to_owned).collect();
        self.compare("expect.txt", &expected.join("\n"), &found.join("\n"))
    }

    fn check_report(&self) -> Result<(), String> {
        let ran = self.run("human");
        let printed = ran.err + &ran.out;
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(self.folder.join("report.txt"), &printed).unwrap();
        }
        self.compare("report.txt", &self.read("report.txt").unwrap_or_default(), &printed)
    }

    fn compare<T: PartialEq + std::fmt::Display>(
        &self,
        what: &str,
        expected: &T,
        found: &T,
    ) -> Result<(), String> {
        let differs = || format!("{}: {what}\nexpected:\n{expected}\nfound:\n{found}", self.name);
        if expected == found { Ok(()) } else { Err(differs()) }
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(name)).ok()
    }

    /// A report as expect.txt has it.
    fn line(&self, report: &Value) -> String {
        let code = report["code"].as_str().unwrap();
        match report["labels"].get(0) {
            Some(label) => format!("{code} {}", self.place(label)),
            None => format!("{code} {}", first_words(report).unwrap_or_default()),
        }
    }

    /// A file and line with the words that are underlined.
    fn place(&self, label: &Value) -> String {
        let (file, line) = (label["file"].as_str().unwrap(), &label["line"]);
        format!("{file}:{line} {}", Value::from(self.underlined(label)))
    }

    /// The words under a label; none in a file that cannot be read.
    fn underlined(&self, label: &Value) -> String {
        if label["line"] == label["end-line"] && label["column"] == label["end-column"] {
            return String::new();
        }
        let bytes = fs::read(self.folder.join(label["file"].as_str().unwrap())).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let start = offset(&text, &label["line"], &label["column"]);
        let end = offset(&text, &label["end-line"], &label["end-column"]);
        text.chars().skip(start).take(end - start).collect()
    }
}

/// The first words in backticks of a message.
fn first_words(report: &Value) -> Option<&str> {
    report["message"].as_str()?.split('`').nth(1)
}

/// Characters before a line and column.
fn offset(text: &str, line: &Value, column: &Value) -> usize {
    let [line, column] = [line, column].map(|number| usize::try_from(number.as_u64().unwrap()).unwrap());
    let before = text.split_inclusive('\n').take(line - 1).map(|line| line.chars().count());
    before.sum::<usize>() + column - 1
}
