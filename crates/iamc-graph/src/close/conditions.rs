//! Conditions of statements, and the time bound among them.

use iamc_model::grants::Conditions;
use iamc_model::{Operator, Timestamp};

const CURRENT_TIME: &str = "aws:CurrentTime";

/// Adds the values of a key.
pub(super) fn add(conditions: &mut Conditions, operator: Operator, key: &str, values: Vec<String>) {
    let all = conditions.entry(operator).or_default().entry(key.to_owned()).or_default();
    all.extend(values);
    all.sort_unstable();
    all.dedup();
}

/// Lets a statement hold before `until` only. A bound of its own is narrowed, never widened: the
/// latest of its values counts, as they are alternatives.
pub(super) fn bound(conditions: &mut Conditions, until: Timestamp) {
    let keys = conditions.entry(Operator::DATE_LESS_THAN).or_default();
    let own = keys.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(CURRENT_TIME));
    let Some((_, values)) = own else {
        keys.insert(CURRENT_TIME.to_owned(), vec![until.to_string()]);
        return;
    };
    // A value that is no date matches never, and so does a statement that has no other.
    if let Some(latest) = values.iter().filter_map(|value| Timestamp::parse(value)).max() {
        *values = vec![latest.min(until).to_string()];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounded(key: &str, values: &[&str]) -> Vec<(String, Vec<String>)> {
        let mut conditions = Conditions::new();
        if !values.is_empty() {
            let values = values.iter().map(|&value| value.to_owned()).collect();
            add(&mut conditions, Operator::DATE_LESS_THAN, key, values);
        }
        bound(&mut conditions, Timestamp(1_798_761_600));
        conditions.into_values().flatten().collect()
    }

    #[test]
    fn a_bound_is_added() {
        let expected = vec![("aws:CurrentTime".to_owned(), vec!["2027-01-01T00:00:00Z".to_owned()])];
        assert_eq!(bounded("", &[]), expected);
    }

    #[test]
    fn a_bound_of_its_own_is_narrowed_and_never_widened() {
        for (own, expected) in [
            (&["2028-01-01T00:00:00Z"][..], "2027-01-01T00:00:00Z"),
            (&["2026-06-01"], "2026-06-01T00:00:00Z"),
            (&["2026-06-01", "2026-07-01T00:00:00+02:00"], "2026-06-30T22:00:00Z"),
            (&["2026-06-01", "1830297600"], "2027-01-01T00:00:00Z"),
        ] {
            let expected = vec![("AWS:currenttime".to_owned(), vec![expected.to_owned()])];
            assert_eq!(bounded("AWS:currenttime", own), expected);
        }
    }
}
