//! Disks that take no more, or nothing at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use iamc::Exit;

use crate::machine::{change, engineers, shell, shell_that_mounts};
use crate::support::{Project, files};

fn contents(project: &Project, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    files(&project.join(folder)).into_iter().collect()
}

/// Nothing in `folder` but whole files of the old build or of the new one, and no manifest that promises
/// what is not there.
#[track_caller]
fn assert_whole(project: &Project, folder: &str, old: &BTreeMap<PathBuf, Vec<u8>>) {
    let (seen, new) = (contents(project, folder), contents(project, "clean"));
    for (path, bytes) in &seen {
        let is_whole = old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
        assert!(is_whole, "{}", path.display());
    }
    assert_ne!(seen.get(&PathBuf::from("manifest.json")), Some(&new[&PathBuf::from("manifest.json")]));
}

#[test]
fn a_full_disk_is_said_and_the_next_build_finishes() {
    for limit in ["size=64k", "nr_inodes=20"] {
        let project = engineers(60);
        project.run(&["build", "--out", "clean"]);
        let script = format!(
            "mkdir out && mount -t tmpfs -o {limit} tmpfs out || exit 99
             \"$IAMC\" build; first=$?; cp -r out seen
             mount -o remount,size=10m,nr_inodes=1000 out || exit 99
             \"$IAMC\" build -q && cp -r out finished && exit $first"
        );
        let Some(ended) = shell_that_mounts(project.path(), &script) else { return };
        assert_eq!((ended.status, ended.out.as_str()), (Some(3), ""), "{ended:?}");
        let is_said = ended.err.starts_with("error: cannot write `") && ended.err.contains("No space left");
        assert!(is_said && ended.err.lines().count() == 1, "{}", ended.err);
        assert_whole(&project, "seen", &BTreeMap::new());
        assert_eq!(contents(&project, "finished"), contents(&project, "clean"), "{limit}");
    }
}

#[test]
fn a_file_that_may_not_be_so_large_is_said() {
    let project = engineers(3);
    project.build();
    let old = contents(&project, "out");
    change(&project, "s3:GetObjectAcl");
    project.run(&["build", "--out", "clean"]);
    let ended = shell(project.path(), "trap '' XFSZ; ulimit -f 1; exec \"$IAMC\" build");
    assert_eq!((ended.status, ended.out.as_str()), (Some(3), ""), "{ended:?}");
    assert!(ended.err.starts_with("error: cannot write `"), "{}", ended.err);
    assert!(ended.err.ends_with(".yaml`: File too large (os error 27)\n"), "{}", ended.err);
    assert_eq!(contents(&project, "out"), old);
    project.build();
    assert_eq!(contents(&project, "out"), contents(&project, "clean"));
}

#[test]
fn a_signal_for_too_large_a_file_kills_and_the_next_build_finishes() {
    let project = engineers(3);
    project.build();
    change(&project, "s3:GetObjectAcl");
    project.run(&["build", "--out", "clean"]);
    let ended = shell(project.path(), "ulimit -c 0; ulimit -f 1; exec \"$IAMC\" build");
    assert_eq!(ended.status, None, "{ended:?}");
    project.build();
    assert_eq!(contents(&project, "out"), contents(&project, "clean"));
}

#[test]
fn nothing_can_be_printed() {
    if !fs::exists("/dev/full").unwrap() {
        return crate::machine::skip("there is no /dev/full");
    }
    let project = Project::new();
    for command in ["build", "check", "list policies", "explain JaneDoe", "--help"] {
        let ended = shell(project.path(), &format!("\"$IAMC\" {command} > /dev/full"));
        assert_eq!(ended.status, Some(3), "{command}: {ended:?}");
        assert!(ended.err.starts_with("error: cannot print: No space left"), "{command}: {}", ended.err);
    }
    assert_eq!(shell(project.path(), "\"$IAMC\" list nothing 2> /dev/full").status, Some(3));
}

#[test]
fn a_disk_that_cannot_be_written_to_can_be_checked() {
    let project = engineers(3);
    project.build();
    let old = contents(&project, "out");
    let read_only = "mount --bind . . && mount -o remount,ro,bind . && cd \"$PWD\" || exit 99; ";
    let on_read_only = |command: &str| shell_that_mounts(project.path(), &format!("{read_only} {command}"));
    for command in ["build", "build --check", "verify", "check"] {
        let Some(ended) = on_read_only(&format!("touch x 2> /dev/null && exit 98; \"$IAMC\" {command}"))
        else {
            return;
        };
        assert_eq!((ended.status, ended.err.as_str()), (Some(0), ""), "{command}: {ended:?}");
    }
    change(&project, "s3:GetObjectAcl");
    let Some(check) = on_read_only("\"$IAMC\" build --check") else { return };
    assert_eq!(check.status, Some(1), "{check:?}");
    let Some(build) = on_read_only("\"$IAMC\" build") else { return };
    assert_eq!((build.status, build.out.as_str()), (Some(3), ""));
    assert!(build.err.contains("error: cannot write `") && build.err.contains("Read-only"), "{}", build.err);
    assert_eq!(contents(&project, "out"), old);
    let Some(first) = on_read_only("\"$IAMC\" build --out other") else { return };
    assert_eq!(first.status, Some(3), "{first:?}");
    assert!(first.err.contains("other") && first.err.contains("Read-only"), "{}", first.err);
}

#[test]
fn what_the_machine_refuses_is_said_in_its_words() {
    let project = Project::new();
    let long = "x".repeat(300);
    for (target, said) in
        [(long.as_str(), "File name too long"), ("a.toml", "Too many levels of symbolic links")]
    {
        let link = project.join("policies/a.toml");
        std::os::unix::fs::symlink(target, &link).unwrap();
        let ran = project.run(&["check"]);
        assert_eq!(ran.exit, Exit::Machine, "{}", ran.err);
        assert!(ran.err.contains(&format!("`policies/a.toml` cannot be read: {said}")), "{}", ran.err);
        fs::remove_file(link).unwrap();
    }
}
