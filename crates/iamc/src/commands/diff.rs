//! `iamc diff`

mod git;
mod revision;
mod sides;

use std::path::PathBuf;

use iamc_model::Timestamp;

use crate::clock;
use crate::exit::{Exit, Failure};
use crate::session::Session;
use sides::Sides;

/// Show what a change means: who gains and loses what, and why
///
/// Compares two states of the project by what they allow, not by their text. BASE and HEAD are revisions
/// of git's; nothing is checked out.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The revision to compare with [default: where HEAD left the default branch]
    pub(crate) base: Option<String>,
    /// The revision that is compared with it [default: the working tree]
    pub(crate) head: Option<String>,
    /// A folder with the project to compare with, in place of a revision
    #[arg(long, value_name = "DIR", conflicts_with_all = ["base", "head"])]
    pub(crate) base_dir: Option<PathBuf>,
    /// The time at which access counts as past [default: now]
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    pub(crate) at: Option<Timestamp>,
}

/// Compares the two sides.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let sides = Sides::compile(args, session)?;
    let catalog = session.catalog()?;
    let now = args.at.unwrap_or_else(clock::now);
    let difference = iamc_diff::compare(sides.base.side(), sides.head.side(), &catalog, now);
    let changes = difference.principals.len() + difference.project.len();
    session.print(&format!("{} → {}: {changes}\n", sides.base.title, sides.head.title))?;
    Ok(Exit::Ok)
}
