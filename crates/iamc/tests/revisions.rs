//! Which states of a project `iamc diff` compares, in repositories made by `git`.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use iamc::Exit;
use support::{Project, Ran, run};
use tempfile::TempDir;

const NOW: &str = "--at=2026-11-21";

/// JaneDoe may read.
fn project() -> Project {
    let project = Project::new();
    git(project.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit(&project);
    project
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "user.name=Jane",
        "-c",
        "user.email=jane@example.com",
        "-c",
        "protocol.file.allow=always",
    ]);
    git.args(arguments).current_dir(folder);
    let ran = git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().trim_end().to_owned()
}

fn commit(project: &Project) {
    git(project.path(), &["add", "--all"]);
    git(project.path(), &["commit", "--quiet", "--message=change"]);
}

/// Gives another group to JaneDoe.
fn give(project: &Project, groups: &str) {
    project.write("engineers.toml", &format!("[engineer]\nJaneDoe = [{groups}]\nJohnDoe = [\"Writers\"]\n"));
}

fn diff(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["diff", NOW], arguments].concat())
}

/// The actions that JaneDoe gains and loses.
#[track_caller]
fn assert_access(ran: &Ran, gains: &[&str], losses: &[&str]) {
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Ok, ""), "{}", ran.out);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let principals = answer["principals"].as_array().unwrap();
    let jane = principals.iter().find(|it| it["principal"] == "JaneDoe").unwrap_or(&serde_json::Value::Null);
    for (key, expected) in [("gains", gains), ("losses", losses)] {
        let changes = jane[key].as_array().into_iter().flatten();
        let actions: Vec<_> = changes.map(|it| it["witness"]["action"].as_str().unwrap()).collect();
        assert_eq!(actions, expected, "{key} in {}", ran.out);
    }
}

#[track_caller]
fn assert_usage(ran: &Ran, parts: &[&str]) {
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Usage, ""), "{}", ran.err);
    for part in parts {
        assert!(ran.err.contains(part), "{part} in {}", ran.err);
    }
}

#[test]
fn on_the_default_branch_the_working_tree_is_compared_with_head() {
    let project = project();
    assert_access(&diff(project.path(), &["--format=json"]), &[], &[]);
    give(&project, "\"Readers\", \"Writers\"");
    assert_access(&diff(project.path(), &["--format=json"]), &["s3:PutObject"], &[]);
    commit(&project);
    assert_access(&diff(project.path(), &["--format=json"]), &[], &[]);
}

#[test]
fn on_another_branch_it_is_compared_with_where_that_left() {
    let project = project();
    git(project.path(), &["switch", "--quiet", "--create=change"]);
    give(&project, "\"Readers\", \"Writers\"");
    commit(&project);
    git(project.path(), &["switch", "--quiet", "main"]);
    give(&project, "");
    commit(&project);
    git(project.path(), &["switch", "--quiet", "change"]);
    assert_access(&diff(project.path(), &["--format=json"]), &["s3:PutObject"], &[]);
    assert_access(&diff(project.path(), &["main", "--format=json"]), &["s3:GetObject", "s3:PutObject"], &[]);
    assert_access(
        &diff(project.path(), &["HEAD", "main", "--format=json"]),
        &[],
        &["s3:GetObject", "s3:PutObject"],
    );
}

#[test]
fn the_remote_says_which_branch_is_the_default_one() {
    let project = project();
    git(project.path(), &["branch", "--move", "trunk"]);
    assert_usage(&diff(project.path(), &[]), &["no default branch", "`iamc diff HEAD`"]);
    let clone = TempDir::new().unwrap();
    git(clone.path(), &["clone", "--quiet", project.path().to_str().unwrap(), "here"]);
    let here = clone.path().join("here");
    git(&here, &["switch", "--quiet", "--create=change"]);
    fs::write(here.join("engineers.toml"), "[engineer]\nJaneDoe = []\nJohnDoe = [\"Writers\"]\n").unwrap();
    assert_access(&diff(&here, &["--format=json"]), &[], &["s3:GetObject"]);
}

#[test]
fn nothing_of_the_users_is_touched() {
    let project = project();
    give(&project, "");
    commit(&project);
    project.write("notes.txt", "mine");
    give(&project, "\"Writers\"");
    git(project.path(), &["add", "engineers.toml"]);
    let index = fs::read(project.join(".git/index")).unwrap();
    let status = git(project.path(), &["status", "--porcelain"]);
    assert_access(&diff(project.path(), &["HEAD~1", "HEAD", "--format=json"]), &[], &["s3:GetObject"]);
    assert_eq!(fs::read(project.join(".git/index")).unwrap(), index);
    assert_eq!(git(project.path(), &["status", "--porcelain"]), status);
}

