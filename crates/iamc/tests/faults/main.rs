//! What goes wrong around the program: other builds, full disks, files that vanish, odd surroundings. Each
//! fault leaves out/ whole, is said clearly, and ends with the right status.
//!
//! `killed.rs` beside this folder kills builds; `exit.rs` has the exit statuses of ordinary runs.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod crowd;
mod disk;
mod limits;
mod locks;
mod machine;
mod permissions;
mod progress;
mod surroundings;
mod threads;
mod vanishing;

#[path = "../support/mod.rs"]
mod support;
