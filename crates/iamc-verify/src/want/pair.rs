//! Which item of a list is which.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Want;
use crate::yaml::{Node, Value};

/// The items of a list beside those that it has to hold.
#[derive(Debug, Default)]
pub(super) struct Pairs<'w, 'n, 't> {
    pub(super) both: Vec<(&'w Want, &'n Node<'t>)>,
    pub(super) missing: Vec<&'w Want>,
    pub(super) more: Vec<&'n Node<'t>>,
}

/// Pairs what is equal, then what bears one name; of what is left, one and one belong together.
pub(super) fn pair<'w, 'n, 't>(wants: &'w [Want], nodes: &'n [Node<'t>]) -> Pairs<'w, 'n, 't> {
    let mut waiting: BTreeMap<String, Vec<&Want>> = BTreeMap::new();
    for want in wants.iter().rev() {
        waiting.entry(name(want)).or_default().push(want);
    }
    let mut pairs = Pairs::default();
    for node in nodes {
        match waiting.get_mut(&name_of(node, wants)).and_then(|named| take(named, node)) {
            Some(want) => pairs.both.push((want, node)),
            None => pairs.more.push(node),
        }
    }
    let mut missing: Vec<&Want> = waiting.into_values().flatten().collect();
    pairs.more.retain(|node| match missing.iter().position(|want| is(want, node)) {
        Some(at) => {
            missing.remove(at);
            false
        }
        None => true,
    });
    pairs.missing = missing;
    if let ([want], [node]) = (&pairs.missing[..], &pairs.more[..]) {
        pairs.both.push((want, node));
        pairs.missing.clear();
        pairs.more.clear();
    }
    pairs
}

/// Of those with one name the one that is equal, else the first, which stands last.
fn take<'w>(named: &mut Vec<&'w Want>, node: &Node<'_>) -> Option<&'w Want> {
    match named.iter().rposition(|want| is(want, node)) {
        Some(at) => Some(named.remove(at)),
        None => named.pop(),
    }
}

fn name(want: &Want) -> String {
    match want {
        Want::Map(entries, _) => entries.first().map_or_else(String::new, |(_, first)| first.to_string()),
        _ => want.to_string(),
    }
}

fn name_of(node: &Node<'_>, wants: &[Want]) -> String {
    let first = wants.iter().find_map(|want| match want {
        Want::Map(entries, _) => entries.first().map(|(key, _)| key),
        _ => None,
    });
    match (&node.value, first) {
        (Value::Map(_), Some(first)) => node.get(first).map_or_else(String::new, ToString::to_string),
        _ => node.to_string(),
    }
}

/// Whether a value is all that it has to be.
fn is(want: &Want, node: &Node<'_>) -> bool {
    match (want, &node.value) {
        (Want::Any, _) => true,
        (Want::Text(want), _) => node.text() == Some(want),
        (Want::Number(want), Value::Other(found)) => want.to_string() == **found,
        (Want::Ref(want), Value::Ref(found)) => want == found,
        (Want::List(wants, _), Value::List(nodes)) => {
            let is_found = |want| nodes.iter().any(|node| is(want, node));
            let is_wanted = |node| wants.iter().any(|want| is(want, node));
            wants.len() == nodes.len() && wants.iter().all(is_found) && nodes.iter().all(is_wanted)
        }
        (Want::Map(wants, _), Value::Map(entries)) => {
            let found = |(key, want): &(Cow<'static, str>, Want)| match node.get(key) {
                Some(node) => is(want, node),
                None => want.is_empty(),
            };
            let known = |key: &str| wants.iter().any(|(known, _)| known == key);
            wants.iter().all(found) && entries.iter().all(|entry| known(&entry.key))
        }
        _ => false,
    }
}
