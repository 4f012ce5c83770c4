//! Files and folders that come and go while they are read.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use iamc::Exit;

use crate::machine::change;
use crate::support::{Project, Ran, policy};

const ROUNDS: usize = 60;

/// Runs a command again and again while another thread does something again and again.
fn run_beside(project: &Project, arguments: &[&str], disturb: impl Fn() + Sync) -> Vec<Ran> {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                disturb();
            }
        });
        let ran = (0..ROUNDS).map(|_| project.run(arguments)).collect();
        done.store(true, Ordering::Relaxed);
        ran
    })
}

#[test]
fn a_source_that_vanishes_is_the_machines_failure_or_was_never_there() {
    let project = Project::new();
    fs::create_dir(project.join("elsewhere")).unwrap();
    project.write("elsewhere/more.toml", &policy("More", "s3:ListBucket"));
    let come_and_go = || {
        fs::rename(project.join("elsewhere"), project.join("policies/more")).unwrap();
        fs::rename(project.join("policies/more"), project.join("elsewhere")).unwrap();
    };
    for ran in run_beside(&project, &["check"], come_and_go) {
        let is_said = ran.err.contains("`policies/more") && ran.err.contains("cannot be read: no such file");
        let is_unused = ran.err.contains("unused-policy");
        match ran.exit {
            Exit::Ok => assert!(ran.err.is_empty() || is_unused, "{}", ran.err),
            exit => assert!(exit == Exit::Machine && is_said, "{exit:?}: {}", ran.err),
        }
    }
}

#[test]
fn a_source_that_vanished_between_two_looks_is_named() {
    let project = Project::new();
    std::os::unix::fs::symlink("gone", project.join("policies/gone.toml")).unwrap();
    for command in [&["check"][..], &["build"], &["list", "policies"]] {
        let ran = project.run(command);
        assert_eq!(ran.exit, Exit::Machine, "{command:?}");
        assert!(ran.err.contains("`policies/gone.toml` cannot be read: no such file"), "{}", ran.err);
    }
    assert!(!project.exists("out"));
}

#[test]
fn output_that_vanishes_while_it_is_compared_differs() {
    let project = Project::new();
    project.build();
    let leftover = project.join("out/engineers/.iamc-Ab12Cd.tmp");
    let jane = project.join("out/engineers/JaneDoe.yaml");
    let aside = project.join("aside");
    let foreign = project.join("out/notes.txt");
    let come_and_go = || {
        fs::write(&leftover, "half").unwrap();
        fs::write(&foreign, "by hand").unwrap();
        fs::rename(&jane, &aside).unwrap();
        fs::remove_file(&leftover).unwrap();
        fs::remove_file(&foreign).unwrap();
        fs::rename(&aside, &jane).unwrap();
    };
    for command in [&["build", "--check"][..], &["verify"], &["check"]] {
        for ran in run_beside(&project, command, come_and_go) {
            assert!(ran.exit <= Exit::Project, "{command:?}: {:?} {}", ran.exit, ran.err);
        }
    }
    assert_eq!(project.run(&["build", "--check"]).exit, Exit::Ok);
}

#[test]
fn folders_of_the_output_can_vanish_too() {
    let project = Project::new();
    project.build();
    let come_and_go = || {
        fs::rename(project.join("out/roles"), project.join("aside")).unwrap();
        fs::rename(project.join("aside"), project.join("out/roles")).unwrap();
    };
    for command in [&["build", "--check"][..], &["verify"]] {
        for ran in run_beside(&project, command, come_and_go) {
            assert!(ran.exit <= Exit::Project, "{command:?}: {:?} {}", ran.exit, ran.err);
        }
    }
}

#[test]
fn a_build_beside_a_hand_that_deletes_ends_well_in_the_end() {
    let project = Project::new();
    project.build();
    let delete = || {
        let _ = fs::remove_file(project.join("out/engineers/JaneDoe.yaml"));
    };
    for action in ["s3:GetObjectAcl", "s3:GetObject"] {
        change(&project, action);
        for ran in run_beside(&project, &["build"], delete) {
            assert_eq!(ran.exit, Exit::Ok, "{}", ran.err);
        }
    }
    project.build();
    assert_eq!(project.run(&["build", "--check"]).exit, Exit::Ok);
}
