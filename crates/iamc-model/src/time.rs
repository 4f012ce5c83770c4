//! Instants, in whole seconds.

use std::fmt;

/// An instant: seconds since 1970-01-01T00:00:00Z. Shown as `2027-01-01T00:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The last instant that has a four-digit year, which is all that IAM reads.
    pub const MAX: Self = Self(253_402_300_799);

    /// Seconds in a day.
    pub const DAY: i64 = 86_400;

    /// Reads ISO 8601 as IAM does: `2027-01-01T00:00:00Z`, with an offset, with a fraction (which is
    /// cut off), a date alone (its first instant, UTC), or seconds since 1970.
    pub fn parse(value: &str) -> Option<Self> {
        if let Ok(seconds) = value.parse::<i64>() {
            return Some(Self(seconds));
        }
        if let Ok(instant) = value.parse::<jiff::Timestamp>() {
            return Some(Self(instant.as_second()));
        }
        let is_date = value.len() == 10 && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let date = value.parse::<jiff::civil::Date>().ok().filter(|_| is_date)?;
        let midnight = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(Self(midnight.timestamp().as_second()))
    }

    /// The calendar date (UTC) as `2026-12-31` of the last second before this instant, if the instant
    /// is a midnight: what a person calls "until that day".
    pub fn last_day(self) -> Option<String> {
        (self.0 % Self::DAY == 0).then(|| Self(self.0 - 1).to_string()[..10].to_owned())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(self.0) {
            Ok(instant) => write!(f, "{}", instant.strftime("%Y-%m-%dT%H:%M:%SZ")),
            Err(_) => write!(f, "{}", self.0),
        }
    }
}
