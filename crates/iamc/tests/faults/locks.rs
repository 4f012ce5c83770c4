//! Several runs at once over one out/.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use iamc::Exit;

use crate::machine::{Ended, change, engineers, iamc};
use crate::support::{Project, files};

const AT_ONCE: usize = 8;
const WAITING: &str = "waiting for another run of iamc to finish in `out/`\n";

fn start(project: &Project, arguments: &[&str]) -> Child {
    iamc(project.path(), arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn end(child: Child) -> Ended {
    child.wait_with_output().unwrap().into()
}

/// What a build into an empty folder makes.
fn clean(project: &Project) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let _ = fs::remove_dir_all(project.join("clean"));
    assert_eq!(project.run(&["build", "--out", "clean"]).exit, Exit::Ok);
    files(&project.join("clean"))
}

#[test]
fn of_many_builds_at_once_one_does_the_work() {
    let project = engineers(40);
    for action in ["s3:GetObject", "s3:GetObjectAcl"] {
        change(&project, action);
        let builds: Vec<Child> = (0..AT_ONCE).map(|_| start(&project, &["build"])).collect();
        let ended: Vec<Ended> = builds.into_iter().map(end).collect();
        assert!(ended.iter().all(|build| build.status == Some(0)), "{ended:#?}");
        let idle = "out/: 0 written, 0 removed, 43 unchanged\n";
        assert_eq!(ended.iter().filter(|build| build.out == idle).count(), AT_ONCE - 1, "{ended:#?}");
        assert_eq!(files(&project.join("out")), clean(&project), "and nothing else is there");
    }
}

#[test]
fn who_writes_last_has_read_last() {
    let project = engineers(5);
    let mut builds = vec![];
    for round in 0..AT_ONCE {
        project.write("new.toml", &format!("[engineer]\nRound{round} = [\"Readers\"]\n"));
        fs::rename(project.join("new.toml"), project.join("engineers.toml")).unwrap();
        builds.push(start(&project, &["build", "-q"]));
    }
    for build in builds.into_iter().map(end) {
        assert_eq!((build.status, build.err.as_str()), (Some(0), ""));
    }
    assert_eq!(files(&project.join("out")), clean(&project));
}

#[test]
fn who_waits_says_so_and_goes_on() {
    for arguments in [&["build"][..], &["build", "--check"], &["verify"]] {
        let project = Project::new();
        project.build();
        let held = File::open(project.join("out")).unwrap();
        held.lock().unwrap();
        let mut waits = start(&project, arguments);
        let mut err = BufReader::new(waits.stderr.take().unwrap());
        let mut line = String::new();
        err.read_line(&mut line).unwrap();
        assert_eq!(line, WAITING);
        drop(held);
        let mut rest = String::new();
        err.read_to_string(&mut rest).unwrap();
        assert_eq!((end(waits).status, rest.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn readers_do_not_wait_for_each_other() {
    let project = Project::new();
    project.build();
    let held = File::open(project.join("out")).unwrap();
    held.lock_shared().unwrap();
    for arguments in [&["build", "--check"][..], &["verify"], &["check"]] {
        let ran = project.run(arguments);
        assert_eq!((ran.exit, ran.err.as_str()), (Exit::Ok, ""), "{arguments:?}");
    }
}

#[test]
fn a_build_that_is_killed_lets_the_next_one_in() {
    let project = engineers(40);
    let mut stopped = stopped_build(&project);
    let mut waits = start(&project, &["build"]);
    let mut err = BufReader::new(waits.stderr.take().unwrap());
    let mut line = String::new();
    err.read_line(&mut line).unwrap();
    assert_eq!(line, WAITING);
    stopped.kill().unwrap();
    stopped.wait().unwrap();
    assert_eq!(end(waits).status, Some(0));
    assert_eq!(files(&project.join("out")), clean(&project));
}

/// A build that was stopped while it held out/.
fn stopped_build(project: &Project) -> Child {
    let is_held = || {
        let folder = File::open(project.join("out"));
        folder.is_ok_and(|folder| folder.try_lock_shared().is_err())
    };
    loop {
        let mut build = start(project, &["build"]);
        while !is_held() && build.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let stop = Command::new("kill").args(["-STOP", &build.id().to_string()]).status().unwrap();
        if stop.success() && is_held() {
            return build;
        }
        build.kill().unwrap();
        build.wait().unwrap();
        let _ = fs::remove_dir_all(project.join("out"));
    }
}

#[test]
fn a_build_that_fails_leaves_no_folder() {
    let project = Project::new();
    project.write("policies/bad.toml", "[policy.Bad]\nactoins = []\n");
    assert_eq!(project.run(&["build"]).exit, Exit::Project);
    assert!(!project.exists("out"));
    assert_eq!(project.run(&["build", "--check"]).exit, Exit::Project);
    assert!(!project.exists("out"));
}

#[test]
fn git_sees_nothing_of_a_lock() {
    let project = Project::new();
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=x", "-c", "user.email=x@example.com"]).args(arguments);
        let output = git.current_dir(project.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    project.build();
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "all"]);
    project.build();
    assert_eq!(project.run(&["build", "--check"]).exit, Exit::Ok);
    assert_eq!(git(&["status", "--porcelain", "--ignored"]), "");
}
