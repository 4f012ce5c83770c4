//! A policy with one request: for iamc, and as JSON for others.

use std::collections::BTreeMap;

use iamc_access::{Context, Permissions, Request, Statement, Verdict, decide};
use iamc_catalog::DocumentStatement;
use iamc_model::grants::{Conditions, Patterns};
use serde_json::{Value, json};

/// What is asked of every engine.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) statements: Vec<DocumentStatement>,
    pub(crate) action: String,
    pub(crate) resource: String,
    /// The whole of it.
    pub(crate) context: BTreeMap<String, Given>,
}

/// The value of a context key. Whether a key is multivalued is its own nature, not a question of how
/// many values it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given {
    One(String),
    Many(Vec<String>),
}

impl Given {
    pub(crate) fn values(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

impl Case {
    /// What the request gives for a key.
    pub(crate) fn given(&self, key: &str) -> Option<&Given> {
        self.context.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, given)| given)
    }

    /// What iamc decides.
    pub(crate) fn decide(&self) -> Verdict {
        let mut context = Context::new();
        context.set_exact(true);
        for (key, given) in &self.context {
            context.set(key, given.values());
        }
        let request = Request { action: self.action.clone(), resource: Some(self.resource.clone()), context };
        let statements: Vec<_> = self.statements.iter().map(ready).collect();
        let statements: Vec<_> = statements.iter().collect();
        decide(Permissions { statements: &statements, unknown_documents: false }, &request)
    }

    /// As the other engine is told.
    pub(crate) fn json(&self) -> Value {
        let context = self.context.iter().map(|(key, given)| {
            let value = match given {
                Given::One(value) => json!(value),
                Given::Many(values) => json!(values),
            };
            (key.clone(), value)
        });
        json!({
            "statements": self.statements.iter().map(statement_json).collect::<Vec<_>>(),
            "action": self.action,
            "resource": self.resource,
            "context": context.collect::<serde_json::Map<_, _>>(),
        })
    }
}

fn ready(statement: &DocumentStatement) -> Statement {
    Statement::new(
        statement.effect,
        statement.actions.clone(),
        statement.resources.clone(),
        statement.conditions.clone(),
    )
}

fn statement_json(statement: &DocumentStatement) -> Value {
    let mut json = json!({ "Effect": statement.effect.name() });
    json[element("Action", &statement.actions)] = json!(statement.actions.patterns);
    json[element("Resource", &statement.resources)] = json!(statement.resources.patterns);
    if !statement.conditions.is_empty() {
        json["Condition"] = conditions_json(&statement.conditions);
    }
    json
}

fn element(name: &str, patterns: &Patterns) -> String {
    if patterns.negated { format!("Not{name}") } else { name.to_owned() }
}

fn conditions_json(conditions: &Conditions) -> Value {
    conditions.iter().map(|(operator, keys)| (operator.to_string(), json!(keys))).collect()
}
