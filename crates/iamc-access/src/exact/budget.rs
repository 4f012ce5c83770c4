//! How much a question may cost, and all questions together.

use std::cell::Cell;

/// Steps that are left.
#[derive(Debug)]
pub(super) struct Budget<'w> {
    left: Cell<u64>,
    /// Of which it is a part.
    whole: Option<&'w Budget<'w>>,
}

impl<'w> Budget<'w> {
    /// So many steps.
    pub(super) fn new(steps: u64) -> Self {
        Self { left: Cell::new(steps), whole: None }
    }

    /// So many steps of those of another.
    pub(super) fn within(whole: &'w Budget<'w>, steps: u64) -> Self {
        Self { left: Cell::new(steps), whole: Some(whole) }
    }

    /// Takes steps away; false once there were not enough.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps as u64);
        self.left.set(left.unwrap_or(0));
        left.is_some() & self.whole.is_none_or(|whole| whole.spend(steps))
    }

    /// Whether none are left.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0 || self.whole.is_some_and(Budget::is_spent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_spends_of_the_whole() {
        let whole = Budget::new(10);
        let part = Budget::within(&whole, 7);
        assert!(part.spend(6) && !part.spend(2) && part.is_spent() && !whole.is_spent());
        let rest = Budget::within(&whole, 7);
        assert!(rest.spend(2) && !rest.spend(1) && rest.is_spent() && whole.is_spent());
    }
}
