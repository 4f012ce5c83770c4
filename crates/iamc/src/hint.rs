//! A note on a question about an action that AWS does not have: its answer is true, and not what was
//! meant.

use iamc_lint::Unknown;

use crate::exit::Failure;
use crate::session::Session;

/// Says on the stream of diagnostics that AWS does not have the action, or nothing that the pattern
/// covers.
pub(crate) fn on_action(action: &str, session: &mut Session<'_>) -> Result<(), Failure> {
    let catalog = session.catalog()?;
    match Unknown::of(action, &catalog).filter(|_| !session.global.quiet) {
        Some(Unknown { message, help, .. }) => {
            session.print_error(&format!("note: {message}\n  help: {help}\n"))
        }
        None => Ok(()),
    }
}
