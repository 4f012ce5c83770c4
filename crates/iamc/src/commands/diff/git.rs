//! What is asked of the program `git`. It writes to the folders that it is given here, and to nothing of
//! the user's: no file is checked out, no index and no branch is touched.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::exit::{Exit, Failure};

/// What git holds of a folder.
#[derive(Debug)]
pub(super) struct Repository {
    /// The top of the working tree.
    top: PathBuf,
    /// From there to the folder, with `/`; empty where it is the top itself.
    below: String,
}

/// An entry of a tree.
struct Entry<'a> {
    is_link: bool,
    is_submodule: bool,
    path: &'a [u8],
}

impl Repository {
    /// The repository in whose working tree a folder lies.
    ///
    /// # Errors
    /// Fails where there is no git, or no repository.
    pub(super) fn around(folder: &Path) -> Result<Self, Failure> {
        let answer = run(folder, ["rev-parse", "--show-toplevel", "--show-prefix"])?;
        let Some(answer) = succeeded(&answer) else {
            let message = format!("`{}` is in no repository of git: {}", folder.display(), reason(&answer));
            return Err(Failure::usage(message, "`--base-dir DIR` compares with a folder"));
        };
        let (top, below) = answer.split_once('\n').unwrap_or((&answer, ""));
        Ok(Self { top: top.into(), below: below.trim_end_matches(['\n', '/']).to_owned() })
    }

    /// The full id of the commit that a revision names; none where there is no such.
    pub(super) fn commit(&self, revision: &str) -> Result<Option<String>, Failure> {
        let revision = format!("{revision}^{{commit}}");
        self.line(["rev-parse", "--quiet", "--verify", "--end-of-options", &revision])
    }

    /// Where the histories of two commits part; none where nothing is known that they share.
    pub(super) fn merge_base(&self, one: &str, other: &str) -> Result<Option<String>, Failure> {
        self.line(["merge-base", one, other])
    }

    /// What a symbolic reference leads to, without `refs/heads/` or `refs/remotes/`.
    pub(super) fn symbolic(&self, name: &str) -> Result<Option<String>, Failure> {
        self.line(["symbolic-ref", "--quiet", "--short", name])
    }

    /// The names of all branches and tags, for a help.
    pub(super) fn names(&self) -> Result<Vec<String>, Failure> {
        let answer = self.ask(["for-each-ref", "--format=%(refname:short)"])?;
        Ok(succeeded(&answer).map(|names| names.lines().map(str::to_owned).collect()).unwrap_or_default())
    }

    /// Whether only the newest part of the history is here.
    pub(super) fn is_shallow(&self) -> Result<bool, Failure> {
        Ok(self.line(["rev-parse", "--is-shallow-repository"])?.as_deref() == Some("true"))
    }

    /// Writes what a commit holds of the folder, and can be read as a project, to another: the files in
    /// TOML, or where there are links, which can lead to any file, all but out/. A commit that has no
    /// such folder writes nothing.
    ///
    /// # Errors
    /// Fails where a part of the project is a submodule: what it holds is not in the commit.
    pub(super) fn export(&self, commit: &str, to: &Path, index: &Path) -> Result<(), Failure> {
        let Some(tree) = self.tree(commit)? else { return Ok(()) };
        let listing = self.must(["ls-tree", "-r", "-z", "--full-tree", &tree], None, b"")?;
        if let Some(path) = submodule(&listing) {
            let message = format!("`{path}` is a submodule, and a revision does not hold what is in it");
            let help =
                "check the base out with its submodules, and compare with that folder: `--base-dir DIR`";
            return Err(Failure::usage(message, help));
        }
        let paths = wanted(&listing);
        self.must(["read-tree", &tree], Some(index), b"")?;
        let mut prefix = OsString::from("--prefix=");
        prefix.push(to);
        prefix.push("/");
        let checkout = ["checkout-index", "--force", "--quiet", "-z", "--stdin"].map(OsString::from);
        self.must(checkout.into_iter().chain([prefix]), Some(index), &paths)?;
        Ok(())
    }

