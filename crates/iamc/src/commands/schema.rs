//! `iamc schema`

use crate::exit::{Exit, Failure};
use crate::session::Session;

/// A JSON Schema for each kind of file, for editors
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let _ = (args, session);
    Ok(Exit::Ok)
}
