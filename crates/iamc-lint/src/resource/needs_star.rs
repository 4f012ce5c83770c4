//! Actions that AWS does not bind to resources.

use iamc_model::{Diagnostic, codes};

use super::fit::Reach;
use crate::words;
use crate::written::{Written, WrittenAction};

/// `action-needs-star` at the actions that take no resource but `*`, where the statement has others.
///
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
pub(super) fn check(reached: &[(&WrittenAction<'_>, Reach)], written: &Written<'_>) -> Option<Diagnostic> {
    let needing = reached.iter().filter(|(_, reach)| *reach == Reach::Star);
    let actions: Vec<&WrittenAction<'_>> = needing.map(|(action, _)| *action).collect();
    let (first, more) = actions.split_first()?;
    let names: Vec<&str> = actions.iter().map(|action| action.word).collect();
    let (takes, they) = if more.is_empty() { ("takes", "it") } else { ("take", "they") };
    let vain = if more.is_empty() { written.in_vain().to_owned() } else { plural(written.in_vain()) };
    let message = format!("{} {takes} no resource but `*`: here {they} {vain}", words::first_few(&names));
    let report = Diagnostic::new(&codes::ACTION_NEEDS_STAR, message, first.span, "not bound to resources");
    let report = more.iter().fold(report, |report, action| report.also(action.span, "nor is this"));
    let them = if more.is_empty() { "it" } else { "them" };
    Some(report.help(format!(
        "write {them} in a policy of {} own with `resources = [\"*\"]`",
        owner(more.is_empty())
    )))
}

fn plural(vain: &str) -> String {
    vain.replacen("s ", " ", 1)
}

fn owner(is_one: bool) -> &'static str {
    if is_one { "its" } else { "their" }
}
