//! The rules on closures, memberships and pairs of statements.

#![allow(clippy::unwrap_used)]

mod covering;
mod escalation;
mod exposure;
mod memberships;
mod properties;
mod run;
