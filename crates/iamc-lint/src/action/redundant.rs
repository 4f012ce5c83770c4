//! Actions that another action of the same statement covers.

use iamc_catalog::{Catalog, covers};
use iamc_model::{Diagnostic, codes};

use crate::written::{Written, WrittenAction};

/// `redundant-action` at each action that another covers; of two that are the same at the later.
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let actions = written.actions.iter().enumerate();
    let covered = actions.filter_map(|(at, action)| Some((action, covering(at, &written.actions)?)));
    covered.map(|(action, by)| report(action, by)).collect()
}

/// The first action that covers the one at this place. Only a wildcard covers what differs from it.
fn covering<'w, 'a>(at: usize, actions: &'w [WrittenAction<'a>]) -> Option<&'w WrittenAction<'a>> {
    let action = actions.get(at)?;
    let mut others = actions.iter().enumerate().filter(|&(other, _)| other != at);
    others.find(|(place, other)| is_covering(other, action, *place < at)).map(|(_, other)| other)
}

fn is_covering(other: &WrittenAction<'_>, action: &WrittenAction<'_>, is_before: bool) -> bool {
    match other.word.eq_ignore_ascii_case(action.word) {
        true => is_before,
        false => other.is_pattern() && covers(other.word, action.word),
    }
}

fn report(action: &WrittenAction<'_>, by: &WrittenAction<'_>) -> Diagnostic {
    let is_same = action.word.eq_ignore_ascii_case(by.word);
    let message = match is_same {
        true => format!("`{}` stands here twice", action.word),
        false => format!("`{}` adds nothing to `{}`, which covers it", action.word, by.word),
    };
    let label = if is_same { "the first" } else { "covers it" };
    Diagnostic::new(&codes::REDUNDANT_ACTION, message, action.span, "can go")
        .also(by.span, label)
        .help(format!("remove `{}`", action.word))
}
