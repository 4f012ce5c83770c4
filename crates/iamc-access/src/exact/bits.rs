//! Sets of small numbers.

/// A set of numbers below a size.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// All numbers below `size` of which `has` is true.
    pub(super) fn of(size: usize, has: impl Fn(usize) -> bool) -> Self {
        let mut words = vec![0; size.div_ceil(64)];
        (0..size).filter(|&at| has(at)).for_each(|at| words[at / 64] |= 1 << (at % 64));
        Self { words }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// The least.
    pub(super) fn first(&self) -> Option<usize> {
        let at = self.words.iter().position(|&word| word != 0)?;
        Some(at * 64 + self.words[at].trailing_zeros() as usize)
    }

    /// Keeps what is also in the other.
    pub(super) fn keep(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    /// Takes away what is in the other.
    pub(super) fn remove(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    /// Whether the two share one.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(word, other)| word & other != 0)
    }

    /// Whether all are in the other.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).all(|(word, other)| word & !other == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_numbers() {
        let evens = Bits::of(130, |at| at % 2 == 0);
        let mut high = Bits::of(130, |at| at > 126);
        assert!(evens.meets(&high) && !high.is_within(&evens));
        high.remove(&evens);
        assert_eq!(high, Bits::of(130, |at| at == 127 || at == 129));
        assert_eq!((high.first(), high.is_empty()), (Some(127), false));
        high.keep(&evens);
        assert_eq!((high.first(), high.is_empty()), (None, true));
    }
}
