//! One run of the program: its options, its streams, and what all commands need. What they load and what
//! they print have modules of their own.

mod load;
mod print;

use std::cell::OnceCell;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Parser;
use iamc_catalog::Catalog;

use crate::cli::{Cli, Global};
use crate::commands;
use crate::exit::{Exit, Failure};
use crate::stopwatch::Stopwatch;
use crate::terminal::Terminal;

/// Runs a command and prints to the two streams that it was given.
pub struct Session<'io> {
    out: &'io mut dyn Write,
    err: &'io mut dyn Write,
    terminal: Terminal,
    directory: PathBuf,
    catalog: OnceCell<Arc<Catalog>>,
    stopwatch: Stopwatch,
    pub(crate) global: Global,
}

impl<'io> Session<'io> {
    /// A session in the folder `directory`, from which paths on the command line are read.
    pub fn new(
        out: &'io mut dyn Write,
        err: &'io mut dyn Write,
        terminal: Terminal,
        directory: PathBuf,
    ) -> Self {
        Self {
            out,
            err,
            terminal,
            directory,
            catalog: OnceCell::new(),
            stopwatch: Stopwatch::start(),
            global: Global::default(),
        }
    }

    /// Runs the command of `arguments`, the first of which is the program's name.
    pub fn run(&mut self, arguments: impl IntoIterator<Item = OsString>) -> Exit {
        let outcome = match Cli::try_parse_from(arguments) {
            Ok(cli) => {
                self.global = cli.global;
                self.stopwatch = Stopwatch::start();
                commands::run(&cli.command, self).and_then(|exit| self.tell_time().map(|()| exit))
            }
            Err(error) => self.print_clap(&error),
        };
        outcome.or_else(|failure| self.fail(failure)).unwrap_or(Exit::Machine)
    }

    /// The project's root.
    ///
    /// # Errors
    /// Fails where there is no project.
    pub(crate) fn root(&self) -> Result<PathBuf, Failure> {
        let Some(named) = &self.global.directory else {
            return iamc_parser::find_root(&self.directory).ok_or_else(|| no_project(&self.directory, true));
        };
        let root = self.path(named);
        let found = iamc_parser::find_root(&root).filter(|found| *found == root);
        found.ok_or_else(|| no_project(named, false))
    }

    /// Where a project is looked for: the folder that `-C` names, or the current one.
    pub(crate) fn folder(&self) -> PathBuf {
        self.global.directory.as_ref().map_or_else(|| self.directory.clone(), |named| self.path(named))
    }

    /// A path of the command line, from the current folder.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }
}

fn no_project(folder: &Path, upwards: bool) -> Failure {
    let above = if upwards { " or above it" } else { "" };
    let message = format!("no project in `{}`{above}", folder.display());
    let help = "neither `iamc.toml` nor `engineers.toml` is there: `iamc init` makes a small project, \
                `-C DIR` names another folder";
    Failure::usage(message, help)
}
