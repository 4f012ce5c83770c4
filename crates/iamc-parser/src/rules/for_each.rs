//! `for-each`: one declaration for each entry.

use iamc_model::declaration::ForEachEntry;
use toml::de::DeTable;

use super::params;
use crate::read::{Reader, Value};

const EXAMPLE: &str = "{ name = \"Sales\" }";

/// The entries. None where any of them is wrong, which is reported.
pub(crate) fn for_each<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<ForEachEntry>> {
    reader.sound(|reader| {
        let items = reader.filled_array(value, "an array of tables", EXAMPLE)?;
        Some(items.filter_map(|item| entry(reader, item)).collect())
    })
}

fn entry<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<ForEachEntry> {
    let table = reader.table(item, EXAMPLE)?;
    if table.is_empty() {
        reader.empty(item, format!("write `{EXAMPLE}`"));
        return None;
    }
    let entries = reader.entries(table);
    let params = entries.filter_map(|entry| params::param(reader, entry)).collect();
    Some(ForEachEntry { span: item.span, params })
}

/// The names that a declaration seems to make, whatever else is wrong with it.
pub(crate) fn names(entry: Value<'_>) -> Vec<String> {
    let pattern = entry.key.value;
    let for_each = entry.node.as_table().and_then(|table| table.get("for-each"));
    let tables =
        for_each.and_then(|node| node.get_ref().as_array()).map(|items| &items[..]).unwrap_or_default();
    let names = tables.iter().filter_map(|item| item.get_ref().as_table()).map(|table| fill(pattern, table));
    let mut names: Vec<String> = names.collect();
    if names.is_empty() {
        names.push(pattern.to_owned());
    }
    names
}

fn fill(pattern: &str, table: &DeTable<'_>) -> String {
    let strings = table.iter().filter_map(|(key, node)| Some((key.get_ref(), node.get_ref().as_str()?)));
    strings.fold(pattern.to_owned(), |name, (key, value)| name.replace(&format!("{{{key}}}"), value))
}
