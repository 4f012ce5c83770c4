//! `Null`: `true` where the request does not have the key, `false` where it has. A set prefix changes
//! nothing, as it is not values that are tested.

use super::boolean;
use crate::context::Known;
use crate::tri::Tri;

/// Whether one of the values tells of the key. Whether an empty string is a value is left open:
/// [`super::may_count_as_absent`].
pub(super) fn holds(values: &[String], known: Known<'_>) -> Tri {
    let tells = |absent: bool| values.iter().any(|value| boolean::parse(value) == Some(absent));
    let either = match (tells(true), tells(false)) {
        (true, true) => Tri::True,
        (false, false) => Tri::False,
        _ => Tri::Unknown,
    };
    match known {
        Known::Absent | Known::Present([]) => tells(true).into(),
        Known::Present(got) if got.iter().all(String::is_empty) => either,
        Known::Present(_) => tells(false).into(),
        Known::Unknown => either,
    }
}
