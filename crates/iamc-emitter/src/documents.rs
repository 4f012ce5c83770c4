//! The documents of managed policies. Principals with equal statements share them, and documents share
//! the texts of their statements.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use iamc_model::grants::{Grant, StatementId};
use iamc_model::{Grants, Settings};
use rayon::prelude::*;

use crate::names::{Names, logical_id};
use crate::overfull::budget;
use crate::pack::{self, Budget, Layout, Overfull, Packer, Rung};
use crate::stack::{Document, ManagedPolicy, Statement};
use crate::statement::statement_text;

/// The documents of all principals.
#[derive(Debug)]
pub(crate) struct Documents<'a> {
    settings: &'a Settings,
    made: HashMap<Needs, Result<Made, Overfull>>,
}

/// What principals have in common that have the same documents.
type Needs = (Arc<[StatementId]>, Budget);

/// The texts of statements by their addresses, at which the layouts keep them.
type Texts = HashMap<usize, Arc<str>>;

impl<'a> Documents<'a> {
    /// Those of the principals of these grants.
    pub(crate) fn new(settings: &'a Settings, grants: &Grants) -> Self {
        let packer = Packer::new(settings, &grants.statements);
        let distinct: HashSet<Needs> = grants.principals.iter().map(|grant| needs(settings, grant)).collect();
        let layouts: Vec<_> = distinct
            .into_par_iter()
            .map(|needs| {
                let layout = packer.pack(&needs.0, needs.1);
                (needs, layout)
            })
            .collect();
        let texts = texts(layouts.iter().filter_map(|(_, layout)| layout.as_ref().ok()));
        let made =
            layouts.into_par_iter().map(|(needs, layout)| (needs, layout.map(|it| Made::of(it, &texts))));
        Self { settings, made: made.collect() }
    }

    /// The managed policies of one of these principals, and how they were made.
    pub(crate) fn policies(
        &self,
        names: &Names<'_>,
        grant: &Grant,
    ) -> Result<(Rung, Vec<ManagedPolicy>), &Overfull> {
        let made = self.made[&needs(self.settings, grant)].as_ref()?;
        let policies = made.parts.iter().map(|part| part.managed_policy(names, grant));
        Ok((made.rung, policies.collect()))
    }
}

fn needs(settings: &Settings, grant: &Grant) -> Needs {
    (Arc::clone(&grant.statements), budget(settings, grant))
}

fn texts<'a>(layouts: impl Iterator<Item = &'a Layout>) -> Texts {
    let documents = layouts.flat_map(|layout| &layout.documents);
    let statements = documents.flat_map(|document| &document.statements);
    let distinct: HashMap<usize, &Arc<Statement>> = statements.map(|it| (address(it), it)).collect();
    distinct.into_par_iter().map(|(address, it)| (address, statement_text(it).into())).collect()
}

fn address(statement: &Arc<Statement>) -> usize {
    Arc::as_ptr(statement).addr()
}

/// The documents of a layout.
#[derive(Debug)]
struct Made {
    rung: Rung,
    parts: Vec<Part>,
}

/// A document with what names its managed policy.
#[derive(Debug)]
struct Part {
    category: Arc<str>,
    suffix: String,
    document: Arc<Document>,
}

impl Made {
    fn of(layout: Layout, texts: &Texts) -> Self {
        let parts = layout.documents.into_iter().map(|document| Part::of(document, texts));
        Self { rung: layout.rung, parts: parts.collect() }
    }
}

impl Part {
    fn of(document: pack::Document, texts: &Texts) -> Self {
        let pack::Document { category, suffix, characters, statements } = document;
        let texts = statements.iter().map(|statement| Arc::clone(&texts[&address(statement)])).collect();
        Self { category, suffix, document: Arc::new(Document { statements, characters, texts }) }
    }

    fn managed_policy(&self, names: &Names<'_>, grant: &Grant) -> ManagedPolicy {
        let name = names.policy(&self.category, &self.suffix);
        ManagedPolicy {
            logical_id: logical_id(&name),
            name,
            description: names.description(&self.category, &self.suffix),
            path: grant.path.clone(),
            document: Arc::clone(&self.document),
        }
    }
}
