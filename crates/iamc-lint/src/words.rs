//! Lists as people write them.

use std::fmt::Display;

/// `` `a`, `b` and `c` ``
pub(crate) fn and(items: &[impl Display]) -> String {
    join(items, "and")
}

/// `` `a`, `b` or `c` ``
pub(crate) fn or(items: &[impl Display]) -> String {
    join(items, "or")
}

fn join(items: &[impl Display], last: &str) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
    match quoted.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, start)) => format!("{} {last} {end}", start.join(", ")),
        None => String::new(),
    }
}

/// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and 3 more ``
pub(crate) fn first_few(items: &[impl Display]) -> String {
    match items {
        [first, second, _, _, ..] => format!("`{first}`, `{second}` and {} more", items.len() - 2),
        few => and(few),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        assert_eq!(and(&["a"]), "`a`");
        assert_eq!(or(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(first_few(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(first_few(&["a", "b", "c", "d"]), "`a`, `b` and 2 more");
    }
}
