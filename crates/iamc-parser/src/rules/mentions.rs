//! The names that a declaration refers to although it could not be read: a template, groups, policies.

use iamc_model::Spanned;
use iamc_model::project::{DeclKind, Mention};
use toml::de::{DeTable, DeValue};

use crate::read::{Node, Reader, Value};

/// Keeps the names that stand in a declaration where they belong. What is not a name has been reported.
pub(crate) fn collect<'a>(reader: &mut Reader<'a>, kind: DeclKind, entry: Value<'a>) {
    match (kind, entry.node) {
        (DeclKind::Policy, DeValue::Table(table)) => {
            table.get("template").into_iter().for_each(|name| mention(reader, DeclKind::Template, name));
        }
        (DeclKind::Group | DeclKind::Principal(_), DeValue::Table(table)) => {
            members(reader, DeclKind::Policy, table, "policies");
            members(reader, DeclKind::Group, table, "groups");
        }
        (DeclKind::Principal(_), DeValue::Array(groups)) => {
            groups.iter().for_each(|group| member(reader, DeclKind::Group, group));
        }
        _ => {}
    }
}

fn members<'a>(reader: &mut Reader<'a>, kind: DeclKind, table: &'a DeTable<'a>, key: &str) {
    let items = table.get(key).and_then(|node| node.get_ref().as_array());
    items.into_iter().flatten().for_each(|item| member(reader, kind, item));
}

/// A name, or a table with one.
fn member<'a>(reader: &mut Reader<'a>, kind: DeclKind, item: &'a Node<'a>) {
    let name = item.get_ref().as_table().map_or(Some(item), |table| table.get("name"));
    name.into_iter().for_each(|name| mention(reader, kind, name));
}

fn mention<'a>(reader: &mut Reader<'a>, kind: DeclKind, node: &'a Node<'a>) {
    if let Some(name) = node.get_ref().as_str().filter(|name| !name.is_empty()) {
        let name = Spanned::new(name.to_owned(), reader.span(node.span()));
        reader.mentions.push(Mention { kind, name });
    }
}
