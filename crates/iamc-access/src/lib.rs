//! Decides requests by the semantics of IAM: statements and a request, to a decision with its reasons.
//!
//! Knows nothing of files, of YAML and of who holds what. What is not known stays unknown: an answer
//! says which decisions it leaves open, and why.

mod arn;
pub mod assume;
mod condition;
pub mod context;
pub mod decide;
mod doubt;
pub mod exact;
mod glob;
mod judge;
mod near;
pub mod pattern;
pub mod precedent;
mod resolve;
mod service;
pub mod statement;
mod target;
#[cfg(test)]
mod tests;
mod tri;
mod variable;
pub mod verdict;
pub mod words;

pub use context::{Context, Known};
pub use decide::{Permissions, Request, decide, decide_single, decide_with, doubts_single};
pub use precedent::Precedents;
pub use service::may_name;
pub use statement::Statement;
pub use verdict::{Decision, Example, Judged, Outcome, Unmet, Verdict};
