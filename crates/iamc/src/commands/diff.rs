//! `iamc diff`

mod fail_on;
mod gate;
mod git;
mod group;
mod human;
mod json;
mod markdown;
mod own;
mod revision;
mod sides;
mod subject;
mod summary;
mod tell;
mod told;
mod touched;
mod voice;

use std::path::PathBuf;

use clap::ValueEnum;
use iamc_diff::Difference;
use iamc_model::Timestamp;

use crate::answer::Paint;
use crate::clock;
use crate::exit::{Exit, Failure};
use crate::session::Session;
pub(crate) use fail_on::FailOn;
use gate::{Gate, Sensitive};
use sides::Sides;

/// Show what a change means: who gains and loses what, and why
///
/// Compares two states of the project by what they allow, not by their text. BASE and HEAD are revisions
/// of git's; nothing is checked out.
#[derive(Debug, clap::Args)]
#[command(after_long_help = json::SHAPE)]
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
    /// How to print the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    /// What makes the status 1
    #[arg(long, value_name = "WHAT")]
    pub(crate) fail_on: Vec<FailOn>,
    /// A file that lists what nobody may gain; who gains it makes the status 1
    #[arg(long, value_name = "FILE")]
    pub(crate) sensitive: Option<PathBuf>,
}

/// How the answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// For a comment on a pull request
    Markdown,
    /// For programs
    Json,
}

/// What was found.
#[derive(Debug)]
struct Answer {
    sides: Sides,
    difference: Difference,
    /// Where it was asked for.
    gate: Option<Gate>,
}

/// Compares the two sides.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let sensitive = args.sensitive.as_ref().map(|file| Sensitive::read(file, session)).transpose()?;
    let sides = Sides::compile(args, session)?;
    let catalog = session.catalog()?;
    let now = args.at.unwrap_or_else(clock::now);
    let progress = session.phase("comparing");
    let difference = iamc_diff::compare(sides.base.side(), sides.head.side(), &catalog, now);
    let gate = sensitive.map(|sensitive| sensitive.ask(&sides, &catalog, now));
    drop(progress);
    let answer = Answer { sides, difference, gate };
    let text = match args.format {
        Format::Human => human::text(&answer, Paint::new(session.color()), session.global.verbose),
        Format::Markdown => markdown::text(&answer),
        Format::Json => crate::answer::json(&json::value(&answer)),
    };
    session.print(&text)?;
    judge(args, &answer, session)
}

/// Whether the difference is one on which to fail, said on standard error.
fn judge(args: &Args, answer: &Answer, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut asked = args.fail_on.clone();
    asked.sort_unstable();
    asked.dedup();
    let sensitive = answer.gate.as_ref().and_then(Gate::found);
    let sensitive = sensitive.map(|found| format!("error: --sensitive: {found}\n"));
    let found = |fail_on: &FailOn| {
        let found = fail_on.found(&answer.difference)?;
        Some(format!("error: --fail-on {}: {found}\n", fail_on.name()))
    };
    let lines: String = sensitive.into_iter().chain(asked.iter().filter_map(found)).collect();
    session.print_error(&lines)?;
    Ok(if lines.is_empty() { Exit::Ok } else { Exit::Project })
}
