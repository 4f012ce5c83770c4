//! The clock, and times on the command line.

use iamc_model::Timestamp;

/// This second.
pub(crate) fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_second())
}

/// A date or an instant; not the bare seconds that IAM takes besides.
pub(crate) fn parse(value: &str) -> Result<Timestamp, &'static str> {
    let time = Timestamp::parse(value).filter(|_| value.contains('-'));
    time.ok_or("neither a date such as 2026-12-31 nor a time such as 2026-12-31T12:00:00Z")
}
