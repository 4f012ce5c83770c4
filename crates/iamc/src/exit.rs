//! How a run ends.

use std::io;
use std::path::Path;
use std::process::ExitCode;

/// The exit statuses of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is well.
    Ok = 0,
    /// The project is wrong, or a check found a difference.
    Project = 1,
    /// The command line was wrong, there is no project, or a name does not exist.
    Usage = 2,
    /// The machine failed: a file could not be read or written.
    Machine = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What stops a command. [`crate::Session::run`] prints it and exits with its status.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something to say, with the status to exit with.
    Message {
        /// The status.
        exit: Exit,
        /// What is wrong: lower case, no full stop.
        message: String,
        /// What to type.
        help: Option<String>,
    },
    /// All has been said.
    Reported(Exit),
}

impl Failure {
    /// The command line asks for what does not exist.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Message { exit: Exit::Usage, message: message.into(), help: Some(help.into()) }
    }

    /// `doing` (as in "cannot read") failed on `path`.
    pub(crate) fn machine(doing: &str, path: &Path, error: &io::Error) -> Self {
        let message = format!("cannot {doing} `{}`: {error}", path.display());
        Self::Message { exit: Exit::Machine, message, help: None }
    }
}

/// A standard stream could not be written to.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let message = format!("cannot print: {error}");
        Self::Message { exit: Exit::Machine, message, help: None }
    }
}
