//! The documents of managed policies. Principals with equal statements share them, and documents share
//! their statements.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use iamc_model::grants::{Grant, StatementId};
use iamc_model::{Grants, Settings};
use rayon::prelude::*;

use crate::names::{Names, logical_id};
use crate::overfull::budget;
use crate::pack::{self, Budget, Layout, Overfull, Packer, Rung};
use crate::stack::{Document, ManagedPolicy};

/// The documents of all principals.
#[derive(Debug)]
pub(crate) struct Documents<'a> {
    settings: &'a Settings,
    made: HashMap<Needs, Result<Made, Overfull>>,
}

/// What principals have in common that have the same documents.
type Needs = (Arc<[StatementId]>, Budget);

impl<'a> Documents<'a> {
    /// Those of the principals of these grants.
    pub(crate) fn new(settings: &'a Settings, grants: &Grants) -> Self {
        let packer = Packer::new(settings, &grants.statements);
        let distinct: HashSet<Needs> = grants.principals.iter().map(|grant| needs(settings, grant)).collect();
        let made = distinct.into_par_iter().map(|needs| {
            let layout = packer.pack(&needs.0, needs.1);
            (needs, layout.map(Made::of))
        });
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
    fn of(layout: Layout) -> Self {
        let parts = layout.documents.into_iter().map(Part::of);
        Self { rung: layout.rung, parts: parts.collect() }
    }
}

impl Part {
    fn of(document: pack::Document) -> Self {
        let pack::Document { category, suffix, characters, statements } = document;
        Self { category, suffix, document: Arc::new(Document { statements, characters }) }
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
