//! `iamc check`

use iamc_model::Timestamp;

use crate::exit::{Exit, Failure};
use crate::output::Folder;
use crate::session::Session;

/// Say everything that is wrong, and write nothing
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The clock for what runs out: a date, or a time as in RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub(crate) at: Option<Timestamp>,
    /// Fail on warnings, too
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut draft = session.draft()?;
    draft.look_for_expiry(args.at.unwrap_or_else(now));
    draft.plan(&Folder::of_project(draft.root()), &mut session.progress())?;
    let compilation = draft.judge();
    let exit = session.report(&compilation, args.deny_warnings)?;
    if compilation.diagnostics.is_empty() {
        session.summarize("no errors")?;
    }
    Ok(exit)
}

/// A date or an instant; not the bare seconds that IAM takes besides.
fn parse_time(value: &str) -> Result<Timestamp, &'static str> {
    let time = Timestamp::parse(value).filter(|_| value.contains('-'));
    time.ok_or("neither a date such as 2026-12-31 nor a time such as 2026-12-31T12:00:00Z")
}

fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_second())
}
