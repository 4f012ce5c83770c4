//! Numbers: each that is written, one between each two, and one beyond either end.

use std::collections::BTreeSet;

use super::Representatives;

/// Decimals up to this many digits are told apart.
const MOST_DIGITS: usize = 36;

/// A number of each class. Where a number is too long only itself stands for its neighbours.
pub(super) fn representatives<'a>(written: impl Iterator<Item = &'a String>) -> Representatives {
    let written: Vec<&str> = written.map(String::as_str).collect();
    let fraction = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let digits = written.iter().map(|text| fraction(text)).max().unwrap_or(0) + 1;
    let scaled: Vec<Option<i128>> = written.iter().map(|text| scale(text, digits)).collect();
    let numbers: BTreeSet<i128> = scaled.iter().flatten().copied().collect();
    let mut values: Vec<String> = numbers.iter().flat_map(|&at| around(at, digits, &numbers)).collect();
    let is_number = |text: &&str| crate::condition::number::Decimal::parse(text).is_some();
    let long = written.iter().zip(&scaled).filter(|(text, scaled)| scaled.is_none() && is_number(text));
    let long: Vec<String> = long.map(|(&text, _)| text.to_owned()).collect();
    let is_complete = long.is_empty();
    values.extend(long);
    if values.is_empty() {
        values.push("1".to_owned());
    }
    Representatives { values, is_complete }
}

/// The number in units of its last digit, so many behind the point.
fn scale(text: &str, digits: usize) -> Option<i128> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.len() + digits > MOST_DIGITS {
        return None;
    }
    let magnitude: i128 = format!("{whole}{fraction:0<digits$}").parse().ok()?;
    Some(if text.starts_with('-') { -magnitude } else { magnitude })
}

/// The number and its neighbours: whole numbers, where no other number lies between.
fn around(at: i128, digits: usize, numbers: &BTreeSet<i128>) -> Vec<String> {
    let one = 10_i128.pow(digits as u32);
    let above = if numbers.range(at + 1..=at + one).next().is_none() { at + one } else { at + 1 };
    let below = if numbers.range(at - one..at).next().is_none() { at - one } else { at - 1 };
    [below, at, above].iter().map(|&scaled| write(scaled, digits)).collect()
}

fn write(scaled: i128, digits: usize) -> String {
    let one = 10_i128.pow(digits as u32);
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, fraction) = (scaled.abs() / one, scaled.abs() % one);
    let fraction = format!("{fraction:0digits$}");
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_each_class() {
        let of = |written: &[&str]| {
            let written: Vec<String> = written.iter().map(|&text| text.to_owned()).collect();
            representatives(written.iter()).values
        };
        assert_eq!(of(&["10"]), ["9", "10", "11"]);
        assert_eq!(of(&["1.5", "2"]), ["0.5", "1.5", "1.51", "1.99", "2", "3"]);
        assert_eq!(of(&["-0.5"]), ["-1.5", "-0.5", "0.5"]);
        assert_eq!(of(&[]), ["1"]);
    }
}
