//! What each principal of a project may do: its own statements and those that are attached by ARN, ready
//! to be decided, each with its origin; and what is known of it in every request.

mod attached;
mod identity;
mod likely;
mod names;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use iamc_access::{Permissions, Statement};
use iamc_catalog::Catalog;
use iamc_emitter::Stacks;
use iamc_model::grants::{self, Grant, StatementId};
use iamc_model::{Grants, Settings};

pub use attached::Attached;
pub use identity::{PRINCIPAL_ACCOUNT, PRINCIPAL_ARN, context};
pub use likely::likelier;
pub use names::Names;

/// What was made of a project.
#[derive(Debug, Clone, Copy)]
pub struct Built<'a> {
    /// Its settings.
    pub settings: &'a Settings,
    /// Who has which statements.
    pub grants: &'a Grants,
    /// The stacks.
    pub stacks: &'a Stacks,
}

/// Every statement of a project, each made ready when it is first asked for.
#[derive(Debug)]
pub struct Accesses<'a> {
    built: Built<'a>,
    catalog: &'a Catalog,
    /// By [`StatementId`].
    own: Vec<OnceLock<Statement>>,
    /// By ARN.
    attached: BTreeMap<&'a str, OnceLock<Attached<'a>>>,
}

/// Where a statement comes from.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// A policy of the project that the principal reaches.
    Policy(StatementId, &'a grants::Statement),
    /// The document behind an ARN, with the index of the statement in it, from 0.
    Attached(&'a str, usize),
}

/// What one principal may do. `origins` and `statements` are of one length.
#[derive(Debug, Clone)]
pub struct Access<'s> {
    /// Own statements in the order of the grant, then attached ones by ARN.
    pub statements: Vec<&'s Statement>,
    /// Where each comes from.
    pub origins: Vec<Origin<'s>>,
    /// ARNs of documents that are not known. Sorted.
    pub unknown: Vec<&'s str>,
}

impl Access<'_> {
    /// For [`iamc_access::decide()`].
    pub fn permissions(&self) -> Permissions<'_> {
        Permissions { statements: &self.statements, unknown_documents: !self.unknown.is_empty() }
    }
}

impl<'a> Accesses<'a> {
    /// The statements of a project, and those that it attaches.
    pub fn new(built: Built<'a>, catalog: &'a Catalog) -> Self {
        let own = built.grants.statements.iter().map(|_| OnceLock::new()).collect();
        let arns = built.grants.principals.iter().flat_map(|grant| &grant.managed_policy_arns);
        let attached = arns.map(|arn| (arn.as_str(), OnceLock::new())).collect();
        Self { built, catalog, own, attached }
    }

    /// The statement of an id, ready.
    pub fn own(&self, id: StatementId) -> &Statement {
        self.own[id.0 as usize].get_or_init(|| ready(self.built.grants.statement(id)))
    }

    /// What stands behind an ARN that some principal has attached.
    pub fn attached(&self, arn: &str) -> Option<&Attached<'a>> {
        let (arn, attached) = self.attached.get_key_value(arn)?;
        Some(attached.get_or_init(|| Attached::find(arn, self.built, self.catalog)))
    }

    /// What a principal may do.
    pub fn of<'s>(&'s self, grant: &'s Grant) -> Access<'s> {
        let mut access = Access { statements: vec![], origins: vec![], unknown: vec![] };
        for &id in grant.statements.iter() {
            access.statements.push(self.own(id));
            access.origins.push(Origin::Policy(id, self.built.grants.statement(id)));
        }
        for arn in &grant.managed_policy_arns {
            match self.attached(arn).map(Attached::statements) {
                Some(Some(statements)) => {
                    access.origins.extend((0..statements.len()).map(|at| Origin::Attached(arn, at)));
                    access.statements.extend(statements);
                }
                _ => access.unknown.push(arn),
            }
        }
        access
    }
}

fn ready(statement: &grants::Statement) -> Statement {
    let grants::Statement { effect, actions, resources, conditions, .. } = statement;
    Statement::new(*effect, actions.clone(), resources.clone(), conditions.clone())
}
