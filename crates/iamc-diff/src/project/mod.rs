//! What changes for the project as a whole: what weakens its checks above all.

mod assertions;
mod content;
mod kubernetes;
mod lints;
mod settings;
mod silences;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use iamc_model::Span;

use crate::comparison::Comparison;
use crate::{Aspect, Change, SideOf, words};

/// All of it, in the order of [`Aspect`].
pub(crate) fn changes(comparison: &Comparison<'_>) -> Vec<Change> {
    let Comparison { base, head } = comparison;
    let mut changes = lints::changes(base.project, head.project);
    changes.extend(silences::changes(base.project, head.project));
    changes.extend(assertions::changes(base.project, head.project));
    changes.extend(settings::limits(&base.project.settings.limits, &head.project.settings.limits));
    changes.extend(kubernetes::changes(&base.project.settings, &head.project.settings));
    changes.extend(settings::changes(&base.project.settings, &head.project.settings));
    changes
}

/// A value and where it is written.
type Value = (String, Span);

/// What is told of each key whose value is not the same on both sides.
fn values(
    aspect: Aspect,
    base: &BTreeMap<String, Value>,
    head: &BTreeMap<String, Value>,
    what: impl Fn(&str) -> String,
) -> Vec<Change> {
    let mut keys: Vec<&String> = base.keys().chain(head.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter().filter_map(|key| value(aspect, &what(key), base.get(key), head.get(key))).collect()
}

fn value(aspect: Aspect, what: &str, base: Option<&Value>, head: Option<&Value>) -> Option<Change> {
    let text = |value: Option<&Value>| value.map(|(text, _)| text.clone());
    let (was, is) = (text(base), text(head));
    if was == is {
        return None;
    }
    let words = words::from_to(what, was.as_deref(), is.as_deref());
    let change = Change::new(aspect, words.clone());
    Some(match (base, head) {
        (_, Some((_, span))) if !span.is_builtin() => change.at(SideOf::Head, *span, words),
        (Some((_, span)), _) => change.at(SideOf::Base, *span, words),
        _ => change,
    })
}
