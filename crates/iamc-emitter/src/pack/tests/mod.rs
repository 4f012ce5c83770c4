//! Tests of whole layouts.

mod ladder;
mod merging;
mod properties;
pub(crate) mod sample;
mod stability;
