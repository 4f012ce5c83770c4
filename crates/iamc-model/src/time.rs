//! Instants, in whole seconds.

use std::fmt;

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use jiff::fmt::temporal::Pieces;

const EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);

/// An instant: seconds since 1970-01-01T00:00:00Z. Shown as `2027-01-01T00:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The last instant that has a four-digit year, which is all that IAM reads.
    pub const MAX: Self = Self(253_402_300_799);

    /// The first instant that has a four-digit year.
    pub const MIN: Self = Self(-62_167_219_200);

    /// Seconds in a day.
    pub const DAY: i64 = 86_400;

    /// Reads ISO 8601 as IAM does: `2027-01-01T00:00:00Z`, with an offset, with a fraction (which is
    /// cut off), a date alone (its first instant, UTC), or seconds since 1970.
    pub fn parse(value: &str) -> Option<Self> {
        if let Ok(seconds) = value.parse::<i64>() {
            return Some(Self(seconds));
        }
        let pieces = Pieces::parse(value).ok().filter(|pieces| pieces.time_zone_annotation().is_none())?;
        let midnight = pieces.date().at(0, 0, 0, 0);
        match (pieces.time(), pieces.to_numeric_offset()) {
            (Some(time), Some(offset)) => Some(Self::of(pieces.date().to_datetime(time), offset.seconds())),
            (None, None) if value.len() == "2027-01-01".len() => Some(Self::of(midnight, 0)),
            _ => None,
        }
    }

    fn of(civil: DateTime, offset_seconds: i32) -> Self {
        Self(EPOCH.duration_until(civil).as_secs() - i64::from(offset_seconds))
    }

    /// The calendar date (UTC) as `2026-12-31` of the last second before this instant, if the instant
    /// is a midnight: what a person calls "until that day".
    pub fn last_day(self) -> Option<String> {
        (self.0 % Self::DAY == 0).then(|| Self(self.0 - 1).to_string()[..10].to_owned())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match EPOCH.checked_add(SignedDuration::from_secs(self.0)) {
            Ok(civil) => write!(f, "{civil}Z"),
            Err(_) => write!(f, "{}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_iam_reads() {
        let year = Some(Timestamp(1_798_761_600));
        for text in [
            "2027-01-01T00:00:00Z",
            "2027-01-01T02:00:00+02:00",
            "2027-01-01T00:00:00.9Z",
            "2027-01-01",
            "1798761600",
        ] {
            assert_eq!(Timestamp::parse(text), year, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_instant() {
        for text in [
            "",
            "tomorrow",
            "2027-13-01",
            "2027-02-30",
            "27-01-01",
            "2027-01-01T00:00:00",
            "1e3",
            "2027-01-01T00:00:00Z[UTC]",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn shows_whole_seconds_in_utc() {
        assert_eq!(Timestamp(1_798_761_600).to_string(), "2027-01-01T00:00:00Z");
        assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::MIN.to_string(), "0000-01-01T00:00:00Z");
    }

    #[test]
    fn a_midnight_is_the_end_of_the_day_before() {
        assert_eq!(Timestamp(1_798_761_600).last_day().as_deref(), Some("2026-12-31"));
        assert_eq!(Timestamp(1_798_761_601).last_day(), None);
    }
}
