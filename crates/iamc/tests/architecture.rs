//! Holds docs/architecture.md against the code.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use iamc_model::codes;

/// A library and the crates that may depend on it.
const KNOWN_BY: &[(&str, &[&str])] = &[
    ("toml", &["iamc-parser"]),
    ("walkdir", &["iamc-parser"]),
    ("petgraph", &["iamc-graph"]),
    ("sha2", &["iamc-emitter", "iamc-verify"]),
    ("saphyr-parser", &["iamc-verify"]),
    ("base64", &["iamc-access"]),
    ("ipnet", &["iamc-access"]),
    ("miniz_oxide", &["iamc-catalog"]),
    ("rayon", &["iamc", "iamc-emitter", "iamc-graph", "iamc-lint", "iamc-parser", "iamc-verify"]),
    ("mimalloc", &["iamc"]),
    ("clap", &["iamc"]),
    ("miette", &["iamc"]),
    ("indicatif", &["iamc"]),
    ("tempfile", &["iamc"]),
];

/// Which crates of the workspace a crate may depend on outside its tests.
const BELOW: &[(&str, &[&str])] = &[
    ("iamc-model", &[]),
    ("iamc-parser", &["iamc-model"]),
    ("iamc-graph", &["iamc-model"]),
    ("iamc-emitter", &["iamc-model"]),
    ("iamc-verify", &["iamc-model"]),
    ("iamc-access", &["iamc-model"]),
    ("iamc-catalog", &["iamc-model"]),
    ("iamc-effective", &["iamc-access", "iamc-catalog", "iamc-emitter", "iamc-model"]),
    ("iamc-lint", &["iamc-access", "iamc-catalog", "iamc-graph", "iamc-model"]),
    (
        "iamc-diff",
        &[
            "iamc-access",
            "iamc-catalog",
            "iamc-effective",
            "iamc-emitter",
            "iamc-graph",
            "iamc-lint",
            "iamc-model",
        ],
    ),
    (
        "iamc",
        &[
            "iamc-access",
            "iamc-catalog",
            "iamc-diff",
            "iamc-effective",
            "iamc-emitter",
            "iamc-graph",
            "iamc-lint",
            "iamc-model",
            "iamc-parser",
            "iamc-verify",
        ],
    ),
];

const MOST_LINES: usize = 500;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names under `[dependencies]` of a crate.
fn dependencies(name: &str) -> Vec<String> {
    let manifest = fs::read_to_string(repository().join("crates").join(name).join("Cargo.toml")).unwrap();
    let section = manifest.split("\n[").find(|section| section.starts_with("dependencies]")).unwrap();
    let names = section.lines().skip(1).filter_map(|line| line.split(['.', ' ', '=']).next());
    names.filter(|name| !name.is_empty() && !name.starts_with('#')).map(str::to_owned).collect()
}

fn rust_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![repository().join("crates"), repository().join("xtask")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn library_sources() -> BTreeMap<PathBuf, String> {
    let is_source = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "src");
    let files = rust_files().into_iter().filter(is_source);
    files.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn a_library_is_known_to_its_crate_alone() {
    for (name, _) in BELOW {
        for dependency in dependencies(name) {
            let known_by = KNOWN_BY.iter().find(|(library, _)| *library == dependency);
            let allowed = known_by.is_none_or(|(_, crates)| crates.contains(name));
            assert!(allowed, "{name} depends on {dependency}");
        }
    }
}

#[test]
fn crates_know_only_those_below() {
    for (name, below) in BELOW {
        for dependency in dependencies(name).iter().filter(|dependency| dependency.starts_with("iamc")) {
            assert!(below.contains(&dependency.as_str()), "{name} depends on {dependency}");
        }
    }
}

#[test]
fn only_the_command_line_prints_and_exits() {
    for (path, text) in library_sources() {
        let crate_name = path.strip_prefix(repository()).unwrap().components().nth(1).unwrap();
        if ["iamc", "src"].iter().any(|name| crate_name.as_os_str() == *name) {
            continue;
        }
        for word in ["println!", "eprintln!", "process::exit", "std::env::var"] {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn files_stay_readable() {
    for path in rust_files() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
    }
}

#[test]
fn every_code_is_raised_explained_and_shown() {
    let sources = library_sources();
    for code in codes::ALL {
        let rule = code.rule();
        let constant = format!("codes::{}", rule.to_uppercase().replace('-', "_"));
        let is_constant = |text: &str| {
            text.match_indices(&constant).any(|(at, _)| {
                !text[at + constant.len()..].starts_with(|c: char| c == '_' || c.is_alphanumeric())
            })
        };
        assert!(sources.values().any(|text| is_constant(text)), "nothing raises {}", code.id);
        let page = repository().join("docs/rules").join(format!("{rule}.md"));
        assert!(page.exists(), "{} has no page {}", code.id, page.display());
    }
}

#[test]
fn every_page_is_of_a_code() {
    for entry in fs::read_dir(repository().join("docs/rules")).unwrap() {
        let path = entry.unwrap().path();
        let rule = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(rule == "README" || codes::find(&rule).is_some(), "{rule} is no rule");
    }
}
