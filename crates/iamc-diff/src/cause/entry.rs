//! The entries of `for-each`.

use std::borrow::Cow;

use iamc_model::Text;
use iamc_model::declaration::{ForEachEntry, Param};

use super::of_value;
use crate::Cause;

/// The entry by which a declaration makes what is called `name`.
pub(super) fn of_name<'a>(
    declared: &Text,
    entries: Option<&'a [ForEachEntry]>,
    name: &str,
) -> Option<&'a ForEachEntry> {
    let value = |entry: &'a ForEachEntry, placeholder: &str| -> Option<Cow<'a, str>> {
        let param = entry.params.iter().find(|param| param.name.value == placeholder)?;
        Some(Cow::from(param.value.as_str()))
    };
    let makes = |entry: &&'a ForEachEntry| {
        declared.fill(|placeholder| value(entry, &placeholder.name)).is_ok_and(|made| made == name)
    };
    entries?.iter().find(makes)
}

/// The values that are not the same in two entries for `name`.
pub(super) fn changes(name: &str, base: &ForEachEntry, head: &ForEachEntry) -> Vec<Cause> {
    let find = |entry: &ForEachEntry, param: &Param| {
        let found = entry.params.iter().find(|other| other.name.value == param.name.value)?;
        Some((found.value.value.clone(), found.value.span))
    };
    let of = |param: &Param| {
        let [base, head] = [find(base, param), find(head, param)];
        let sides = [&base, &head].map(|side| side.as_ref().map(|(value, span)| (value.as_str(), *span)));
        of_value(&format!("`{}` of `{name}`", param.name.value), sides)
    };
    base.params.iter().chain(&head.params).filter_map(of).collect()
}
