//! The folder out/: what a build would change there, and the change itself.

mod apart;
mod diff;
mod folder;
mod lock;
mod plan;
mod write;

pub(crate) use apart::check as check_apart;
pub(crate) use diff::first_differences;
pub(crate) use folder::{Folder, Kind};
pub(crate) use lock::{Lock, Patience, Share};
pub(crate) use plan::{Plan, plan};
pub(crate) use write::apply;

/// Written last: who finds it new finds everything new.
const MANIFEST: &str = "manifest.json";
