//! `iamc list`

use crate::exit::{Exit, Failure};
use crate::session::Session;

/// A table of policies, groups, engineers, service users or roles
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let _ = (args, session);
    Ok(Exit::Ok)
}
