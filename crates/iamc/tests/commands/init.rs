use std::fs;

use iamc::Exit;

use crate::run_in;

#[test]
fn the_project_builds_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let made = run_in(folder.path(), "init access");
    assert_eq!((made.exit, made.err.as_str()), (Exit::Ok, ""));
    assert!(
        made.out.contains("wrote access/iamc.toml\n") && made.out.contains("  cd access\n"),
        "{}",
        made.out
    );
    let check = run_in(folder.path(), "-C access check --deny-warnings --message-format json");
    assert_eq!((check.exit, check.out.as_str(), check.err.as_str()), (Exit::Ok, "", ""));
    let build = run_in(folder.path(), "-C access build");
    assert_eq!((build.exit, build.err.as_str()), (Exit::Ok, ""));
    assert!(folder.path().join("access/out/engineers/JaneDoe.yaml").is_file());
    assert_eq!(run_in(folder.path(), "-C access explain JaneDoe").exit, Exit::Ok);
}

#[test]
fn the_current_folder_is_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let made = run_in(folder.path(), "init");
    assert_eq!(made.exit, Exit::Ok);
    assert!(!made.out.contains("cd "), "{}", made.out);
    assert!(folder.path().join("engineers.toml").is_file());
}

#[test]
fn the_folder_is_below_the_one_that_c_names() {
    for arguments in ["-C access init staging", "init -C access staging"] {
        let folder = tempfile::tempdir().unwrap();
        let made = run_in(folder.path(), arguments);
        assert_eq!((made.exit, made.err.as_str()), (Exit::Ok, ""));
        assert!(made.out.contains("  cd access/staging\n"), "{}", made.out);
        assert!(folder.path().join("access/staging/engineers.toml").is_file());
        assert!(!folder.path().join("staging").exists() && !folder.path().join("access/iamc.toml").exists());
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run_in(folder.path(), "-C access init").exit, Exit::Ok);
    assert!(folder.path().join("access/engineers.toml").is_file());
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("groups")).unwrap();
    fs::write(folder.path().join("groups/teams.toml"), "mine").unwrap();
    fs::write(folder.path().join("engineers.toml"), "mine").unwrap();
    let refused = run_in(folder.path(), "init");
    let message = "error: `groups/teams.toml`, `engineers.toml` are there already\n  help: nothing was \
                   written: name an empty folder, as in `iamc init access`\n";
    assert_eq!((refused.exit, refused.out.as_str(), refused.err.as_str()), (Exit::Usage, "", message));
    assert_eq!(fs::read_to_string(folder.path().join("groups/teams.toml")).unwrap(), "mine");
    assert!(!folder.path().join("iamc.toml").exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_the_machines_fault() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(run_in(folder.path(), "init file").exit, Exit::Machine);
}
