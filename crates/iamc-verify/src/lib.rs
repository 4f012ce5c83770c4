//! Proves out/ equal to the source: reads it back by a YAML parser and compares what it says with what
//! each principal reaches, found by a plain walk over the graph.
//!
//! Nothing here is shared with the code that wrote the files: neither the closure nor the emitter.

mod check;
mod document;
mod files;
mod fill;
mod kubernetes;
mod manifest;
mod names;
mod proof;
mod reach;
mod size;
mod source;
mod statement;
mod template;
mod verify;
mod want;
mod yaml;

pub use files::File;
pub use verify::{Proven, Verifier};
