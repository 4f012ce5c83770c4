//! `iamc build`

use std::path::PathBuf;

use iamc_emitter::{Outputs, Rung};
use iamc_model::{Diagnostic, codes};

use crate::cli::MessageFormat;
use crate::compile::{Compilation, Draft};
use crate::exit::{Exit, Failure};
use crate::output::{self, Folder, Plan, Share};
use crate::session::Session;
use crate::stacks;

/// Bring out/ up to date
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write nothing; fail where out/ is not what would be written
    #[arg(long)]
    pub(crate) check: bool,
    /// Write to another folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let out = match &args.out {
        Some(named) => {
            let out = Folder::named(session.path(named), named);
            output::check_apart(&out, &session.root()?)?;
            out
        }
        None => Folder::of_project(&session.root()?),
    };
    // Before the sources are read: who writes last has read last.
    let _lock = session.lock(&out, if args.check { Share::Readers } else { Share::Alone })?;
    let mut draft = session.draft()?;
    let planned = draft.plan(&out, &mut session.progress())?;
    match (planned, args.check) {
        (Some((outputs, plan)), true) => check(draft, session, &out, &outputs, &plan),
        (Some((outputs, plan)), false) => build(draft, session, &out, &outputs, &plan),
        (None, true) => session.report(&draft.judge(), false),
        (None, false) => session.report_before_writing(&draft.judge()),
    }
}

fn build(
    draft: Draft,
    session: &mut Session<'_>,
    out: &Folder,
    outputs: &Outputs,
    plan: &Plan,
) -> Result<Exit, Failure> {
    let compilation = draft.judge();
    let exit = session.report_before_writing(&compilation)?;
    if exit == Exit::Ok {
        output::apply(out, outputs, plan, &mut session.progress())?;
        session.summarize(&summary(session.global.verbose, &compilation, out, plan))?;
    }
    Ok(exit)
}

/// What was done: a line, then the names that a reviewer wants to see.
fn summary(verbose: bool, compilation: &Compilation, out: &Folder, plan: &Plan) -> String {
    let mut lines = vec![format!(
        "{}/: {} written, {} removed, {} unchanged",
        out.label(),
        plan.changes.len(),
        plan.stale.len(),
        plan.unchanged
    )];
    if verbose {
        lines.extend(plan.changes.iter().map(|change| format!("  wrote {}", out.show(&change.path))));
    }
    lines.extend(plan.stale.iter().map(|path| format!("  removed {}", out.show(path))));
    lines.extend(plan.moves.iter().map(|moved| {
        format!(
            "  `{}` moves from {} to {}: it can be absent for seconds while the stack is updated",
            moved.statement, moved.from, moved.to
        )
    }));
    let unstable = compilation.stacks.stacks.iter().filter(|stack| stack.rung != Rung::Stable);
    lines.extend(unstable.map(|stack| {
        format!("  {} left the stable rung: {}", stack.principal, stacks::stability(stack.rung))
    }));
    lines.join("\n")
}

fn check(
    mut draft: Draft,
    session: &mut Session<'_>,
    out: &Folder,
    outputs: &Outputs,
    plan: &Plan,
) -> Result<Exit, Failure> {
    let is_listed = session.global.message_format == MessageFormat::Human;
    if !is_listed {
        draft.add(plan.differences(out));
    }
    let mut compilation = draft.judge();
    let is_foreign = |found: &Diagnostic| *found.code == codes::FOREIGN_FILE;
    let foreign = compilation.diagnostics.iter().any(is_foreign);
    let differs = foreign || !plan.is_current();
    if is_listed {
        compilation.diagnostics.retain(|found| !is_foreign(found));
    }
    let exit = session.report(&compilation, false)?;
    if is_listed && differs {
        list(session, out, outputs, plan, foreign)?;
    } else if exit == Exit::Ok {
        session.summarize(&format!("{}/: {} unchanged", out.label(), plan.unchanged))?;
    }
    Ok(exit.max(if differs { Exit::Project } else { Exit::Ok }))
}

/// The files that are not as they are to be, each with the first lines that differ.
fn list(
    session: &mut Session<'_>,
    out: &Folder,
    outputs: &Outputs,
    plan: &Plan,
    foreign: bool,
) -> Result<(), Failure> {
    for change in &plan.changes {
        session.print(&format!("{} {}\n", out.show(&change.path), change.what()))?;
        if change.exists {
            let old = out.read(&change.path)?.unwrap_or_default();
            let new = outputs.text(&change.path).unwrap_or_default();
            session.print(&output::first_differences(&String::from_utf8_lossy(&old), &new))?;
        }
    }
    for (path, what) in plan.rest(foreign) {
        session.print(&format!("{} {what}\n", out.show(path)))?;
    }
    session.summarize(&format!("{}/ is not what `iamc build` makes", out.label()))
}
