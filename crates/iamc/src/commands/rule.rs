//! `iamc rule`

use crate::exit::{Exit, Failure};
use crate::session::Session;

/// All diagnostics with their levels, or what one means and its cure
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A code, or its last part
    pub(crate) code: Option<String>,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let _ = (args, session);
    Ok(Exit::Ok)
}
