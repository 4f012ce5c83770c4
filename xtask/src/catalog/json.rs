//! Reading JSON in which what is missing is empty.

use serde_json::Value;

/// The values of an object, without their keys.
pub(crate) fn members(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_object().into_iter().flat_map(|object| object.values())
}

/// The string in a field.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}
