//! Tests of whole layouts.

mod ladder;
mod merging;
mod properties;
pub(super) mod sample;
mod stability;
