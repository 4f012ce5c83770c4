//! Kleene's three truth values: what follows whatever the unknown turns out to be.

/// A truth value; ordered, so that AND is the least and OR the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tri {
    /// It does not hold.
    False,
    /// It may hold or not.
    Unknown,
    /// It holds.
    True,
}

impl Tri {
    /// Whether all hold; true of none.
    pub(crate) fn all(items: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::True;
        for item in items {
            all = all.min(item);
            if all == Self::False {
                break;
            }
        }
        all
    }

    /// Whether one holds; false of none.
    pub(crate) fn any(items: impl IntoIterator<Item = Self>) -> Self {
        !Self::all(items.into_iter().map(|item| !item))
    }

    /// Its negation, if `negated`.
    pub(crate) fn negate_if(self, negated: bool) -> Self {
        if negated { !self } else { self }
    }
}

impl std::ops::Not for Tri {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Tri {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Tri::{self, False, True, Unknown};

    #[test]
    fn the_unknown_matters_only_where_nothing_else_decides() {
        assert_eq!(Tri::all([True, Unknown]), Unknown);
        assert_eq!(Tri::all([False, Unknown]), False);
        assert_eq!(Tri::any([True, Unknown]), True);
        assert_eq!(Tri::any([False, Unknown]), Unknown);
        assert_eq!((Tri::all([]), Tri::any([])), (True, False));
        assert_eq!((!Unknown, True.negate_if(true), True.negate_if(false)), (Unknown, False, True));
    }
}
