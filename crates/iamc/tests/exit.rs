//! Exit statuses, streams and the options that every command takes.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use iamc::Exit;
use support::{Project, run};
use tempfile::TempDir;

#[test]
fn all_is_well() {
    let ran = Project::new().run(&["check", "--at", "2026-06-01"]);
    assert_eq!((ran.exit, ran.out.as_str(), ran.err.as_str()), (Exit::Ok, "no errors\n", ""));
}

#[test]
fn without_a_project_there_is_nothing_to_do() {
    let folder = TempDir::new().unwrap();
    for command in ["check", "build"] {
        let ran = run(folder.path(), &[command]);
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Usage, ""));
        for part in ["no project", "iamc.toml", "engineers.toml", "`iamc init`"] {
            assert!(ran.err.contains(part), "{}", ran.err);
        }
    }
}

#[test]
fn the_project_is_found_upwards_and_by_name() {
    let project = Project::new();
    assert_eq!(run(&project.join("policies"), &["check"]).exit, Exit::Ok);
    let elsewhere = TempDir::new().unwrap();
    let name = project.path().to_str().unwrap();
    assert_eq!(run(elsewhere.path(), &["-C", name, "check"]).exit, Exit::Ok);
    assert_eq!(run(elsewhere.path(), &["check", "-C", name]).exit, Exit::Ok);
    assert_eq!(
        project.run(&["check", "-C", "policies"]).exit,
        Exit::Usage,
        "a named folder is the root itself"
    );
}

#[test]
fn faults_of_the_command_line_are_2() {
    let project = Project::new();
    for arguments in [
        &[][..],
        &["chek"],
        &["check", "--at", "tomorrow"],
        &["check", "--at", "2026"],
        &["check", "--message-format", "xml"],
        &["build", "--nothing"],
        &["check", "-q", "-v"],
    ] {
        let ran = project.run(arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Usage, ""), "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_is_an_answer() {
    for arguments in [&["--help"][..], &["build", "--help"], &["--version"]] {
        let ran = Project::new().run(arguments);
        assert_eq!((ran.exit, ran.err.as_str()), (Exit::Ok, ""));
        assert!(ran.out.contains("iamc"), "{}", ran.out);
    }
}

#[test]
fn warnings_fail_only_on_demand() {
    let project = Project::new();
    project.write("groups/unused.toml", "[group.Unused]\npolicies = [\"Read\"]\n");
    let ran = project.run(&["check"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Ok, ""));
    assert!(ran.err.contains("unused-group") && ran.err.ends_with("warning: 1 warning\n"), "{}", ran.err);
    let denied = project.run(&["check", "--deny-warnings", "-q"]);
    assert_eq!((denied.exit, denied.out.as_str()), (Exit::Project, ""));
    assert!(denied.err.contains("unused-group"), "{}", denied.err);
    assert!(denied.err.ends_with("error: 1 warning, and warnings are denied\n"), "{}", denied.err);
    let quiet = project.run(&["check", "-q"]);
    assert_eq!((quiet.exit, quiet.out.as_str(), quiet.err.as_str()), (Exit::Ok, "", ""));
}

#[test]
fn each_format_has_its_stream() {
    let project = Project::new();
    project.write("policies/bad.toml", "[policy.Bad]\nactoins = []\n");
    for command in ["check", "build"] {
        for (format, on_stdout) in [("human", false), ("github", false), ("json", true), ("sarif", true)] {
            let ran = project.run(&[command, "--message-format", format]);
            assert_eq!(ran.exit, Exit::Project);
            let (full, empty) = if on_stdout { (ran.out, ran.err) } else { (ran.err, ran.out) };
            assert!(full.contains("unknown-key") && empty.is_empty(), "{command} {format}: {full}{empty}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_the_machines_failure() {
    let project = Project::new();
    std::os::unix::fs::symlink("nowhere.toml", project.join("policies/link.toml")).unwrap();
    let ran = project.run(&["build"]);
    assert_eq!(ran.exit, Exit::Machine, "{}", ran.err);
    assert!(ran.err.contains("policies/link.toml"), "{}", ran.err);
}

#[test]
fn colours_are_for_terminals_and_on_demand() {
    let project = Project::new();
    project.write("policies/bad.toml", "[policy.Bad]\nactoins = []\n");
    assert!(!project.run(&["check"]).err.contains('\u{1b}'));
    assert!(project.run(&["check", "--color", "always"]).err.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let project = Project::new();
    let bad: String = (0..2000).map(|at| format!("[policy.Bad{at}]\nactoins = []\n")).collect();
    project.write("policies/bad.toml", &bad);
    for (arguments, expected) in [(&["check", "--message-format", "json"][..], 1), (&["--help"], 0)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_iamc"))
            .args(arguments)
            .current_dir(project.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(expected), ""));
    }
}

#[test]
fn a_file_too_large_to_be_written_by_people_is_not_read() {
    let project = Project::new();
    fs::File::create(project.join("policies/huge.toml")).unwrap().set_len(1 << 30).unwrap();
    let ran = project.run(&["check"]);
    assert_eq!(ran.exit, Exit::Project);
    assert!(ran.err.contains("file-too-large") && ran.err.contains("policies/huge.toml"), "{}", ran.err);
}