    /// The id of the folder's tree in a commit.
    fn tree(&self, commit: &str) -> Result<Option<String>, Failure> {
        if self.below.is_empty() {
            return Ok(Some(format!("{commit}^{{tree}}")));
        }
        let found =
            self.must(["ls-tree", "-d", "-z", "--full-tree", commit, "--", &self.below], None, b"")?;
        let found = String::from_utf8_lossy(&found);
        Ok(found.split(['\t', '\0']).next().and_then(|entry| entry.split(' ').nth(2)).map(str::to_owned))
    }

    fn line<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Result<Option<String>, Failure> {
        let answer = self.ask(arguments)?;
        Ok(succeeded(&answer).and_then(|answer| answer.lines().next().map(str::to_owned)))
    }

    fn ask<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, Failure> {
        run(&self.top, arguments)
    }

    /// What a command answers that has to succeed.
    fn must(
        &self,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
        index: Option<&Path>,
        input: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        let mut git = command(&self.top, arguments);
        git.envs(index.map(|index| ("GIT_INDEX_FILE", index)));
        let answer = answer(git, input)?;
        match answer.status.success() {
            true => Ok(answer.stdout),
            false => Err(Failure::Message {
                exit: Exit::Machine,
                message: format!("git cannot read the repository: {}", reason(&answer)),
                help: None,
            }),
        }
    }
}

fn entries(listing: &[u8]) -> Vec<Entry<'_>> {
    listing.split(|byte| *byte == 0).filter_map(Entry::read).collect()
}

/// A submodule in which declarations can lie: one in a folder of the project's, or where there are links,
/// which can lead to any file, each.
fn submodule(listing: &[u8]) -> Option<String> {
    let entries = entries(listing);
    let has_links = entries.iter().any(|entry| entry.is_link);
    let submodules = entries.iter().filter(|entry| entry.is_submodule);
    let mut paths = submodules.map(|entry| String::from_utf8_lossy(entry.path).into_owned());
    paths.find(|path| has_links || iamc_parser::is_source(path))
}

/// The paths to write, each with a NUL behind it.
fn wanted(listing: &[u8]) -> Vec<u8> {
    let mut entries = entries(listing);
    entries.retain(|entry| !entry.path.starts_with(b"out/"));
    let has_links = entries.iter().any(|entry| entry.is_link);
    let wanted = entries.iter().filter(|entry| has_links || entry.path.ends_with(b".toml"));
    wanted.flat_map(|entry| entry.path.iter().copied().chain([0])).collect()
}

impl<'a> Entry<'a> {
    /// `MODE TYPE ID<tab>PATH`
    fn read(entry: &'a [u8]) -> Option<Self> {
        let tab = entry.iter().position(|byte| *byte == b'\t')?;
        let (is_link, is_submodule) = (entry.starts_with(b"120000 "), entry.starts_with(b"160000 "));
        Some(Self { is_link, is_submodule, path: &entry[tab + 1..] })
    }
}

fn run<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, Failure> {
    answer(command(folder, arguments), b"")
}

fn command(folder: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false", "--literal-pathspecs"]).args(arguments);
    git.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env_remove("GIT_INDEX_FILE");
    git
}

fn answer(mut git: Command, input: &[u8]) -> Result<Output, Failure> {
    git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let answered = git.spawn().and_then(|mut child| {
        let stdin = child.stdin.take();
        std::thread::scope(|scope| {
            let write = || stdin.map(|mut stdin| stdin.write_all(input));
            std::thread::Builder::new().spawn_scoped(scope, write)?;
            child.wait_with_output()
        })
    });
    answered.map_err(|error| not_run(&error))
}

fn not_run(error: &io::Error) -> Failure {
    let message = format!("cannot run `git`: {error}");
    Failure::usage(message, "install git, or compare with a folder: `--base-dir DIR`")
}

fn succeeded(answer: &Output) -> Option<String> {
    answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// What git says is wrong.
fn reason(answer: &Output) -> String {
    let said = String::from_utf8_lossy(&answer.stderr);
    let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
    line.trim_start_matches("fatal: ").to_owned()
}
