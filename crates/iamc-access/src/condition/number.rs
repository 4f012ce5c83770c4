//! `Numeric…`: decimals of any length, compared exactly.

use std::cmp::{Ordering, Reverse};

use iamc_model::condition::BaseOperator;

use super::order;

/// Whether the numbers stand to each other as the operator wants.
pub(super) fn matches(base: BaseOperator, wanted: &str, got: &str) -> bool {
    let both = Decimal::parse(got).zip(Decimal::parse(wanted));
    both.is_some_and(|(got, wanted)| order::holds(base, got.cmp(&wanted)))
}

/// A decimal number: its sign, and its digits without zeros that say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal<'a> {
    is_negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Reads digits with or without a sign and a fraction: `-1.50`.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(whole) || !are_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self { is_negative: text.starts_with('-') && !is_zero, whole, fraction })
    }

    fn magnitude(self) -> (usize, &'a str, &'a str) {
        (self.whole.len(), self.whole, self.fraction)
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, false) => self.magnitude().cmp(&other.magnitude()),
            (true, true) => Reverse(self.magnitude()).cmp(&Reverse(other.magnitude())),
            (is_negative, other) => other.cmp(&is_negative),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_any_length_are_compared_exactly() {
        let parse = |text| Decimal::parse(text).expect("a number");
        assert!(parse("9007199254740993") > parse("9007199254740992"));
        assert!(parse("0.1000000000000000000001") > parse("0.1"));
        assert!(parse("-2") < parse("-1.5") && parse("-1") < parse("1") && parse("10") > parse("9"));
        assert_eq!(parse("-0.0"), parse("+000"));
        assert_eq!(parse("01.50"), parse("1.5"));
        for text in ["", ".", "1.", ".5", "1e3", "0x10", "1 ", "--1", "²"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_integers(a in -2_000i64..2_000, b in -2_000i64..2_000) {
            let text = |n: i64| format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, n.abs() / 100, n.abs() % 100);
            let (left, right) = (text(a), text(b));
            prop_assert_eq!(Decimal::parse(&left).cmp(&Decimal::parse(&right)), a.cmp(&b));
        }
    }
}
