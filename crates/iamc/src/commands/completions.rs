//! `iamc completions`

use crate::exit::{Exit, Failure};
use crate::session::Session;

/// Shell completions
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let _ = (args, session);
    Ok(Exit::Ok)
}
