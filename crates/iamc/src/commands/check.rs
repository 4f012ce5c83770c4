//! `iamc check`

use iamc_model::Timestamp;

use crate::clock;
use crate::exit::{Exit, Failure};
use crate::output::Folder;
use crate::session::Session;

/// Say everything that is wrong, and write nothing
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The clock for what runs out: a date, or a time as in RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    pub(crate) at: Option<Timestamp>,
    /// Fail on warnings, too
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut draft = session.draft()?;
    draft.look_for_expiry(args.at.unwrap_or_else(clock::now));
    draft.plan(&Folder::of_project(draft.root()), &mut session.progress())?;
    let compilation = draft.judge();
    let exit = session.report(&compilation, args.deny_warnings)?;
    if compilation.diagnostics.is_empty() {
        session.summarize("no errors")?;
    }
    Ok(exit)
}
