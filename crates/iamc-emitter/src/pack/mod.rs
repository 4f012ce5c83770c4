//! How the statements of one principal are laid out in managed policies.
//!
//! A layout is a pure function of the principal's own statements and of the limits. Several ways of
//! dividing them stand on a ladder, from the one that an edit disturbs least to the one that needs the
//! fewest documents; the first that keeps to the quota is taken ([`Rung`]).
//!
//! On every rung a document's name says which statements can be in it: a range of hashes, a piece of one
//! statement, or a hash of all that it holds. So no statement moves from one managed policy to another
//! where both live before and after an edit, unless its category changes; what differs between the rungs
//! is how many documents an edit replaces.

mod bin;
mod category;
mod dense;
mod divide;
mod key;
mod ladder;
mod merge;
mod ordered;
mod packer;
#[cfg(test)]
pub(crate) mod tests;
mod trie;
mod unit;

use std::sync::Arc;

use iamc_model::grants::StatementId;

use crate::item::Item;

pub(crate) use packer::Packer;

/// How a principal's statements were divided among managed policies; a later rung is taken only where
/// no earlier one keeps to the number of policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// A document is a prefix of the hash of the policies' names; one that is full is divided in two.
    /// An edit changes the statement's own document, and divides or joins at most that one.
    Stable,
    /// Documents are ranges of the hash, cut where it costs fewest documents. An edit may replace a few
    /// neighbours.
    Ordered,
    /// First fit decreasing, named by a hash of what each holds. An edit may replace several.
    Dense,
    /// Statements are merged without loss before they are laid out. An edit may replace several.
    Merged,
    /// Besides, categories share documents. An edit may replace any.
    Together,
}

/// What a principal's documents may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Budget {
    /// How many managed policies can be attached besides those that are attached already.
    pub(crate) documents: usize,
    /// Whether the names of the managed policies hold the category, so that each has its own documents.
    pub(crate) by_category: bool,
}

/// The documents of one principal; none where it has no statement.
#[derive(Debug)]
pub(crate) struct Layout {
    /// In the order of the categories, then of the suffixes.
    pub(crate) documents: Vec<Document>,
    /// How they were made.
    pub(crate) rung: Rung,
}

/// One managed policy.
#[derive(Debug)]
pub(crate) struct Document {
    /// The value of `{category}`; empty where the budget knows no categories.
    pub(crate) category: Arc<str>,
    /// What the name ends in: empty, or `-` and letters and digits. Two documents of one category never
    /// have suffixes that are equal but for the `-`.
    pub(crate) suffix: String,
    /// Characters of the minified JSON document, every list an array: never fewer than IAM counts.
    pub(crate) characters: usize,
    /// Sorted by the names of their policies.
    pub(crate) statements: Vec<Arc<Item>>,
}

/// Why there is no layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Overfull {
    /// Statements that no document can hold and that cannot be divided.
    Statements(Vec<TooLarge>),
    /// More documents than the budget has, whatever was tried.
    Documents {
        /// How many.
        needed: Needed,
        /// What the budget has.
        available: usize,
        /// Characters of each statement, the heaviest first.
        weights: Vec<(StatementId, usize)>,
    },
}

/// How many documents there would have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needed {
    /// The fewest that were found.
    Found(usize),
    /// No layout has fewer; none was made.
    AtLeast(usize),
}

/// A statement that is over the limit and cannot be divided far enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLarge {
    /// Which one.
    pub(crate) statement: StatementId,
    /// Characters of a document that holds it alone.
    pub(crate) characters: usize,
    /// The heaviest of what cannot be divided.
    pub(crate) part: Part,
}

/// A part of a statement that stands whole in every piece of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// `not-actions`, or a single action.
    Actions,
    /// `not-resources`, or a single resource.
    Resources,
    /// All conditions together.
    Conditions,
}
