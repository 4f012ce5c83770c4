//! Levels of lints.

use iamc_model::{Code, Level, Project, Span, codes};

use crate::{Aspect, Change, Risk, SideOf};

/// Every lint that counts for more or less than it did.
pub(super) fn changes(base: &Project, head: &Project) -> Vec<Change> {
    codes::ALL.iter().filter_map(|code| change(code, base, head)).collect()
}

fn change(code: &Code, base: &Project, head: &Project) -> Option<Change> {
    let ((was, from), (is, at)) = (level(code, base)?, level(code, head)?);
    let words = format!("the lint `{}` goes from `{}` to `{}`", code.rule(), was.name(), is.name());
    let change = Change::new(Aspect::Lints, words.clone()).risk(Risk::WeakenedCheck, is < was);
    let change = match at {
        Some(span) => change.at(SideOf::Head, span, words),
        None => change.at(SideOf::Base, from.unwrap_or(Span::BUILTIN), words),
    };
    (was != is).then_some(change)
}

/// The level of a lint, and where it is set; none for an error, which has no level.
fn level(code: &Code, project: &Project) -> Option<(Level, Option<Span>)> {
    let default = code.level?;
    let set = project.settings.lints.iter().find(|(lint, _)| lint.value == code.rule());
    Some(set.map_or((default, None), |(lint, level)| (*level, Some(lint.span))))
}
