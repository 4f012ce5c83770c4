//! Words that several reports use.

use iamc_graph::bounds;
use iamc_graph::bounds::Bound;
use iamc_model::Timestamp;
use iamc_model::grants::Conditions;

/// How many names are listed before the rest is counted.
const MOST: usize = 4;

/// `` `a`, `b` and `c` ``; of many the first, and how many more.
pub(crate) fn list(words: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = words.iter().take(MOST).map(|word| format!("`{}`", word.as_ref())).collect();
    match (words.len().saturating_sub(MOST), &quoted[..]) {
        (0, [most @ .., last]) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        (0, _) => quoted.concat(),
        (rest, _) => format!("{} and {rest} more", quoted.join(", ")),
    }
}

/// `permanently`, or `until 2026-12-31`.
pub(crate) fn bound(until: Option<Timestamp>) -> String {
    until.map_or("permanently".to_owned(), bounds::until)
}

/// The same of a bound.
pub(crate) fn bound_of(held: Bound) -> String {
    bound(held.until())
}

/// `` from `a` to `b` ``, where either can be missing.
pub(crate) fn from_to(what: &str, from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{what} goes from `{from}` to `{to}`"),
        (None, Some(to)) => format!("{what} is new: `{to}`"),
        (Some(from), None) => format!("{what} is gone: it was `{from}`"),
        (None, None) => format!("{what} is not set"),
    }
}

/// `` , where StringEquals `key` is `a` or `b` ``; nothing where there are no conditions.
pub(crate) fn conditions(conditions: &Conditions) -> String {
    let all = conditions.iter().flat_map(|(operator, keys)| keys.iter().map(move |entry| (operator, entry)));
    let each: Vec<String> =
        all.map(|(operator, (key, values))| format!("{operator} `{key}` {}", list(values))).collect();
    if each.is_empty() { String::new() } else { format!(", where {}", each.join(" and ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_short() {
        assert_eq!(list(&["a"]), "`a`");
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(list(&["a", "b", "c", "d", "e", "f"]), "`a`, `b`, `c`, `d` and 2 more");
    }
}
