//! `iamc test`

mod examine;
mod never;
mod report;
mod story;
mod subjects;

use iamc_effective::Accesses;
use iamc_model::{Diagnostic, codes, diagnostic, lints};

use crate::answer::{count, thousands};
use crate::compile::Compilation;
use crate::exit::{Exit, Failure};
use crate::session::Session;
use examine::Examiner;

/// Say which assertions do not hold, and why
///
/// Assertions are the `[[assert]]` tables of assertions.toml: what must be allowed, and what must not. A
/// test never looks at the clock.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Tries every assertion.
pub(crate) fn run(_: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut compilation = session.compile()?;
    let assertions = compilation.project.assertions.len();
    if assertions == 0 {
        session.summarize(
            "no assertions: `[[assert]]` in assertions.toml says what must and must not be allowed",
        )?;
        return Ok(Exit::Ok);
    }
    let catalog = session.catalog()?;
    let findings: Vec<Vec<Diagnostic>> = {
        let _progress = session.phase("deciding");
        let accesses = Accesses::new(compilation.built(), &catalog);
        let examiner = Examiner::new(&compilation, &accesses, &catalog);
        compilation.project.assertions.iter().map(|assertion| examiner.examine(assertion)).collect()
    };
    let has_failed =
        |findings: &&Vec<Diagnostic>| findings.iter().any(|it| *it.code == codes::FAILED_ASSERTION);
    let failed = findings.iter().filter(has_failed).count();
    judge(&mut compilation, findings);
    let exit = session.report(&compilation, false)?;
    let assertions = count(assertions, "assertion", "assertions");
    session.summarize(&format!("{assertions}, {} failed", thousands(failed as u64)))?;
    Ok(exit)
}

/// Gives the lints among the findings their levels. What was reported when the project was compiled is not
/// said again.
fn judge(compilation: &mut Compilation, findings: Vec<Vec<Diagnostic>>) {
    let findings = findings.into_iter().flatten().collect();
    let mut findings = lints::apply(findings, &compilation.project, |_| false);
    findings.retain(|finding| !compilation.diagnostics.contains(finding));
    diagnostic::sort(&mut findings);
    compilation.diagnostics = findings;
}
