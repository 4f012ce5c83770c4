//! The other engines: installed where they are missing, started once, asked in batches.

use std::fs;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

use crate::case::Case;

/// A program that answers a line with a line.
#[derive(Debug)]
pub(crate) struct Program {
    name: &'static str,
    /// What it is made of; the first says what to install.
    files: &'static [(&'static str, &'static str)],
    install: &'static [&'static [&'static str]],
    run: &'static [&'static str],
}

/// npm's `@cloud-copilot/iam-simulate`, under node.
pub(crate) const IAM_SIMULATE: Program = Program {
    name: "iam-simulate",
    files: &[
        ("package-lock.json", include_str!("iam-simulate/package-lock.json")),
        ("package.json", include_str!("iam-simulate/package.json")),
        ("judge.mjs", include_str!("iam-simulate/judge.mjs")),
    ],
    install: &[&["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]],
    run: &["node", "judge.mjs"],
};

/// PyPI's `ministack`, of which only the evaluator of policies runs.
pub(crate) const MINISTACK: Program = Program {
    name: "ministack",
    files: &[
        ("requirements.txt", include_str!("ministack/requirements.txt")),
        ("judge.py", include_str!("ministack/judge.py")),
    ],
    install: &[
        &["python3", "-m", "venv", "--clear", "venv"],
        &[
            "venv/bin/python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--requirement",
            "requirements.txt",
        ],
    ],
    run: &["venv/bin/python", "judge.py"],
};

/// A program that runs.
#[derive(Debug)]
pub(crate) struct Engine {
    process: Child,
    questions: BufWriter<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Engine {
    /// Starts it, or says why it cannot be had.
    pub(crate) fn start(program: &Program) -> Result<Self, String> {
        let folder = installed(program)?;
        let mut process = command(&folder, program.run)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{:?}: {error}", program.run))?;
        let questions = BufWriter::new(process.stdin.take().ok_or("it has no standard input")?);
        let answers = BufReader::new(process.stdout.take().ok_or("it has no standard output")?);
        Ok(Self { process, questions, answers })
    }

    /// What it decides of each.
    pub(crate) fn ask(&mut self, cases: &[Case]) -> Vec<String> {
        let (questions, answers) = (&mut self.questions, &mut self.answers);
        thread::scope(|scope| {
            // Both ends of the pipes have to move at once, or each would wait for the other.
            scope.spawn(move || {
                for case in cases {
                    writeln!(questions, "{}", case.json()).expect("the other engine reads");
                }
                questions.flush().expect("the other engine reads");
            });
            let answers: Vec<_> = answers.lines().take(cases.len()).map_while(Result::ok).collect();
            assert_eq!(answers.len(), cases.len(), "the other engine stopped");
            answers
        })
    }

    /// What it decides of one.
    pub(crate) fn ask_one(&mut self, case: &Case) -> String {
        self.ask(std::slice::from_ref(case)).remove(0)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The folder with the packages; made where it is missing or was made for others.
fn installed(program: &Program) -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("decisions").join(program.name);
    let (wanted, stamp) = (program.files[0].1, folder.join("installed"));
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for (name, text) in program.files {
        fs::write(folder.join(name), text).map_err(|error| error.to_string())?;
    }
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    for step in program.install {
        let output = command(&folder, step).output().map_err(|error| format!("{step:?}: {error}"))?;
        if !output.status.success() {
            return Err(format!("{step:?}: {}", String::from_utf8_lossy(&output.stderr).trim()));
        }
    }
    fs::write(&stamp, wanted).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let own = folder.join(words[0]);
    let mut command = Command::new(if own.exists() { own.as_os_str() } else { words[0].as_ref() });
    command.args(&words[1..]).current_dir(folder);
    command
}
