//! From the disk to text.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use iamc_model::Sources;
use iamc_parser::{find_root, load};
use tempfile::TempDir;

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn paths(sources: &Sources) -> Vec<&str> {
    sources.iter().map(|(_, source)| source.path.as_str()).collect()
}

/// The codes of what is reported, with the paths that they are about.
fn problems(root: &Path) -> Vec<String> {
    let (sources, diagnostics) = load(root);
    let line = |diagnostic: &iamc_model::Diagnostic| {
        let (path, _) = sources.locate(diagnostic.span().unwrap()).unwrap();
        format!("{} {path}", diagnostic.code.rule())
    };
    diagnostics.iter().map(line).collect()
}

#[test]
fn the_files_of_a_project() {
    let files = [
        "iamc.toml",
        "policies/b/c.toml",
        "policies/a.toml",
        "groups/a.toml",
        "engineers.toml",
        "engineers/x/y.toml",
        "service-users.toml",
        "service-users/a.toml",
        "roles.toml",
        "roles/a.toml",
        "assertions.toml",
        "assertions/a.toml",
        "other.toml",
        "policies/.hidden.toml",
        "policies/.git/x.toml",
        "policies/README.md",
        "policies/x.toml~",
        "out/x.toml",
        "groups.toml",
    ];
    let project = project(&files.map(|path| (path, "# x\n")));
    let (sources, diagnostics) = load(project.path());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(
        paths(&sources),
        [
            "assertions.toml",
            "assertions/a.toml",
            "engineers.toml",
            "engineers/x/y.toml",
            "groups/a.toml",
            "iamc.toml",
            "policies/a.toml",
            "policies/b/c.toml",
            "roles.toml",
            "roles/a.toml",
            "service-users.toml",
            "service-users/a.toml",
        ]
    );
}

#[test]
fn the_root_is_found_upwards() {
    let project = project(&[("engineers.toml", ""), ("policies/a/b.toml", "")]);
    let root = project.path().to_owned();
    assert_eq!(find_root(&root.join("policies/a")), Some(root.clone()));
    assert_eq!(find_root(&root), Some(root));
    assert_eq!(find_root(Path::new("/")), None);
}

#[test]
fn links_inside_are_followed_once() {
    let project = project(&[("policies/a.toml", ""), ("shared/b.toml", ""), ("shared/deep/c.toml", "")]);
    let root = project.path();
    symlink("a.toml", root.join("policies/0.toml")).unwrap();
    symlink("../shared", root.join("policies/shared")).unwrap();
    symlink("../shared", root.join("policies/again")).unwrap();
    symlink("..", root.join("shared/up")).unwrap();
    symlink("../policies", root.join("policies/loop")).unwrap();
    let (sources, diagnostics) = load(root);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(paths(&sources), ["policies/a.toml", "policies/again/b.toml", "policies/again/deep/c.toml"]);
}

#[test]
fn links_outside_are_errors() {
    let outside = project(&[("x.toml", "[policy.X]\n"), ("README.md", "")]);
    let project = project(&[("engineers.toml", "")]);
    let root = project.path();
    symlink(outside.path(), root.join("policies")).unwrap();
    symlink(outside.path().join("x.toml"), root.join("roles.toml")).unwrap();
    fs::create_dir(root.join("groups")).unwrap();
    symlink(outside.path().join("README.md"), root.join("groups/README.md")).unwrap();
    symlink("nowhere.toml", root.join("groups/x.toml")).unwrap();
    let mut found = problems(root);
    found.sort();
    assert_eq!(found, ["link-outside policies", "link-outside roles.toml", "unreadable-file groups/x.toml"]);
}

#[test]
fn files_that_are_no_text() {
    let project = project(&[]);
    let root = project.path();
    write(root, "policies/latin.toml", b"# caf\xe9\n[policy.A]\n");
    fs::create_dir_all(root.join("engineers.toml")).unwrap();
    fs::create_dir_all(root.join("policies/folder.toml")).unwrap();
    let large = fs::File::create(root.join("policies/large.toml")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    let mut found = problems(root);
    found.sort();
    assert_eq!(
        found,
        [
            "file-too-large policies/large.toml",
            "not-utf8 policies/latin.toml",
            "unreadable-file engineers.toml"
        ]
    );
    let (sources, diagnostics) = load(root);
    let latin = diagnostics.iter().find(|diagnostic| diagnostic.code.rule() == "not-utf8").unwrap();
    assert_eq!(sources.slice(latin.span().unwrap()), "\u{FFFD}");
    let (project, _) = iamc_parser::parse(&sources);
    assert_eq!(project.unreadable[0].name.value, "A");
}

#[test]
fn a_file_that_ends_in_capitals_is_not_read() {
    let declared = "# s3\n[policy.Read]\nactions = ['s3:GetObject']\n";
    let project = project(&[
        ("engineers.toml", ""),
        ("policies/deep/x.TOML", declared),
        ("policies/notes.TOML", "# nothing\n"),
        ("engineers.Toml", "[engineer]\nJaneDoe = []\n"),
    ]);
    assert_eq!(problems(project.path()), ["unread-file policies/deep/x.TOML", "unread-file engineers.Toml"]);
    let (sources, diagnostics) = load(project.path());
    assert_eq!(sources.slice(diagnostics[0].span().unwrap()), "[policy.Read]");
    let help = |at: usize| diagnostics[at].help.as_deref();
    assert_eq!(help(0), Some("rename it to `policies/deep/x.toml`"));
    assert_eq!(help(1), Some("move it to engineers.toml or engineers/, under a name that ends in `.toml`"));
}
