//! Locales, terminals, streams and clocks of any kind.

use std::process::Command;

use iamc::Exit;

use crate::machine::{Ended, change, iamc, shell};
use crate::support::{Project, files};

const COMMANDS: [&[&str]; 7] = [
    &["build"],
    &["build", "--check"],
    &["check", "--at", "2026-06-01"],
    &["verify"],
    &["explain", "JaneDoe"],
    &["list", "policies"],
    &["who-can", "s3:GetObject", "--at", "2026-06-01"],
];

/// Names and texts with every letter that a locale has ideas about.
fn project() -> Project {
    let project = Project::new();
    project.write(
        "groups/all.toml",
        "[group.Readers]\ndescription = \"İIıi ßẞ ÅÄÖ ł Ж 漢\"\npolicies = [\"Read\"]\n\n\
         [group.Writers]\npolicies = [\"Write\"]\n\n[group.Iiyz]\npolicies = []\n",
    );
    project
}

/// What all commands print in a fresh project, and what they leave in out/.
fn all(set: impl Fn(&mut Command)) -> (Vec<Ended>, Vec<(std::path::PathBuf, Vec<u8>)>) {
    let project = project();
    let run = |arguments: &&[&str]| {
        let mut command = iamc(project.path(), arguments);
        command.env_remove("COLUMNS").env_remove("LC_ALL").env_remove("LANG").env_remove("NO_COLOR");
        set(&mut command);
        command.output().unwrap().into()
    };
    (COMMANDS.iter().map(run).collect(), files(&project.join("out")))
}

#[test]
fn nothing_depends_on_locale_terminal_or_zone() {
    let (expected, built) = all(|_| ());
    assert!(expected.iter().all(|ended| ended.status == Some(0)), "{expected:#?}");
    for (name, value) in [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LC_ALL", "C"),
        ("LC_ALL", "POSIX"),
        ("LC_ALL", "de_DE.ISO-8859-1"),
        ("LANG", "no such locale"),
        ("LANG", ""),
        ("TERM", "dumb"),
        ("TERM", ""),
        ("NO_COLOR", "1"),
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", ":no/such/zone"),
        ("TMPDIR", "/no/such/folder"),
        ("HOME", "/no/such/folder"),
        ("PATH", ""),
    ] {
        let (ended, out) = all(|command| {
            command.env(name, value);
        });
        assert_eq!(printed(&ended), printed(&expected), "{name}={value}");
        assert!(out == built, "{name}={value}");
    }
    let (ended, out) = all(|command| {
        command.env_clear();
    });
    assert_eq!(printed(&ended), printed(&expected), "without any environment");
    assert!(out == built);
}

fn printed(ended: &[Ended]) -> Vec<(Option<i32>, &str, &str)> {
    ended.iter().map(|ended| (ended.status, ended.out.as_str(), ended.err.as_str())).collect()
}

#[test]
fn a_terminal_of_any_width_will_do() {
    let (expected, built) = all(|_| ());
    for columns in ["1", "0", "-1", "x", "", "99999999999999999999"] {
        let (ended, out) = all(|command| {
            command.env("COLUMNS", columns);
        });
        for (ended, expected) in ended.iter().zip(&expected) {
            assert_eq!((ended.status, &ended.out), (expected.status, &expected.out), "COLUMNS={columns}");
            assert_eq!(words(&ended.err), words(&expected.err), "COLUMNS={columns}");
        }
        assert!(out == built, "COLUMNS={columns}");
    }
}

/// Without the breaks of lines, and the rulers that precede continued ones.
fn words(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && !"│·".contains(*character)).collect()
}

#[test]
fn closed_streams_keep_nothing_from_being_done() {
    for streams in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        let project = Project::new();
        let ended = shell(project.path(), &format!("exec \"$IAMC\" build {streams}"));
        assert_eq!(ended.status, Some(0), "{streams}: {ended:?}");
        assert_eq!(files(&project.join("out")).len(), 5, "{streams}");
        change(&project, "no action");
        let wrong = shell(project.path(), &format!("exec \"$IAMC\" build {streams}"));
        assert_eq!(wrong.status, Some(1), "{streams}: {wrong:?}");
        let check = shell(project.path(), &format!("exec \"$IAMC\" check --message-format json {streams}"));
        assert_eq!(check.status, Some(1), "{streams}: {check:?}");
    }
}

#[test]
fn readers_that_have_gone_keep_nothing_from_being_done() {
    let project = Project::new();
    let script = "{ \"$IAMC\" build -v; echo $? > status; } | true";
    assert_eq!(shell(project.path(), script).err, "");
    assert_eq!(project.read("status"), "0\n");
    assert_eq!(files(&project.join("out")).len(), 5);
}

#[test]
fn a_folder_that_is_gone_is_no_project() {
    let project = Project::new();
    let script = "mkdir gone; cd gone; rmdir ../gone; \"$IAMC\" check";
    let ended = shell(project.path(), script);
    assert_eq!((ended.status, ended.out.as_str()), (Some(2), ""), "{ended:?}");
    assert!(ended.err.starts_with("error: no project in `"), "{}", ended.err);
}

#[test]
fn any_clock_will_do() {
    let project = Project::new();
    project.write(
        "engineers.toml",
        "[engineer]\nJaneDoe = [{ name = \"Readers\", until = 2026-12-31, reason = \"x\" }]\nJohnDoe = [\"Writers\"]\n",
    );
    project.build();
    let decided = |at| {
        let ran = project.run(&["explain", "JaneDoe", "s3:GetObject", "arn:aws:s3:::data/x", "--at", at]);
        assert_eq!(ran.exit, Exit::Ok, "{}", ran.err);
        ran.out.split(':').next().unwrap().to_owned()
    };
    for (at, lint, decision) in [
        ("0001-01-01", None, "allowed"),
        ("1970-01-01T00:00:00Z", None, "allowed"),
        ("2026-12-20", Some("expires-soon"), "allowed"),
        ("2100-01-01", Some("expired"), "implicitly-denied"),
        ("9999-12-31T23:59:59Z", Some("expired"), "implicitly-denied"),
    ] {
        let check = project.run(&["check", "--at", at]);
        assert_eq!(check.exit, Exit::Ok, "{at}: {}", check.err);
        assert_eq!(check.err.contains("::expire"), lint.is_some(), "{at}: {}", check.err);
        assert!(lint.is_none_or(|lint| check.err.contains(lint)), "{at}: {}", check.err);
        assert_eq!(decided(at), decision, "{at}");
        assert_eq!(project.run(&["who-can", "s3:*", "--at", at]).exit, Exit::Ok, "{at}");
        assert_eq!(project.run(&["diff", "--base-dir", ".", "--at", at]).exit, Exit::Ok, "{at}");
    }
    assert_eq!(project.run(&["build", "--check"]).exit, Exit::Ok, "no clock is in out/");
}
