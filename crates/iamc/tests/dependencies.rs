//! Holds docs/dependencies.md against the manifests.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The tables of docs/dependencies.md: heading, library, and who uses it.
type Listed = BTreeSet<(String, String, String)>;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rows under each heading.
fn listed() -> Listed {
    let page = fs::read_to_string(repository().join("docs/dependencies.md")).unwrap();
    let sections = page.split("\n## ").skip(1).filter_map(|section| section.split_once('\n'));
    let rows = sections.flat_map(|(heading, text)| {
        let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
        let cells = rows.map(|row| row.split(" | ").collect::<Vec<_>>()).filter(|cells| cells.len() == 4);
        cells
            .skip(1)
            .filter(|cells| cells[0] != "---")
            .map(move |cells| (heading.to_owned(), cells[0].to_owned(), cells[1].to_owned()))
    });
    rows.collect()
}

/// The packages of a manifest's workspace, as cargo reads them.
fn packages(manifest: &str) -> Vec<Value> {
    let manifest = repository().join(manifest);
    let arguments = ["metadata", "--format-version=1", "--no-deps", "--offline", "--manifest-path"];
    let output = Command::new(env!("CARGO")).args(arguments).arg(manifest).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// Under which heading a dependency belongs.
fn heading(package: &str, kind: Option<&str>) -> &'static str {
    match (package, kind) {
        ("iamc-fuzz", _) => "In the fuzz targets",
        ("xtask", _) | (_, Some("dev")) => "In tests and automation",
        (_, Some("build")) => "While compiling",
        _ => "In the program",
    }
}

/// What the manifests name, but for the crates of this repository.
fn named() -> Listed {
    let mut users: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for package in ["Cargo.toml", "fuzz/Cargo.toml"].into_iter().flat_map(packages) {
        let user = package["name"].as_str().unwrap();
        let foreign = package["dependencies"].as_array().unwrap().iter().filter(|it| it["path"].is_null());
        for dependency in foreign {
            let library = dependency["name"].as_str().unwrap().to_owned();
            let heading = heading(user, dependency["kind"].as_str()).to_owned();
            users.entry((heading, library)).or_default().insert(user.to_owned());
        }
    }
    let joined = |users: BTreeSet<String>| users.into_iter().collect::<Vec<_>>().join(", ");
    users.into_iter().map(|((heading, library), users)| (heading, library, joined(users))).collect()
}

#[test]
fn every_dependency_is_listed() {
    let (listed, named) = (listed(), named());
    assert!(named.len() > 20, "cargo names {named:?}");
    let missing: Vec<_> = named.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&named).collect();
    assert!(missing.is_empty() && stale.is_empty(), "missing: {missing:#?}\nno longer so: {stale:#?}");
}
