//! What answers are made of: aligned columns, colours, places in files.

mod paint;
mod place;
mod table;

use clap::ValueEnum;
use iamc_model::PrincipalKind;

pub(crate) use paint::Paint;
pub(crate) use place::Places;
pub(crate) use table::{Cell, Table};

/// How an answer is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
}

/// A JSON document, indented, with a line break at its end.
pub(crate) fn json(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// What a decision does not take into account: with the principal's own permissions boundary, if it has
/// one.
pub(crate) fn left_out(boundary: Option<&str>) -> String {
    let boundary = boundary.map(|arn| format!("the permissions boundary {arn}, ")).unwrap_or_default();
    format!(
        "Left out: {boundary}service and resource control policies and session policies can only take away; \
         a resource's own policy can add."
    )
}

/// `1 path`, `2 paths`.
pub(crate) fn count(number: impl TryInto<u64>, singular: &str, plural: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    format!("{} {}", thousands(number), if number == 1 { singular } else { plural })
}

/// One principal of a kind, and many.
pub(crate) fn nouns(kind: PrincipalKind) -> (&'static str, &'static str) {
    match kind {
        PrincipalKind::Engineer => ("engineer", "engineers"),
        PrincipalKind::ServiceUser => ("service user", "service users"),
        PrincipalKind::Role => ("role", "roles"),
    }
}

/// `6,144`
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut groups = vec![&digits[..first]];
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.retain(|group| !group.is_empty());
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [0, 999, 6144, 51_200, 1_000_000].map(thousands).join(" "),
            "0 999 6,144 51,200 1,000,000"
        );
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(count(1usize, "path", "paths"), "1 path");
        assert_eq!(count(1234usize, "path", "paths"), "1,234 paths");
    }
}
