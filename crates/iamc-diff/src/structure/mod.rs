//! What changes for a principal besides access: who may act as it, what its stack says, and what becomes
//! of that.

mod attributes;
mod bounds;
mod kubernetes;
mod resources;
mod stack;
#[cfg(test)]
mod tests;
pub(crate) mod trust;

use iamc_model::Span;

use crate::cause::Causes;
use crate::comparison::{Comparison, Pair, Twins};
use crate::{Aspect, Cause, Change, Risk, SideOf};
use resources::Homes;

/// Finds what changes for principals besides their access.
pub(crate) struct Structure<'c, 'a> {
    causes: &'c Causes<'a>,
    twins: &'c Twins,
    homes: Homes<'a>,
}

impl<'c, 'a> Structure<'c, 'a> {
    pub(crate) fn new(comparison: &Comparison<'a>, causes: &'c Causes<'a>, twins: &'c Twins) -> Self {
        Self { causes, twins, homes: Homes::new(&comparison.base) }
    }

    /// All of one principal, in the order of [`Aspect`].
    pub(crate) fn changes(&self, pair: &Pair<'a>) -> Vec<Change> {
        let mut changes = attributes::kind(pair);
        changes.extend(trust::changes(pair));
        changes.extend(attributes::changes(pair));
        if let Pair::Both(base, head) = pair
            && !self.twins.are_same(base, head)
        {
            changes.extend(bounds::changes(pair, self.causes));
        }
        changes.extend(kubernetes::changes(pair, self.causes));
        changes.extend(attributes::attached(pair, self.causes));
        changes.extend(stack::changes(pair, &self.homes));
        changes.sort_by_key(|change| change.aspect);
        changes
    }
}

impl Change {
    pub(crate) fn new(aspect: Aspect, words: impl Into<String>) -> Self {
        Self { aspect, words: words.into(), causes: vec![], risks: vec![] }
    }

    #[must_use]
    pub(crate) fn because(mut self, causes: impl IntoIterator<Item = Cause>) -> Self {
        self.causes.extend(causes);
        self
    }

    /// A cause at a place that says nothing more.
    #[must_use]
    pub(crate) fn at(self, side: SideOf, span: Span, words: impl Into<String>) -> Self {
        let cause = Cause::new(side, span, words);
        self.because(cause)
    }

    #[must_use]
    pub(crate) fn risk(mut self, risk: Risk, is_one: bool) -> Self {
        self.risks.extend(is_one.then_some(risk));
        self
    }
}
