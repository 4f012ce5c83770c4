//! `Null`: `true` where the request does not have the key, `false` where it has. A set prefix changes
//! nothing, as it is not values that are tested.

use super::boolean;
use crate::context::Known;
use crate::tri::Tri;

/// Whether one of the values tells of the key.
pub(super) fn holds(values: &[String], known: Known<'_>) -> Tri {
    let tells = |absent: bool| values.iter().any(|value| boolean::parse(value) == Some(absent));
    match known {
        Known::Absent | Known::Present([]) => tells(true).into(),
        Known::Present(_) => tells(false).into(),
        Known::Unknown if tells(true) && tells(false) => Tri::True,
        Known::Unknown if tells(true) || tells(false) => Tri::Unknown,
        Known::Unknown => Tri::False,
    }
}
