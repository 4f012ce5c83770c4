//! The documents behind `managed-policy-arns`.

use std::sync::Arc;

use iamc_access::Statement;
use iamc_catalog::{Catalog, Document};
use iamc_emitter::ManagedPolicy;

use crate::access::identity;
use crate::compile::Compilation;

/// What stands behind an ARN.
#[derive(Debug, Clone)]
pub(crate) enum Attached<'a> {
    /// One of AWS's own managed policies.
    Aws(Arc<Document>, Vec<Statement>),
    /// A managed policy that this project makes for a principal, which need not be the one that has it
    /// attached.
    Project(&'a ManagedPolicy, Vec<Statement>),
    /// Nothing is known of it.
    Unknown,
}

impl<'a> Attached<'a> {
    /// Looks for the document of an ARN among AWS's policies and those that the project makes.
    pub(super) fn find(arn: &str, compilation: &'a Compilation, catalog: &Catalog) -> Self {
        if let Some(document) = catalog.managed_policy(arn) {
            let statements = document.statements.iter().map(|statement| {
                let statement = statement.clone();
                Statement::new(statement.effect, statement.actions, statement.resources, statement.conditions)
            });
            let statements = statements.collect();
            return Self::Aws(document, statements);
        }
        let made = compilation.stacks.stacks.iter().flat_map(|stack| &stack.policies);
        let named = |policy: &&ManagedPolicy| {
            identity::resource_arn(&compilation.project.settings, "policy", &policy.path, &policy.name)
                .as_deref()
                == Some(arn)
        };
        made.into_iter().find(named).map_or(Self::Unknown, Self::of_project)
    }

    fn of_project(policy: &'a ManagedPolicy) -> Self {
        let statements = policy.document.statements.iter().map(|statement| {
            Statement::new(
                statement.effect,
                statement.actions.clone(),
                statement.resources.clone(),
                statement.conditions.clone(),
            )
        });
        Self::Project(policy, statements.collect())
    }

    /// Its statements, where it is known.
    pub(crate) fn statements(&self) -> Option<&[Statement]> {
        match self {
            Self::Aws(_, statements) | Self::Project(_, statements) => Some(statements),
            Self::Unknown => None,
        }
    }
}
