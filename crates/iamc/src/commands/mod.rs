//! The commands, a file each: its arguments and its `run`.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod graph;
pub(crate) mod init;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod rule;
pub(crate) mod schema;
pub(crate) mod test;
pub(crate) mod verify;
pub(crate) mod who_can;

use crate::cli::Command;
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// Runs the command that was asked for.
pub(crate) fn run(command: &Command, session: &mut Session<'_>) -> Result<Exit, Failure> {
    match command {
        Command::Build(args) => build::run(args, session),
        Command::Check(args) => check::run(args, session),
        Command::Verify(args) => verify::run(args, session),
        Command::Explain(args) => explain::run(args, session),
        Command::WhoCan(args) => who_can::run(args, session),
        Command::Test(args) => test::run(args, session),
        Command::Diff(args) => diff::run(args, session),
        Command::Graph(args) => graph::run(args, session),
        Command::List(args) => list::run(args, session),
        Command::Rule(args) => rule::run(args, session),
        Command::Schema(args) => schema::run(args, session),
        Command::Init(args) => init::run(args, session),
        Command::Completions(args) => completions::run(args, session),
        Command::Man(args) => man::run(args, session),
    }
}
