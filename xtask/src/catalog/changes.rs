//! What a renewal changes.

use std::collections::BTreeMap;

/// How many names of each kind are printed.
const SHOWN: usize = 12;

/// Prints how two texts differ: the lines of services with their actions, or of managed policies.
pub(crate) fn print(old: &str, new: &str) {
    let (old, new) = (by_name(old), by_name(new));
    for kind in ["service", "action", "resource", "key", "policy"] {
        let of = |(name, _): &(&(&str, String), &&str)| name.0 == kind;
        let added = names(new.iter().filter(of).filter(|(name, _)| !old.contains_key(name)));
        let removed = names(old.iter().filter(of).filter(|(name, _)| !new.contains_key(name)));
        let is_other =
            |(name, line): &(&(&str, String), &&str)| old.get(name).is_some_and(|old| old != *line);
        let changed = names(new.iter().filter(of).filter(is_other));
        for (what, names) in [("added", added), ("removed", removed), ("changed", changed)] {
            print_names(kind, what, &names);
        }
    }
}

fn print_names(kind: &str, what: &str, names: &[String]) {
    if !names.is_empty() {
        let more = if names.len() > SHOWN { ", …" } else { "" };
        println!("{kind}: {} {what}: {}{more}", names.len(), names[..names.len().min(SHOWN)].join(", "));
    }
}

fn names<'a>(lines: impl Iterator<Item = (&'a (&'a str, String), &'a &'a str)>) -> Vec<String> {
    lines.map(|((_, name), _)| name.clone()).collect()
}

/// The lines by their first word and their name, which has the service before it.
fn by_name(text: &str) -> BTreeMap<(&str, String), &str> {
    let mut service = "";
    let mut lines = BTreeMap::new();
    for line in text.lines().skip(1) {
        let Some((word, rest)) = line.split_once(' ') else { continue };
        let name = rest.split(' ').next().unwrap_or_default();
        service = if word == "service" { name } else { service };
        let name = if ["service", "policy", "key"].contains(&word) {
            name.to_owned()
        } else {
            format!("{service}:{name}")
        };
        lines.insert((word, name), line);
    }
    lines
}
