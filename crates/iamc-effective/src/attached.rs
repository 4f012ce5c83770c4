//! The documents behind `managed-policy-arns`.

use std::borrow::Cow;

use iamc_access::Statement;
use iamc_catalog::{Catalog, Document};
use iamc_emitter::ManagedPolicy;

use crate::Built;

/// What stands behind an ARN.
#[derive(Debug, Clone)]
pub enum Attached<'a> {
    /// One of AWS's own managed policies.
    Aws(Cow<'a, Document>, Vec<Statement>),
    /// A managed policy that this project makes for a principal, which need not be the one that has it
    /// attached.
    Project(&'a ManagedPolicy, Vec<Statement>),
    /// Nothing is known of it.
    Unknown,
}

impl<'a> Attached<'a> {
    /// Looks for the document of an ARN among AWS's policies and those that the project makes.
    pub(crate) fn find(arn: &str, built: Built<'a>, catalog: &'a Catalog) -> Self {
        if let Some(document) = catalog.managed_policy(arn) {
            let statements = document.statements.iter().map(|statement| {
                let statement = statement.clone();
                Statement::new(statement.effect, statement.actions, statement.resources, statement.conditions)
            });
            let statements = statements.collect();
            return Self::Aws(document, statements);
        }
        made(arn, built).map_or(Self::Unknown, Self::of_project)
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
    pub fn statements(&self) -> Option<&[Statement]> {
        match self {
            Self::Aws(_, statements) | Self::Project(_, statements) => Some(statements),
            Self::Unknown => None,
        }
    }
}

/// The managed policy that the project makes under an ARN.
fn made<'a>(arn: &str, built: Built<'a>) -> Option<&'a ManagedPolicy> {
    let settings = built.settings;
    let account = &settings.account.as_ref()?.value;
    let place = format!("arn:{}:iam::{account}:policy", settings.partition.value);
    let place = arn.strip_prefix(&place)?;
    let is_it = |policy: &&ManagedPolicy| place.strip_suffix(&policy.name) == Some(&policy.path);
    built.stacks.stacks.iter().flat_map(|stack| &stack.policies).find(is_it)
}
