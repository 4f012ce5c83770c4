//! `iamc verify` finds what is wrong with out/, and nothing where nothing is.

#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod damage;
mod naming;
mod project;
mod random;
