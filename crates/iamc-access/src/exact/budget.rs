//! How much a question may cost.

use std::cell::Cell;

/// Steps that are left.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<u64>,
}

impl Budget {
    /// So many steps.
    pub(super) fn new(steps: u64) -> Self {
        Self { left: Cell::new(steps) }
    }

    /// Takes steps away; false once there were not enough.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps as u64);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether none are left.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}
