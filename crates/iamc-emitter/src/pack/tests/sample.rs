//! Statements to lay out, and what they mean.

use std::collections::BTreeSet;
use std::sync::Arc;

use iamc_model::declaration::Effect;
use iamc_model::grants::{self, Conditions, Patterns, StatementId};
use iamc_model::graph::PolicyId;
use iamc_model::source::{Span, Spanned};
use iamc_model::{Operator, Settings};
use serde_json::{Value, json};

use crate::pack::unit::Unit;
use crate::pack::{Budget, Document, Layout, Overfull, Packer};
use crate::stack::Statement;

/// An Allow of one action on one resource.
pub(crate) fn plain(name: &str) -> Statement {
    Statement {
        policies: vec![name.into()],
        sid: None,
        effect: Effect::Allow,
        actions: patterns(&["s3:GetObject"]),
        resources: patterns(&[&format!("arn:aws:s3:::{name}/*")]),
        conditions: Conditions::new(),
    }
}

/// With a Sid, and conditions with characters that JSON escapes.
pub(crate) fn with_conditions(name: &str) -> Statement {
    let mut conditions = conditions("StringLike", "s3:prefix", &["a b", "\"quoted\"\\", "é\n"]);
    conditions.extend(self::conditions("ForAnyValue:StringEqualsIfExists", "aws:TagKeys", &["x"]));
    Statement { sid: Some(name.into()), conditions, ..plain(name) }
}

/// Denies what is not excepted.
pub(crate) fn negated(name: &str) -> Statement {
    let negated = |patterns| Patterns { negated: true, ..patterns };
    Statement {
        effect: Effect::Deny,
        actions: negated(actions(3)),
        resources: negated(arns(2)),
        ..plain(name)
    }
}

/// Sorted, as the model has them.
pub(crate) fn patterns(patterns: &[&str]) -> Patterns {
    let patterns: BTreeSet<String> = patterns.iter().map(|&pattern| pattern.into()).collect();
    Patterns { negated: false, patterns: patterns.into_iter().collect() }
}

/// Some actions of EC2.
pub(crate) fn actions(count: usize) -> Patterns {
    Patterns { negated: false, patterns: (0..count).map(|at| format!("ec2:Describe{at:04}")).collect() }
}

/// Some buckets.
pub(crate) fn arns(count: usize) -> Patterns {
    Patterns {
        negated: false,
        patterns: (0..count).map(|at| format!("arn:aws:s3:::bucket-{at:04}/*")).collect(),
    }
}

/// One operator with one key.
pub(crate) fn conditions(operator: &str, key: &str, values: &[&str]) -> Conditions {
    let operator: Operator = operator.parse().unwrap();
    let values = patterns(values).patterns;
    [(operator, [(key.to_owned(), values)].into())].into()
}

/// Different statements, sorted by key.
pub(in crate::pack) fn units(count: usize) -> Vec<Unit> {
    let statement = |at: usize| Statement { resources: arns(1 + at % 5), ..plain(&format!("P{at}")) };
    let mut units: Vec<Unit> = (0..count).map(|at| Unit::whole(statement(at), 0)).collect();
    units.sort_by_key(|unit| unit.key);
    units
}

/// The minified document.
pub(crate) fn json(statements: &[&Statement]) -> String {
    let statements: Vec<Value> = statements.iter().map(|statement| value(statement)).collect();
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

fn value(statement: &Statement) -> Value {
    let not =
        |patterns: &Patterns, name: &str| if patterns.negated { format!("Not{name}") } else { name.into() };
    let mut value = json!({ "Effect": statement.effect.name() });
    if let Some(sid) = &statement.sid {
        value["Sid"] = json!(sid);
    }
    value[not(&statement.actions, "Action")] = json!(statement.actions.patterns);
    value[not(&statement.resources, "Resource")] = json!(statement.resources.patterns);
    for (operator, keys) in &statement.conditions {
        value["Condition"][operator.to_string()] = json!(keys);
    }
    value
}

/// Effect, action, resource, conditions; a whole `not-` list is one.
pub(crate) type Atom = (Effect, Vec<String>, Vec<String>, Conditions);

/// What statements mean.
pub(crate) fn expand<'a>(statements: impl IntoIterator<Item = &'a Statement>) -> BTreeSet<Atom> {
    statements.into_iter().flat_map(atoms).collect()
}

fn atoms(statement: &Statement) -> Vec<Atom> {
    let atom = |action: &Vec<String>, resource: &Vec<String>| {
        (statement.effect, action.clone(), resource.clone(), statement.conditions.clone())
    };
    let resources = axis(&statement.resources);
    axis(&statement.actions)
        .iter()
        .flat_map(|action| resources.iter().map(|resource| atom(action, resource)).collect::<Vec<_>>())
        .collect()
}

fn axis(patterns: &Patterns) -> Vec<Vec<String>> {
    if patterns.negated {
        let not = std::iter::once("not".to_owned());
        return vec![not.chain(patterns.patterns.iter().cloned()).collect()];
    }
    patterns.patterns.iter().map(|pattern| vec![pattern.clone()]).collect()
}

/// What a layout means.
pub(crate) fn meaning(layout: &Layout) -> BTreeSet<Atom> {
    expand(layout.documents.iter().flat_map(|document| &document.statements).map(|statement| &***statement))
}

/// What packs statements, and the ids that it knows them by.
#[derive(Clone)]
pub(crate) struct Case {
    /// The limits and the categories.
    pub(crate) settings: Settings,
    /// Of one principal.
    pub(crate) statements: Vec<Statement>,
    /// What its documents may use.
    pub(crate) budget: Budget,
}

impl Case {
    /// A limit on characters, and a budget with the default categories.
    pub(crate) fn new(statements: &[Statement], characters: u32, documents: usize) -> Self {
        let mut settings = Settings::default();
        settings.limits.managed_policy_characters = Spanned::builtin(characters);
        let budget = Budget { documents, by_category: true };
        Self { settings, statements: statements.to_vec(), budget }
    }

    /// Lays out.
    pub(crate) fn pack(&self) -> Result<Layout, Overfull> {
        let statements: Vec<grants::Statement> = self.statements.iter().map(granted).collect();
        let ids: Vec<StatementId> = (0..statements.len()).map(|at| StatementId(at as u32)).collect();
        Packer::new(&self.settings, &statements).pack(&ids, self.budget)
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let characters = *self.settings.limits.managed_policy_characters;
        let Self { statements, budget, .. } = self;
        f.debug_struct("Case")
            .field("statements", statements)
            .field("budget", budget)
            .field("characters", &characters)
            .finish_non_exhaustive()
    }
}

fn granted(statement: &Statement) -> grants::Statement {
    let Statement { effect, actions, resources, conditions, .. } = statement.clone();
    let name = Arc::clone(&statement.policies[0]);
    grants::Statement {
        policy: PolicyId(0),
        name,
        span: Span::BUILTIN,
        effect,
        actions,
        resources,
        conditions,
    }
}

/// The end of a document's name, and the policies in it.
pub(crate) fn shape(documents: &[Document]) -> Vec<(String, Vec<String>)> {
    let names = |document: &Document| document.statements.iter().map(|it| it.policies.join("+")).collect();
    documents
        .iter()
        .map(|document| (format!("{}{}", document.category, document.suffix), names(document)))
        .collect()
}
