//! `tags`: of a role or user.

use std::collections::BTreeMap;

use iamc_model::declaration::Tag;
use iamc_model::{Diagnostic, Span, Spanned, codes};

use crate::read::{Reader, Value};

/// The tags of a table. IAM holds keys that differ only in case to be the same.
pub(crate) fn tags<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<Tag>> {
    let table = reader.table(value, "tags = { team = \"ml\" }")?;
    let mut seen = BTreeMap::new();
    let mut tags = vec![];
    for entry in reader.entries(table) {
        if let Some(tag) = tag(reader, entry, &mut seen) {
            tags.push(tag);
        }
    }
    Some(tags)
}

fn tag<'a>(reader: &mut Reader<'a>, entry: Value<'a>, seen: &mut BTreeMap<String, Span>) -> Option<Tag> {
    let key = entry.key;
    if key.value.is_empty() {
        let help = "write a tag's key between the quotes";
        reader.error(&codes::EMPTY_VALUE, "a tag has no key", key.span, "nothing stands here", help);
        return None;
    }
    let value = reader.text_or_empty(entry);
    if let Some(&first) = seen.get(&key.value.to_lowercase()) {
        let message = format!("tag `{}` is given twice", key.value);
        let diagnostic = Diagnostic::new(&codes::DUPLICATE_TAG, message, key.span, "given again");
        let help = "remove one of them: IAM compares the keys of tags without regard to case";
        reader.report(diagnostic.also(first, "first given here").help(help));
        return None;
    }
    seen.insert(key.value.to_lowercase(), key.span);
    Some(Tag { key: Spanned::new(key.value.to_owned(), key.span), value: value? })
}
