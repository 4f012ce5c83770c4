//! What is shown of long work, and to whom.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::machine::{IAMC, iamc, skip};
use crate::support::{Project, policy};

/// Far more than what is done without a bar.
const LONG: Duration = Duration::from_millis(1500);

/// A project that keeps this machine busy for long.
fn long_work() -> Project {
    let mut engineers = 500;
    loop {
        let project = Project::new();
        let mut text = "[engineer]\n".to_owned();
        for number in 0..engineers {
            writeln!(text, "Engineer{number:06} = [\"Readers\", \"Writers\"]").unwrap();
        }
        project.write("engineers.toml", &text);
        project.write("iamc.toml", "[lints]\naccount-quota = \"off\"\n");
        project
            .write("policies/s3.toml", &(policy("Read", "s3:GetObject") + &policy("Write", "s3:PutObject")));
        let began = Instant::now();
        let piped = iamc(project.path(), &["build"]).output().unwrap();
        let took = began.elapsed();
        assert_eq!(piped.stderr, b"", "nothing is shown in a pipe");
        let line = format!("out/: {} written, 0 removed, 0 unchanged\n", engineers + 3);
        assert_eq!(String::from_utf8(piped.stdout).unwrap(), line);
        if took > LONG {
            fs::remove_dir_all(project.join("out")).unwrap();
            return project;
        }
        engineers *= 2;
    }
}

/// What a person sees at a terminal; none where no terminal can be had.
fn on_terminal(project: &Project, terminal: &str, arguments: &str) -> Option<String> {
    let _ = fs::remove_dir_all(project.join("out"));
    let command = format!("{IAMC} {arguments}");
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &command, "/dev/null"]).env("TERM", terminal);
    script.env_remove("NO_COLOR").env_remove("COLUMNS").current_dir(project.path()).stdin(Stdio::null());
    let Ok(output) = script.output() else {
        skip("there is no `script` of util-linux");
        return None;
    };
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn long_work_shows_itself_on_a_terminal_and_nowhere_else() {
    let project = long_work();
    let Some(seen) = on_terminal(&project, "xterm", "build") else { return };
    let steps = ["reading", "resolving", "linting", "dividing", "comparing", "writing"];
    assert!(steps.iter().any(|step| seen.contains(step)), "{seen:?}");
    let (shown, last) = seen.trim_end().rsplit_once("\u{1b}[2K").unwrap();
    assert!(last.trim_start().starts_with("out/: "), "the bar has gone: {last:?}");
    assert!(shown.matches('\r').count() > 5, "the bar moves: {shown:?}");
    for (terminal, arguments) in [("xterm", "build --quiet"), ("dumb", "build")] {
        let seen = on_terminal(&project, terminal, arguments).unwrap();
        assert!(!seen.contains('\u{1b}'), "TERM={terminal} {arguments}: {seen:?}");
        assert!(steps.iter().all(|step| !seen.contains(step)), "TERM={terminal} {arguments}: {seen:?}");
        assert_eq!(seen.is_empty(), arguments.contains("quiet"), "{seen:?}");
    }
}

#[test]
fn a_bar_does_not_keep_a_report_from_being_read() {
    let project = long_work();
    project.write("groups/unused.toml", "[group.Unused]\npolicies = [\"Read\"]\n");
    let Some(seen) = on_terminal(&project, "xterm", "build") else { return };
    let (_, report) = seen.split_once("unused-group").unwrap();
    assert!(report.contains("groups/unused.toml"), "{report:?}");
}
