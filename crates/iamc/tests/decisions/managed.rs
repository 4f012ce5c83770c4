//! AWS's own managed policies.

use iamc_catalog::{Catalog, Document, DocumentStatement};
use iamc_model::declaration::Effect;

use crate::random::Random;

const TEXT: &str = include_str!("../../../iamc-catalog/data/managed-policies.txt");

/// All of them that the catalogue can read.
pub(crate) fn documents() -> Vec<Document> {
    let catalog = Catalog::builtin();
    let arns = TEXT.lines().filter_map(|line| line.strip_prefix("policy ")?.split(' ').next());
    arns.filter_map(|arn| Some(catalog.managed_policy(arn)?.into_owned())).collect()
}

/// One or two of the policies; often with a Deny of a part of what they allow, which few of them have.
pub(crate) fn policy(random: &mut Random, documents: &[Document]) -> Vec<DocumentStatement> {
    let mut statements = random.one(documents).statements.clone();
    if random.chance(15) {
        statements.extend_from_slice(&random.one(documents).statements);
    }
    if random.chance(45) {
        let mut deny = random.one(&statements).clone();
        deny.effect = Effect::Deny;
        if random.chance(50) {
            deny.conditions.clear();
        }
        statements.push(deny);
    }
    statements
}
