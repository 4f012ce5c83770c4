//! The documents of managed policies. Principals with equal statements share them, and documents share
//! the text of their statements.

use std::collections::HashMap;
use std::sync::Arc;

use iamc_model::grants::Grant;
use iamc_model::{Grants, Settings};

use crate::names::{Names, logical_id};
use crate::overfull::budget;
use crate::pack::{self, Layout, Overfull, Packer, Rung};
use crate::stack::{Document, ManagedPolicy, Statement};
use crate::statement::statement_text;

/// Makes managed policies.
#[derive(Debug)]
pub(crate) struct Documents<'a> {
    settings: &'a Settings,
    packer: Packer,
    /// By layouts, which the packer keeps.
    made: HashMap<*const Layout, Arc<[Arc<Document>]>>,
    /// By statements, which the layouts keep.
    texts: HashMap<*const Statement, Arc<str>>,
}

impl<'a> Documents<'a> {
    /// For the principals of these grants.
    pub(crate) fn new(settings: &'a Settings, grants: &Grants) -> Self {
        let mut packer = Packer::new(settings, &grants.statements);
        let principals = grants.principals.iter();
        packer.prepare(principals.map(|grant| (Arc::clone(&grant.statements), budget(settings, grant))));
        Self { settings, packer, made: HashMap::new(), texts: HashMap::new() }
    }

    /// The managed policies of a principal, and how they were made.
    pub(crate) fn policies(
        &mut self,
        names: &Names<'_>,
        grant: &Grant,
    ) -> Result<(Rung, Vec<ManagedPolicy>), Arc<Overfull>> {
        let layout = self.packer.pack(&grant.statements, budget(self.settings, grant))?;
        let documents = self.documents(&layout);
        let parts = layout.documents.iter().zip(documents.iter());
        let policies = parts.map(|(part, document)| managed_policy(names, grant, part, Arc::clone(document)));
        Ok((layout.rung, policies.collect()))
    }

    fn documents(&mut self, layout: &Arc<Layout>) -> Arc<[Arc<Document>]> {
        if let Some(made) = self.made.get(&Arc::as_ptr(layout)) {
            return Arc::clone(made);
        }
        let documents = layout.documents.iter().map(|document| Arc::new(self.document(document)));
        let made: Arc<[_]> = documents.collect();
        self.made.insert(Arc::as_ptr(layout), Arc::clone(&made));
        made
    }

    fn document(&mut self, document: &pack::Document) -> Document {
        let texts = document.statements.iter().map(|statement| self.text(statement));
        let text = texts.collect::<Vec<_>>().concat().into();
        Document { statements: document.statements.clone(), characters: document.characters, text }
    }

    fn text(&mut self, statement: &Arc<Statement>) -> Arc<str> {
        let made =
            self.texts.entry(Arc::as_ptr(statement)).or_insert_with(|| statement_text(statement).into());
        Arc::clone(made)
    }
}

fn managed_policy(
    names: &Names<'_>,
    grant: &Grant,
    part: &pack::Document,
    document: Arc<Document>,
) -> ManagedPolicy {
    let name = names.policy(&part.category, &part.suffix);
    ManagedPolicy {
        logical_id: logical_id(&name),
        name,
        description: names.description(&part.category, &part.suffix),
        path: grant.path.clone(),
        document,
    }
}
