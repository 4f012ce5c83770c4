//! The command line of iamc: a file a command, reports for people and machines, and the only code that
//! prints, writes and exits.
//!
//! A [`Session`] runs a command against any two writers, so that everything can be tested in process.

mod answer;
mod cli;
mod clock;
mod commands;
mod compile;
mod decisions;
mod doubt;
mod exit;
mod filling;
mod hint;
mod nodes;
mod output;
mod progress;
mod report;
mod request;
mod schema;
mod session;
mod stacks;
mod stopwatch;
mod terminal;
mod threads;

pub use exit::Exit;
pub use session::Session;
pub use terminal::Terminal;
pub use threads::prepare_threads;
