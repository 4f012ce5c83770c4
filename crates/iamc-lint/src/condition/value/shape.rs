//! Values by what their operator compares.

use iamc_model::Timestamp;

use super::super::address::Range;
use super::Wrong;
use crate::pattern::has_wildcard;
use crate::variable;
use crate::written::HOLE;

/// 1990-01-01: a number below it was hardly meant as seconds since 1970.
const EARLIEST: i64 = 631_152_000;

/// A number that is read as seconds since 1970 and was hardly meant so.
pub(super) fn date(value: &str) -> Option<Wrong> {
    let seconds = value.parse().ok().filter(|&seconds| seconds < EARLIEST)?;
    let help = match seconds {
        1990..3000 => format!("write `{value}-01-01T00:00:00Z` for the beginning of that year"),
        _ => "write a date such as `2027-01-01T00:00:00Z`".to_owned(),
    };
    let why = format!("is read as seconds since 1970: {}", Timestamp(seconds));
    Some(Wrong::new(why, "not the date that it seems", help))
}

/// Bits behind the prefix, which IAM ignores.
pub(super) fn range(value: &str) -> Option<Wrong> {
    let range = Range::parse(value)?.without_host_bits()?;
    let address = value.split('/').next().unwrap_or(value);
    let help = format!("write `{range}`, or `{address}` for this address alone");
    Some(Wrong::new(
        format!("is the whole of `{range}`: the bits behind the prefix are ignored"),
        "a wider range",
        help,
    ))
}

/// What cannot be an ARN: operators on ARNs compare six fields.
pub(super) fn arn(value: &str) -> Option<Wrong> {
    let written = variable::without(value);
    let is_whole = value == "*" || written.splitn(6, ':').count() == 6 && is_arn_start(value);
    let is_open = value.starts_with("${") || value.starts_with(HOLE);
    let help = "write all six fields, such as `arn:aws:iam::123456789876:role/Deploy`, with `*` for what is left open";
    (!is_whole && !is_open).then(|| Wrong::never("does not have an ARN's six fields", "no ARN", help))
}

/// What is compared as text with an ARN, and is none.
pub(super) fn text_of_arn(value: &str) -> Option<Wrong> {
    let help = "write the whole ARN, such as `arn:aws:iam::123456789876:role/Deploy`";
    let is_arn = value.starts_with("arn:") && value.splitn(6, ':').count() == 6;
    (!is_arn).then(|| Wrong::never("is no ARN, and the key always is one", "no ARN", help))
}

fn is_arn_start(value: &str) -> bool {
    let first = value.split(':').next().unwrap_or_default();
    first == "arn" || has_wildcard(first)
}

/// A blank at an end, which IAM compares with the rest.
pub(super) fn blank(value: &str) -> Option<Wrong> {
    let trimmed = value.trim();
    let help = format!("write `{trimmed}`");
    let is_blank = trimmed != value && !trimmed.is_empty();
    is_blank.then(|| {
        Wrong::new(
            "begins or ends with a blank, which is compared like any character",
            "a blank at its end",
            help,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(wrong: Option<Wrong>) -> Option<String> {
        wrong.map(|wrong| wrong.why)
    }

    #[test]
    fn numbers_that_are_no_dates() {
        assert_eq!(why(date("2027")).as_deref(), Some("is read as seconds since 1970: 1970-01-01T00:33:47Z"));
        assert!(why(date("20270101")).is_some() && why(date("-1")).is_some());
        assert!(why(date("1798761600")).is_none() && why(date("2027-01-01")).is_none());
    }

    #[test]
    fn arns_have_six_fields() {
        for value in
            ["*", "arn:aws:iam::1:role/a", "arn:*:iam::*:role/*", "${aws:PrincipalArn}", "*:*:*:*:*:*"]
        {
            assert!(why(arn(value)).is_none(), "{value}");
        }
        for value in ["arn:aws:s3", "JaneDoe", "arn:aws:iam:1:role/a", "a:b:c:d:e:f", "arn:aws:*"] {
            assert!(why(arn(value)).is_some(), "{value}");
        }
    }
}
