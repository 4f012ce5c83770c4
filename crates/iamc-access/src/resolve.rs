//! A statement as it reads under a context: variables filled, each condition true, false or open.

use iamc_model::Operator;

use crate::condition::{self, Wanted};
use crate::context::Context;
use crate::statement::Statement;
use crate::tri::Tri;
use crate::variable::Filled;

/// A condition under a context.
#[derive(Debug, Clone)]
pub(crate) struct Condition<'a> {
    /// Its operator.
    pub(crate) operator: Operator,
    /// Its key, as written.
    pub(crate) key: &'a str,
    /// Its values, as written.
    pub(crate) values: &'a [String],
    /// Whether it holds.
    pub(crate) holds: Tri,
}

/// The resources of a statement under a context.
pub(crate) fn resources<'a>(statement: &'a Statement, context: &Context) -> impl Iterator<Item = Filled<'a>> {
    statement.resource_templates().iter().map(|template| template.fill(context))
}

/// The conditions of a statement under a context.
pub(crate) fn conditions<'a>(
    statement: &'a Statement,
    context: &Context,
) -> impl Iterator<Item = Condition<'a>> {
    statement.conditions().iter().flat_map(move |(&operator, keys)| {
        keys.iter().map(move |(key, values)| {
            let holds = condition::evaluate(operator, key, values, context);
            Condition { operator, key, values, holds }
        })
    })
}

impl<'a> Condition<'a> {
    /// Its values, read for its operator: [`Wanted::fill`] makes them values to compare with.
    pub(crate) fn wanted(&self) -> Vec<Wanted<'a>> {
        Wanted::of(self.operator.base, self.values)
    }
}
