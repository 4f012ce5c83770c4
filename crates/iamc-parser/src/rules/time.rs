//! Instants: `until`, and `at` of assertions.

use iamc_model::{Spanned, Timestamp, codes};
use jiff::civil;
use jiff::tz::TimeZone;

use crate::read::{Reader, Value};

/// A date, good to the end of that day (UTC), or an offset date-time in whole seconds.
pub(crate) fn until(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Spanned<Timestamp>> {
    let problem = match end(value) {
        Ok(instant) => return Some(Spanned::new(instant, value.span)),
        Err(problem) => problem,
    };
    let message = format!("`{}` is not a time at which a membership can end", reader.written(value.span));
    reader.error(&codes::INVALID_UNTIL, message, value.span, problem, help(value));
    None
}

fn help(value: Value<'_>) -> String {
    match value.node.as_str() {
        Some(text) if text.parse::<civil::Date>().is_ok() && text.len() == 10 => {
            format!("write it without the quotes: `{} = {text}`", value.key.value)
        }
        _ => "write a date such as `2026-12-31`, or `2026-12-31T18:00:00Z` with an offset and whole seconds"
            .to_owned(),
    }
}

/// An offset date-time in whole seconds.
pub(crate) fn instant(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Spanned<Timestamp>> {
    let is_date = value.node.as_datetime().is_some_and(|datetime| datetime.time.is_none());
    let problem = match end(value) {
        Ok(_) if is_date => "a date without a time",
        Ok(instant) => return Some(Spanned::new(instant, value.span)),
        Err(problem) => problem,
    };
    let message = format!("`{}` takes an instant", value.key.value);
    let help = "write it as `2027-01-01T00:00:00Z`, with an offset and whole seconds";
    reader.error(&codes::INVALID_VALUE, message, value.span, problem, help);
    None
}

/// The first instant after what is written, or what is wrong with it.
fn end(value: Value<'_>) -> Result<Timestamp, &'static str> {
    let datetime = value.node.as_datetime().ok_or(match value.node.is_str() {
        true => "a text, not a date",
        false => "neither a date nor a date-time",
    })?;
    let written = datetime.to_string();
    let instant = match (datetime.date, datetime.time, datetime.offset) {
        (Some(_), None, _) => day_after(&written)?,
        (Some(_), Some(time), _) if time.nanosecond.is_some() => return Err("has a fraction of a second"),
        (Some(_), Some(_), None) => return Err("has no offset from UTC"),
        (Some(_), Some(_), Some(_)) => Timestamp::parse(&written).ok_or("no time of the calendar")?,
        (None, ..) => return Err("a time without a date"),
    };
    match instant {
        _ if instant > Timestamp::MAX => Err("ends after the year 9999"),
        _ if instant < Timestamp::MIN => Err("ends before the year 0"),
        _ => Ok(instant),
    }
}

fn day_after(date: &str) -> Result<Timestamp, &'static str> {
    let date: civil::Date = date.parse().map_err(|_| "no day of the calendar")?;
    let midnight = date.to_zoned(TimeZone::UTC).map_err(|_| "ends after the year 9999")?;
    Ok(Timestamp(midnight.timestamp().as_second() + Timestamp::DAY))
}
