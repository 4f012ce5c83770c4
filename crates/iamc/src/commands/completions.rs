//! `iamc completions`

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// Print shell completions
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    pub(crate) shell: Shell,
}

/// Prints the script for a shell.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "iamc", &mut script);
    session.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Ok)
}