#[test]
fn files_that_git_does_not_know_are_of_the_working_tree() {
    let project = project();
    project.write("engineers/new.toml", "[engineer]\nMaryMajor = [\"Readers\"]\n");
    let ran = diff(project.path(), &["--format=json"]);
    assert!(ran.out.contains("\"MaryMajor\""), "{}", ran.out);
}

#[test]
fn a_project_below_the_top_of_its_repository() {
    let top = Project::empty();
    git(top.path(), &["init", "--quiet", "--initial-branch=main"]);
    for (path, text) in [
        ("iam ä/engineers.toml", "[engineer]\nJaneDoe = { policies = [\"Read\"] }\n"),
        ("iam ä/policies/s3.toml", &support::policy("Read", "s3:GetObject")),
        ("policies/other.toml", "this is no TOML"),
    ] {
        top.write(path, text);
    }
    commit(&top);
    let root = top.join("iam ä");
    top.write("iam ä/engineers.toml", "[engineer]\nJaneDoe = []\n");
    assert_access(&diff(&root, &["--format=json"]), &[], &["s3:GetObject"]);
    assert_access(&diff(&root.join("policies"), &["--format=json"]), &[], &["s3:GetObject"]);
    assert_access(&diff(top.path(), &["-C", "iam ä", "--format=json"]), &[], &["s3:GetObject"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed() {
    let project = project();
    fs::remove_dir_all(project.join("policies")).unwrap();
    let policies = support::policy("Read", "s3:GetObject") + &support::policy("Write", "s3:PutObject");
    project.write("shared/policies.text", &policies);
    fs::create_dir(project.join("policies")).unwrap();
    std::os::unix::fs::symlink("../shared/policies.text", project.join("policies/s3.toml")).unwrap();
    commit(&project);
    give(&project, "");
    assert_access(&diff(project.path(), &["--format=json"]), &[], &["s3:GetObject"]);
    std::os::unix::fs::symlink("/etc", project.join("policies/etc")).unwrap();
    commit(&project);
    let ran = diff(project.path(), &["HEAD"]);
    assert_eq!(ran.exit, Exit::Project);
    assert!(ran.err.contains("HEAD:policies/etc") && ran.err.contains("leads out"), "{}", ran.err);
}

#[test]
fn no_submodule_hides_what_is_granted() {
    let library = TempDir::new().unwrap();
    fs::write(library.path().join("more.toml"), "[engineer.Eve]\ngroups = [\"Writers\"]\n").unwrap();
    git(library.path(), &["init", "--quiet"]);
    git(library.path(), &["add", "--all"]);
    git(library.path(), &["commit", "--quiet", "--message=more"]);
    let library = library.path().to_str().unwrap();
    let project = project();
    git(project.path(), &["submodule", "--quiet", "add", library, "vendor/more"]);
    commit(&project);
    assert_access(&diff(project.path(), &["HEAD~", "HEAD", "--format=json"]), &[], &[]);
    git(project.path(), &["submodule", "--quiet", "add", library, "engineers"]);
    commit(&project);
    let said = ["`engineers` is a submodule", "`--base-dir DIR`"];
    assert_usage(&diff(project.path(), &["HEAD~", "HEAD"]), &said);
    assert_usage(&diff(project.path(), &["HEAD", "HEAD~"]), &said);
    assert!(diff(project.path(), &["HEAD~"]).out.contains("Eve (new) gains"));
}

#[test]
fn a_revision_without_a_project_is_an_empty_one() {
    let project = Project::empty();
    git(project.path(), &["init", "--quiet", "--initial-branch=main"]);
    project.write("policies/s3.toml", "this is no project yet");
    commit(&project);
    project.write("policies/s3.toml", &support::policy("Read", "s3:GetObject"));
    project.write("engineers.toml", "[engineer]\nJaneDoe = { policies = [\"Read\"] }\n");
    assert_access(&diff(project.path(), &["--format=json"]), &["s3:GetObject"], &[]);
    commit(&project);
    fs::remove_file(project.join("engineers.toml")).unwrap();
    assert_access(&diff(project.path(), &["HEAD", "--format=json"]), &[], &["s3:GetObject"]);
    assert_usage(&diff(project.path(), &["HEAD~1"]), &["no project", "neither in `HEAD~1`"]);
}

#[test]
fn errors_say_on_which_side_they_are() {
    let project = project();
    give(&project, "\"Nothing\"");
    commit(&project);
    give(&project, "\"Readers\"");
    let ran = diff(project.path(), &[]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Project, ""));
    for part in ["HEAD:engineers.toml", "there is no group `Nothing`", "the project has errors in `HEAD`"] {
        assert!(ran.err.contains(part), "{part} in {}", ran.err);
    }
    give(&project, "\"Neither\"");
    let ran = diff(project.path(), &["HEAD~1"]);
    assert!(ran.err.contains("the project has errors in the working tree"), "{}", ran.err);
    assert!(!ran.err.contains("HEAD~1:"), "{}", ran.err);
}

#[test]
fn what_only_a_lint_objects_to_is_compared() {
    let project = project();
    project.write("iamc.toml", "[lints]\nunused-policy = \"forbid\"\n");
    give(&project, "");
    fs::remove_file(project.join("service-users.toml")).unwrap();
    assert_eq!(project.run(&["check"]).exit, Exit::Project);
    assert_access(&diff(project.path(), &["--format=json"]), &[], &["s3:GetObject"]);
}

#[test]
fn revisions_that_do_not_exist() {
    let project = project();
    assert_usage(&diff(project.path(), &["mian"]), &["git knows no revision `mian`", "there is `main`"]);
    assert_usage(&diff(project.path(), &["main..x"]), &["two arguments: `iamc diff main x`"]);
    assert_usage(&diff(project.path(), &["HEAD", "production"]), &["`production`", "git branch --all"]);
    assert_usage(&diff(project.path(), &["--", "--output=x"]), &["`--output=x`"]);
    assert!(!project.join("x").exists());
}

#[test]
fn without_a_repository_or_a_commit() {
    let project = Project::new();
    assert_usage(&diff(project.path(), &[]), &["is in no repository of git", "`--base-dir DIR`"]);
    git(project.path(), &["init", "--quiet", "--initial-branch=main"]);
    assert_usage(&diff(project.path(), &[]), &["no commit yet", "`--base-dir DIR`"]);
}

#[test]
fn without_git() {
    let project = project();
    let mut iamc = Command::new(env!("CARGO_BIN_EXE_iamc"));
    let ran = iamc.arg("diff").current_dir(project.path()).env("PATH", "").output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let err = String::from_utf8(ran.stderr).unwrap();
    assert!(err.contains("cannot run `git`") && err.contains("`--base-dir DIR`"), "{err}");
}

#[test]
fn a_shallow_clone_says_how_to_deepen_it() {
    let project = project();
    git(project.path(), &["switch", "--quiet", "--create=change"]);
    give(&project, "");
    commit(&project);
    let clone = TempDir::new().unwrap();
    let url = format!("file://{}", project.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth=1", "--no-single-branch", &url, "here"]);
    git(&clone.path().join("here"), &["remote", "set-head", "origin", "main"]);
    let ran = diff(&clone.path().join("here"), &[]);
    assert_usage(
        &ran,
        &["share no commit that is known here", "`fetch-depth: 0`", "`git fetch --unshallow`"],
    );
}

#[test]
fn folders_are_compared_without_git() {
    let (before, after) = (Project::new(), Project::new());
    give(&after, "");
    let base = before.path().to_str().unwrap();
    assert_access(&diff(after.path(), &["--base-dir", base, "--format=json"]), &[], &["s3:GetObject"]);
    let empty = TempDir::new().unwrap();
    let base = empty.path().to_str().unwrap();
    assert_access(&diff(before.path(), &["--base-dir", base, "--format=json"]), &["s3:GetObject"], &[]);
    assert_usage(&diff(before.path(), &["--base-dir", "nowhere"]), &["no folder `nowhere`"]);
    assert_usage(&diff(before.path(), &["--base-dir", base, "main"]), &["cannot be used with"]);
    before.write("engineers.toml", "[engineer]\nJaneDoe = [\"Nothing\"]\n");
    let base = before.path().to_str().unwrap();
    let ran = diff(after.path(), &["--base-dir", base]);
    assert_eq!(ran.exit, Exit::Project);
    assert!(ran.err.contains(&format!("{base}/engineers.toml")), "{}", ran.err);
}
