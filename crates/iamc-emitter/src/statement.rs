//! Statements and documents as CloudFormation has them. Lists stay lists where they hold one element,
//! so that one more is one more line.

use std::fmt::Display;
use std::sync::Arc;

use iamc_model::grants::{Conditions, Patterns, TrustStatement};

use crate::stack::{Document, Statement};
use crate::yaml::Yaml;

/// The version of IAM's policy language: the one that has policy variables.
const VERSION: &str = "2012-10-17";

/// PolicyDocument of a managed policy.
pub(crate) fn policy_document(document: &Document) -> Yaml {
    versioned(Yaml::Written(Arc::clone(&document.text)))
}

/// AssumeRolePolicyDocument.
pub(crate) fn trust_document(trust: &[TrustStatement]) -> Yaml {
    versioned(Yaml::List(trust.iter().map(trust_statement).collect()))
}

fn versioned(statements: Yaml) -> Yaml {
    Yaml::map([("Version", Yaml::text(VERSION)), ("Statement", statements)])
}

/// A statement as an item of a list, behind the names of the policies that it comes from.
pub(crate) fn statement_text(statement: &Statement) -> String {
    let item = Yaml::Commented(statement.policies.clone(), Box::new(statement_map(statement)));
    Yaml::List(vec![item]).to_text()
}

fn statement_map(statement: &Statement) -> Yaml {
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

fn patterns(patterns: &Patterns) -> Yaml {
    Yaml::texts(patterns.patterns.iter().cloned())
}

fn trust_statement(statement: &TrustStatement) -> Yaml {
    let principals = Yaml::texts(statement.principals.iter().cloned());
    Yaml::map([
        ("Effect", Yaml::text("Allow")),
        ("Principal", Yaml::map([(statement.kind.iam_key(), principals)])),
        ("Action", Yaml::texts(statement.actions.iter().cloned())),
    ])
    .with_some("Condition", condition(&statement.conditions))
}

fn condition(conditions: &Conditions) -> Option<Yaml> {
    let block = mapping(conditions, |keys| mapping(keys, |values| Yaml::texts(values.iter().cloned())));
    (!conditions.is_empty()).then_some(block)
}

fn mapping<'a, K: Display + 'a, V: 'a>(
    entries: impl IntoIterator<Item = (&'a K, &'a V)>,
    value: impl Fn(&V) -> Yaml,
) -> Yaml {
    Yaml::Map(entries.into_iter().map(|(key, entry)| (key.to_string(), value(entry))).collect())
}
