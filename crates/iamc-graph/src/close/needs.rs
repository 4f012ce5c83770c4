//! What the text of a policy depends on.

use std::borrow::Cow;

use iamc_model::Text;
use iamc_model::graph::Policy;

use super::scope::Scope;
use super::statement::texts;

/// What fills the open names of [`Needs`], in their order.
pub(super) type Values<'a> = Vec<Cow<'a, str>>;

/// Names of placeholders, sorted and distinct.
pub(super) struct Needs<'a> {
    /// To be filled for each principal.
    open: Vec<&'a str>,
    /// Filled already: no principal may give them too.
    filled: Vec<&'a str>,
}

impl<'a> Needs<'a> {
    pub(super) fn of(policy: &'a Policy) -> Self {
        let open = texts(policy).flat_map(Text::placeholders).map(|placeholder| placeholder.name.as_str());
        let filled = policy.filled.iter().map(|filled| filled.placeholder.as_str());
        Self { open: distinct(open), filled: distinct(filled) }
    }

    pub(super) fn union<'n>(all: impl Iterator<Item = &'n Self> + Clone) -> Self
    where
        'a: 'n,
    {
        let open = all.clone().flat_map(|needs| needs.open.iter().copied());
        Self { open: distinct(open), filled: distinct(all.flat_map(|needs| needs.filled.iter().copied())) }
    }

    /// The values of the open names out of the values of the needs that these are part of.
    pub(super) fn among<'s>(&self, all: &Self, values: &Values<'s>) -> Values<'s> {
        let places = self.open.iter().filter_map(|name| all.open.binary_search(name).ok());
        places.map(|place| values[place].clone()).collect()
    }

    /// Whether it is the same for everyone.
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty() && self.filled.is_empty()
    }

    /// The values of the open names; none where one has no value, or where the principal gives one that
    /// is filled already.
    pub(super) fn values<'s>(&self, scope: &Scope<'s>) -> Option<Values<'s>> {
        let is_rivalled = self.filled.iter().any(|name| scope.rival(name).is_some());
        let values = self.open.iter().map(|name| scope.value(name).ok());
        if is_rivalled { None } else { values.collect() }
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}
