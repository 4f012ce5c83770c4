//! What one side of a pair has.

use std::rc::Rc;

use iamc_access::{Context, Known};
use iamc_effective::Origin;
use iamc_model::grants::Grant;

use super::closure::{Closure, Held, Holdings};
use super::number::Numbers;

/// A principal on one side; one that is not there holds nothing.
pub(super) struct Half<'h, 'a> {
    pub(super) holdings: &'h Holdings<'a>,
    numbers: &'h Numbers,
    pub(super) grant: Option<&'a Grant>,
    pub(super) closure: Rc<Closure<'a>>,
    /// What is known of it in every request.
    pub(super) context: Context,
}

/// What tells statements apart: where they come from.
pub(super) type Mark<'s> = (&'s str, usize);

/// A context key with what is known of it; nothing where it is unknown, no values where it is absent.
pub(super) type Fact = (String, Option<Option<Vec<String>>>);

impl<'h, 'a> Half<'h, 'a> {
    pub(super) fn new(holdings: &'h Holdings<'a>, grant: Option<&'a Grant>, numbers: &'h Numbers) -> Self {
        let closure = grant.map_or_else(Rc::default, |grant| holdings.closure(grant));
        let context = grant.map(|grant| holdings.context(grant)).unwrap_or_default();
        Self { holdings, numbers, grant, closure, context }
    }

    /// The statements, own ones first.
    pub(super) fn held(&self) -> Vec<Held<'h>>
    where
        'a: 'h,
    {
        self.grant.map(|grant| self.holdings.held(grant)).unwrap_or_default()
    }

    /// The context keys on which a statement depends, in lower case.
    pub(super) fn keys(&self, held: &Held<'_>) -> &'h [String] {
        self.numbers.keys(held.number, held.statement)
    }

    /// What is known of the keys on which these statements depend. Sorted and distinct.
    pub(super) fn facts(&self, statements: &[Held<'_>]) -> Vec<Fact> {
        let mut keys: Vec<&String> = statements.iter().flat_map(|held| self.keys(held)).collect();
        keys.sort_unstable();
        keys.dedup();
        let fact = |key: &String| match self.context.get(key) {
            Known::Present(values) => Some(Some(values.to_vec())),
            Known::Absent => Some(None),
            Known::Unknown => None,
        };
        keys.into_iter().map(|key| (key.clone(), fact(key))).collect()
    }
}

impl<'s> Held<'s> {
    pub(super) fn mark(&self) -> Mark<'s> {
        match self.origin {
            Origin::Policy(id, _) => ("", id.0 as usize),
            Origin::Attached(arn, at) => (arn, at),
        }
    }
}
