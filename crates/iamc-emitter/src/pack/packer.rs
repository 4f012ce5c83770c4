//! From the statements of one principal to its layout.

use std::collections::BTreeMap;
use std::sync::Arc;

use iamc_model::Settings;
use iamc_model::grants::{self, StatementId};
use rayon::prelude::*;

use crate::size;
use crate::stack::Statement;

use super::bin::Bin;
use super::category::Categories;
use super::ladder::Ladder;
use super::unit::{self, Unit};
use super::{Budget, Document, Layout, Needed, Overfull, Part, Rung, TooLarge, divide};

/// One statement that needs more documents than this, and more than the budget has, is not divided.
const COUNTED: usize = 100;

/// Lays out statements. What it computes of a statement, it computes once.
#[derive(Debug)]
pub(crate) struct Packer {
    categories: Categories,
    /// What statements can use of a document.
    room: usize,
    /// By [`StatementId`].
    wholes: Vec<Unit>,
}

impl Packer {
    /// For the statements of [`grants::Grants`], with the settings' categories, limit on characters and
    /// `emit.sids`.
    pub(crate) fn new(settings: &Settings, statements: &[grants::Statement]) -> Self {
        let categories = Categories::new(&settings.categories);
        let whole =
            |statement| Unit::whole(body(statement, settings.sids), categories.of(&statement.actions));
        let wholes = statements.par_iter().map(whole).collect();
        let limit = settings.limits.managed_policy_characters.value as usize;
        Self { categories, room: size::room(limit), wholes }
    }

    /// The documents of a principal that has these statements, each of them of another policy; their
    /// order does not matter.
    pub(crate) fn pack(&self, statements: &[StatementId], budget: Budget) -> Result<Layout, Overfull> {
        let wholes = self.wholes(statements, budget);
        let units = self.divided(statements, &wholes, budget)?;
        let (misc, most) = (self.categories.misc(), budget.documents);
        match (Ladder { wholes, units, room: self.room, misc, most }).climb() {
            Ok((rung, bins)) => Ok(self.layout(rung, bins, budget)),
            Err(fewest) => Err(self.too_many(Needed::Found(fewest), statements, budget)),
        }
    }

    fn too_many(&self, needed: Needed, statements: &[StatementId], budget: Budget) -> Overfull {
        Overfull::Documents { needed, available: budget.documents, weights: self.weights(statements) }
    }

    /// The statements with Sids that differ from each other.
    fn wholes(&self, statements: &[StatementId], budget: Budget) -> Vec<Unit> {
        let wholes: Vec<&Unit> = statements.iter().map(|id| &self.wholes[id.0 as usize]).collect();
        let mut sids: BTreeMap<&str, usize> = BTreeMap::new();
        for sid in wholes.iter().filter_map(|whole| whole.statement.sid.as_deref()) {
            *sids.entry(sid).or_default() += 1;
        }
        let is_shared = |whole: &Unit| whole.statement.sid.as_deref().is_some_and(|sid| sids[sid] > 1);
        let unit = |whole: &Unit| if is_shared(whole) { whole.told_apart() } else { whole.clone() };
        let category = |unit: Unit| match budget.by_category {
            true => unit,
            false => Unit { category: self.categories.misc(), ..unit },
        };
        wholes.into_iter().map(|whole| category(unit(whole))).collect()
    }

    /// The statements in pieces that fit; none where some do not, or where there would be far too many.
    fn divided(
        &self,
        statements: &[StatementId],
        wholes: &[Unit],
        budget: Budget,
    ) -> Result<Vec<Unit>, Overfull> {
        let refused = |(&statement, whole)| {
            divide::indivisible(whole, self.room).map(|part| too_large(statement, whole, part))
        };
        let refused: Vec<TooLarge> = statements.iter().zip(wholes).filter_map(refused).collect();
        if !refused.is_empty() {
            return Err(Overfull::Statements(refused));
        }
        let fewest = wholes.iter().map(|whole| divide::fewest_documents(whole, self.room)).max();
        match fewest.filter(|&fewest| fewest > budget.documents.max(COUNTED)) {
            Some(fewest) => Err(self.too_many(Needed::AtLeast(fewest), statements, budget)),
            None => Ok(wholes.iter().flat_map(|whole| divide::divide(whole.clone(), self.room)).collect()),
        }
    }

    fn layout(&self, rung: Rung, mut bins: Vec<Bin>, budget: Budget) -> Layout {
        bins.sort_by(|a, b| (a.category, &a.suffix).cmp(&(b.category, &b.suffix)));
        let category = |bin: &Bin| match budget.by_category {
            true => self.categories.name(bin.category),
            false => "".into(),
        };
        let documents = bins.into_iter().map(|bin| document(category(&bin), bin)).collect();
        Layout { documents, rung }
    }

    fn weights(&self, statements: &[StatementId]) -> Vec<(StatementId, usize)> {
        let weight = |&id: &StatementId| (id, self.wholes[id.0 as usize].weight - 1);
        let mut weights: Vec<_> = statements.iter().map(weight).collect();
        weights.sort_by_key(|&(id, weight)| (std::cmp::Reverse(weight), id));
        weights
    }
}

fn body(statement: &grants::Statement, sids: bool) -> Statement {
    Statement {
        policies: vec![Arc::clone(&statement.name)],
        sid: sids.then(|| unit::sid(&statement.name)),
        effect: statement.effect,
        actions: statement.actions.clone(),
        resources: statement.resources.clone(),
        conditions: statement.conditions.clone(),
    }
}

fn too_large(statement: StatementId, whole: &Unit, part: Part) -> TooLarge {
    TooLarge { statement, characters: size::document(whole.weight), part }
}

fn document(category: Arc<str>, bin: Bin) -> Document {
    let Bin { suffix, mut units, .. } = bin;
    units.sort_by(|a, b| (&a.statement.policies, &a.cell).cmp(&(&b.statement.policies, &b.cell)));
    let characters = size::document(units.iter().map(|unit| unit.weight).sum());
    Document {
        category,
        suffix,
        characters,
        statements: units.into_iter().map(|unit| unit.statement).collect(),
    }
}
