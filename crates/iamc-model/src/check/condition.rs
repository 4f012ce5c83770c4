//! Which values a condition operator can compare.

use std::net::IpAddr;

use crate::condition::{Operator, ValueType};
use crate::time::Timestamp;

/// Whether a condition operator can compare this value. Strings and ARNs are not judged.
pub fn is_condition_value(operator: Operator, value: &str) -> bool {
    match operator.base.value_type() {
        ValueType::String | ValueType::Arn => true,
        ValueType::Number => is_number(value),
        ValueType::Date => is_date(value),
        ValueType::Bool => value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"),
        ValueType::Binary => is_base64(value),
        ValueType::IpAddress => is_address(value),
    }
}

/// What [`is_condition_value`] wants for this operator, with an example, for a help.
pub fn wanted_condition_value(operator: Operator) -> &'static str {
    match operator.base.value_type() {
        ValueType::String => "a string",
        ValueType::Arn => "an ARN",
        ValueType::Number => "a number such as \"10\" or \"0.5\"",
        ValueType::Date => "a date such as \"2027-01-01T00:00:00Z\", or seconds since 1970",
        ValueType::Bool => "\"true\" or \"false\"",
        ValueType::Binary => "Base64 such as \"aWFtYw==\"",
        ValueType::IpAddress => "an address or range such as \"203.0.113.0/24\" or \"2001:db8::/32\"",
    }
}

fn is_number(value: &str) -> bool {
    let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

fn is_date(value: &str) -> bool {
    let characters = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | ':' | '.' | 'T' | 'Z');
    value.chars().all(characters)
        && Timestamp::parse(value).is_some_and(|at| (Timestamp::MIN..=Timestamp::MAX).contains(&at))
}

fn is_base64(value: &str) -> bool {
    let digits = value.trim_end_matches('=');
    value.len().is_multiple_of(4)
        && value.len() - digits.len() <= 2
        && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

fn is_address(value: &str) -> bool {
    let (address, prefix) = value.split_once('/').map_or((value, None), |(a, prefix)| (a, Some(prefix)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    prefix.is_none_or(|prefix| {
        prefix.bytes().all(|byte| byte.is_ascii_digit())
            && prefix.parse::<u8>().is_ok_and(|bits| bits <= most)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn condition_values() {
        let check =
            |operator: &str, value: &str| is_condition_value(operator.parse().expect("an operator"), value);
        for (operator, value) in [
            ("NumericEquals", "-1.5"),
            ("DateLessThan", "2027-01-01"),
            ("DateLessThan", "2027-01-01T00:00:00Z"),
            ("DateLessThan", "2027-01-01T00:00:00+01:00"),
            ("DateLessThan", "1798761600"),
            ("BoolIfExists", "true"),
            ("Null", "False"),
            ("BinaryEquals", "aWFtYw=="),
            ("IpAddress", "203.0.113.0/24"),
            ("NotIpAddress", "2001:db8::/32"),
            ("StringLike", "anything"),
        ] {
            assert!(check(operator, value), "{operator} {value}");
        }
        for (operator, value) in [
            ("NumericEquals", "1e3"),
            ("NumericEquals", ".5"),
            ("DateLessThan", "tomorrow"),
            ("DateLessThan", "2027-02-30"),
            ("DateLessThan", "2027-01-01 00:00:00Z"),
            ("DateLessThan", "0000-01-01T00:00:00+01:00"),
            ("DateLessThan", "-99999999999"),
            ("Bool", "yes"),
            ("BinaryEquals", "a"),
            ("BinaryEquals", "===="),
            ("IpAddress", "203.0.113.0/33"),
            ("IpAddress", "203.0.113.0/+8"),
            ("IpAddress", "203.0.113"),
        ] {
            assert!(!check(operator, value), "{operator} {value}");
        }
    }
}
