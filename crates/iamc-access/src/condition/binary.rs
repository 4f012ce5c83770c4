//! `BinaryEquals`: bytes, written as Base64 on both sides.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Whether both are the same bytes.
pub(super) fn matches(wanted: &str, got: &str) -> bool {
    let both = STANDARD.decode(got).ok().zip(STANDARD.decode(wanted).ok());
    both.is_some_and(|(got, wanted)| got == wanted)
}
