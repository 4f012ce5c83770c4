//! Values that fill placeholders: `params`, `[variables]`, the entries of `for-each`, and `with`.

use iamc_model::check::{Unfit, unfit_filling};
use iamc_model::declaration::{Param, With};
use iamc_model::name::is_placeholder_name;
use iamc_model::text::Segment;
use iamc_model::{Spanned, codes};

use crate::read::{Reader, Value};

/// Stands for a value that was reported, so that its placeholder is not called unfilled.
const STAND_IN: &str = "x";

/// All entries of a table, where `example` is the table to show.
pub(crate) fn params<'a>(reader: &mut Reader<'a>, value: Value<'a>, example: &str) -> Option<Vec<Param>> {
    let table = reader.table(value, example)?;
    let entries = reader.entries(table);
    Some(entries.filter_map(|entry| Some(param(reader, entry).unwrap_or(stand_in(entry)?))).collect())
}

fn stand_in(entry: Value<'_>) -> Option<Param> {
    let name = Spanned::new(entry.key.value.to_owned(), entry.key.span);
    let value = Spanned::new(STAND_IN.to_owned(), entry.span);
    is_placeholder_name(&name).then_some(Param { name, value })
}

/// One entry. None where it is wrong, which is reported.
pub(crate) fn param<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Option<Param> {
    let name = placeholder_name(reader, entry.key);
    let value = reader.string(entry)?;
    if let Some(unfit) = unfit_filling(value.value) {
        unfit_value(reader, entry, unfit);
        return None;
    }
    Some(Param { name: name?, value: Spanned::new(value.value.to_owned(), value.span) })
}

/// Checks a word that names a placeholder.
pub(crate) fn placeholder_name(reader: &mut Reader<'_>, word: Spanned<&str>) -> Option<Spanned<String>> {
    if !is_placeholder_name(word.value) {
        let message = format!("`{}` cannot name a placeholder", word.value);
        let help = "begin with a letter; write letters, digits, `-` and `_`, at most 128";
        reader.error(&codes::INVALID_NAME, message, word.span, "not a placeholder's name", help);
        return None;
    }
    Some(Spanned::new(word.value.to_owned(), word.span))
}

/// The entries of `with`, whose values may themselves hold placeholders.
pub(crate) fn with<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<With>> {
    let table = reader.table(value, "with = { bucket = \"ml-data\" }")?;
    let entries = reader.entries(table);
    Some(entries.filter_map(|entry| with_entry(reader, entry)).collect())
}

fn with_entry<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Option<With> {
    let name = placeholder_name(reader, entry.key);
    let value = reader.text_or_empty(entry)?;
    let literals = value.segments.iter().filter_map(|segment| match segment {
        Segment::Literal(literal) => Some(literal.as_str()),
        Segment::Placeholder(_) => None,
    });
    let unfit = if value.segments.is_empty() {
        Some(Unfit::Empty)
    } else {
        literals.filter_map(unfit_filling).next()
    };
    if let Some(unfit) = unfit {
        unfit_value(reader, entry, unfit);
        return None;
    }
    Some(With { name: name?, value })
}

fn unfit_value(reader: &mut Reader<'_>, entry: Value<'_>, unfit: Unfit) {
    let name = entry.key.value;
    let message = format!("the value of `{name}` cannot fill a placeholder");
    let (label, help) = match unfit {
        Unfit::Empty => ("empty".to_owned(), "write a value that is not empty".to_owned()),
        Unfit::Character(_, c) => {
            let what =
                if c.is_ascii_graphic() { format!("`{c}`") } else { format!("U+{:04X}", u32::from(c)) };
            (
                format!("holds {what}"),
                "write it without `*`, `?`, `$`, braces, blanks and control characters".to_owned(),
            )
        }
    };
    reader.error(&codes::INVALID_FILLING, message, entry.span, label, help);
}
