//! Memberships that have run out, and that soon will.

use iamc_model::{Diagnostic, Graph, Timestamp};

/// `expired` and `expires-soon` as of `now`.
pub fn expiry(_graph: &Graph, _now: Timestamp) -> Vec<Diagnostic> {
    vec![]
}
