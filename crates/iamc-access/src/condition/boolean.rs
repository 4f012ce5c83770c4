//! `Bool`: true or false, in any case.

/// Whether both are true, or both false.
pub(super) fn matches(wanted: &str, got: &str) -> bool {
    parse(got).is_some() && parse(got) == parse(wanted)
}

/// Reads `true` or `false` without regard to case.
pub(crate) fn parse(text: &str) -> Option<bool> {
    [true, false].into_iter().find(|value| text.eq_ignore_ascii_case(&value.to_string()))
}
