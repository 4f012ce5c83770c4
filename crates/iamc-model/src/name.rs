//! The syntax of names, and the nearest of them to a misspelt one.

/// Whether `name` can name a policy, a group or a template: `[A-Za-z][A-Za-z0-9_-]{0,127}`.
pub fn is_declaration_name(name: &str) -> bool {
    is_name(name, 128)
}

/// Whether `name` can name a service user or a role: `[A-Za-z][A-Za-z0-9_-]{0,63}`.
pub fn is_principal_name(name: &str) -> bool {
    is_name(name, 64)
}

/// Whether `name` can name a placeholder: `[A-Za-z][A-Za-z0-9_-]{0,127}`.
pub fn is_placeholder_name(name: &str) -> bool {
    is_name(name, 128)
}

fn is_name(name: &str, most: usize) -> bool {
    name.len() <= most
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-'))
}

/// The candidate nearest to `word` by edit distance (transpositions count once, case counts little),
/// if it is near enough to be what was meant: a third of the longer one may differ, so that of names of
/// one or two characters nothing may. Of equally near ones the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let most = |candidate: &str| word.len().max(candidate.len()) / 3;
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= most(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, candidate)| distance <= most(candidate))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_an_alphabet_and_a_length() {
        assert!(is_declaration_name("S3Allow_read-1"));
        for name in ["", "1a", "-a", "a b", "a.b", "é", "a\n", &"a".repeat(129)] {
            assert!(!is_declaration_name(name), "{name:?}");
        }
        assert!(is_principal_name(&"a".repeat(64)) && !is_principal_name(&"a".repeat(65)));
    }

    #[test]
    fn the_nearest_name_is_what_was_meant() {
        let groups = ["TeamML", "TeamADev", "TeamAProd", "Base"];
        assert_eq!(nearest("TeamMl", groups), Some("TeamML"));
        assert_eq!(nearest("TaemAProd", groups), Some("TeamAProd"));
        assert_eq!(nearest("Bsae", groups), Some("Base"));
        assert_eq!(nearest("acton", ["actions", "effect"]), Some("actions"));
        assert_eq!(nearest("Production", groups), None);
        assert_eq!(nearest("X", ["Y", "x"]), Some("x"));
        assert_eq!(nearest("I", ["A", "B"]), None);
    }
}
