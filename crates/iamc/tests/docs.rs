//! Runs the documentation: README.md and every page under docs/.
//!
//! A fenced block whose first line is a comment that names a file (`# policies/s3.toml`) becomes that
//! file. A `console` block is executed: each line that begins with `$ ` is a command, and what follows
//! is what it prints, standard error included. A page begins in an empty folder; after
//! `<!-- project: example -->` it goes on in a copy of this repository's project, after
//! `<!-- project: empty -->` in an empty folder again. `UPDATE_DOCS=1` writes what was printed into the
//! pages.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use iamc_model::codes;
use iamc_model::level::Level;
use tempfile::TempDir;

/// What the example consists of, as far as a copy of it needs.
const EXAMPLE: &[&str] = &[
    "iamc.toml",
    "engineers.toml",
    "service-users.toml",
    "roles.toml",
    "assertions.toml",
    "policies",
    "groups",
    "out",
];

#[test]
fn the_pages_of_the_rules_say_what_the_table_of_codes_says() {
    let rules = repository().join("docs/rules");
    let index = fs::read_to_string(rules.join("README.md")).unwrap();
    for code in codes::ALL {
        let (id, rule, summary) = (code.id, code.rule(), code.summary);
        let level = code.level.map_or("error", Level::name);
        let row = format!("| [{rule}]({rule}.md) | {level} | {summary} |\n");
        assert!(index.contains(&row), "docs/rules/README.md has no row {row}");
        let kind = code
            .level
            .map_or("an error".to_owned(), |level| format!("a lint, `{}` by default", level.name()));
        let start = format!("# {rule}\n\n`{id}`, {kind}: {summary}.\n");
        let page = fs::read_to_string(rules.join(format!("{rule}.md"))).unwrap();
        assert!(page.starts_with(&start), "docs/rules/{rule}.md does not begin with {start}");
    }
}

#[test]
fn documentation_says_what_the_program_does() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let mut stale = Vec::new();
    for page in pages() {
        let written = fs::read_to_string(&page).unwrap();
        let printed = run_page(&written);
        if written == printed {
            continue;
        }
        if update {
            fs::write(&page, &printed).unwrap();
        } else {
            stale.push(format!("{}:\n{}", page.display(), first_difference(&written, &printed)));
        }
    }
    assert!(stale.is_empty(), "run with UPDATE_DOCS=1 and review:\n{}", stale.join("\n"));
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let folder = page.parent().unwrap();
        broken.extend(
            links(&text)
                .filter(|link| !folder.join(link).exists())
                .map(|link| format!("{}: {link}", page.display())),
        );
    }
    assert!(broken.is_empty(), "links to files that do not exist:\n{}", broken.join("\n"));
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![repository().join("README.md")];
    let mut folders = vec![repository().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// The page with the output of every console block replaced by what was printed now.
fn run_page(page: &str) -> String {
    let mut folder = TempDir::new().unwrap();
    let mut printed = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        writeln!(printed, "{line}").unwrap();
        match line.trim() {
            "<!-- project: example -->" => folder = copy_of_example(),
            "<!-- project: empty -->" => folder = TempDir::new().unwrap(),
            fence if fence.starts_with("```") && fence.len() > 3 => {
                let block: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
                if fence == "```console" {
                    printed.push_str(&run_block(&block, folder.path()));
                } else {
                    write_block(&block, folder.path());
                    block.iter().for_each(|line| writeln!(printed, "{line}").unwrap());
                }
                writeln!(printed, "```").unwrap();
            }
            _ => {}
        }
    }
    printed
}

/// Writes a block to the file that its first line names, if it names one.
fn write_block(block: &[&str], folder: &Path) {
    let named = block.first().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
    let is_file = named.ends_with(".toml") && !named.contains(' ');
    if is_file {
        let path = folder.join(named);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, block.join("\n") + "\n").unwrap();
    }
}

fn run_block(block: &[&str], folder: &Path) -> String {
    let commands = block.iter().filter_map(|line| line.strip_prefix("$ "));
    commands.fold(String::new(), |mut printed, command| {
        writeln!(printed, "$ {command}").unwrap();
        for line in run(command, folder).lines() {
            writeln!(printed, "{}", line.trim_end()).unwrap();
        }
        printed
    })
}

fn run(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_iamc"));
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", binary.parent().unwrap().display()))
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn copy_of_example() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in EXAMPLE {
        copy(&repository().join(name), &folder.path().join(name));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else if from.exists() {
        fs::copy(from, to).unwrap();
    }
}

/// The targets of a page's links that lead to files: no web addresses, anchors cut off.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .map(|target| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains("://"))
}

fn first_difference(written: &str, printed: &str) -> String {
    let differs = written.lines().zip(printed.lines()).position(|(a, b)| a != b);
    let at = differs.unwrap_or_else(|| written.lines().count().min(printed.lines().count()));
    let excerpt = |text: &str| text.lines().skip(at).take(6).collect::<Vec<_>>().join("\n");
    format!("--- line {} of the page\n{}\n+++ printed now\n{}", at + 1, excerpt(written), excerpt(printed))
}
