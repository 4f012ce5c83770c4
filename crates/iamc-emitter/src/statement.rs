//! Statements and documents as CloudFormation has them. Lists stay lists where they hold one element,
//! so that one more is one more line.

use std::fmt::Display;

use iamc_model::grants::{Conditions, Patterns, TrustStatement};

use crate::stack::{Document, Statement};
use crate::yaml::Yaml;

/// The version of IAM's policy language: the one that has policy variables.
const VERSION: &str = "2012-10-17";

/// PolicyDocument of a managed policy.
pub(crate) fn policy_document(document: &Document) -> Yaml<'_> {
    versioned(Yaml::Written(document.statements.iter().map(|statement| statement.text()).collect()))
}

/// AssumeRolePolicyDocument.
pub(crate) fn trust_document(trust: &[TrustStatement]) -> Yaml<'_> {
    versioned(Yaml::List(trust.iter().map(trust_statement).collect()))
}

fn versioned(statements: Yaml<'_>) -> Yaml<'_> {
    Yaml::map([("Version", Yaml::text(VERSION)), ("Statement", statements)])
}

/// A statement as it stands in a template: an item of a list, behind the names of the policies that it comes from.
pub(crate) fn statement_text(statement: &Statement) -> String {
    let item = Yaml::Commented(&statement.policies, Box::new(statement_map(statement)));
    Yaml::List(vec![item]).to_text_at(STATEMENT_DEPTH)
}

/// Keys of a template above a statement: Resources, the policy, Properties, PolicyDocument, Statement.
const STATEMENT_DEPTH: usize = 5;

fn statement_map(statement: &Statement) -> Yaml<'_> {
    Yaml::Map(vec![])
        .with_some("Sid", statement.sid.as_ref().map(Yaml::text))
        .with("Effect", Yaml::text(statement.effect.name()))
        .with(negatable("Action", "NotAction", &statement.actions), patterns(&statement.actions))
        .with(negatable("Resource", "NotResource", &statement.resources), patterns(&statement.resources))
        .with_some("Condition", condition(&statement.conditions))
}

fn negatable<'a>(positive: &'a str, negated: &'a str, patterns: &Patterns) -> &'a str {
    if patterns.negated { negated } else { positive }
}

fn patterns(patterns: &Patterns) -> Yaml<'_> {
    Yaml::texts(&patterns.patterns)
}

fn trust_statement(statement: &TrustStatement) -> Yaml<'_> {
    let principals = Yaml::texts(&statement.principals);
    Yaml::map([
        ("Effect", Yaml::text("Allow")),
        ("Principal", Yaml::map([(statement.kind.iam_key(), principals)])),
        ("Action", Yaml::texts(&statement.actions)),
    ])
    .with_some("Condition", condition(&statement.conditions))
}

fn condition(conditions: &Conditions) -> Option<Yaml<'_>> {
    let block = mapping(conditions, |keys| mapping(keys, Yaml::texts));
    (!conditions.is_empty()).then_some(block)
}

fn mapping<'a, K: Display + 'a, V: 'a>(
    entries: impl IntoIterator<Item = (&'a K, &'a V)>,
    value: impl Fn(&'a V) -> Yaml<'a>,
) -> Yaml<'a> {
    Yaml::Map(entries.into_iter().map(|(key, entry)| (key.to_string().into(), value(entry))).collect())
}
