//! `iamc init`

use crate::exit::{Exit, Failure};
use crate::session::Session;

/// A small project that builds
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where [default: the current folder]
    pub(crate) directory: Option<std::path::PathBuf>,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let _ = (args, session);
    Ok(Exit::Ok)
}
