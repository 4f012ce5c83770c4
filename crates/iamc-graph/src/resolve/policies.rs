//! Policies: each declaration with its template and its `for-each` expanded.

use std::collections::BTreeSet;
use std::sync::Arc;

use iamc_model::declaration::{ConditionDecl, List, PolicyDecl, StatementDecl};
use iamc_model::graph::{Condition, Policy, PolicyId};
use iamc_model::name::is_declaration_name;
use iamc_model::project::DeclKind;
use iamc_model::{Diagnostic, Project, Spanned, Text};
use rayon::prelude::*;

use super::fill::{Filler, Local};
use super::for_each::{self, Expanded, Header, Origin};
use super::names::{self, Named, Table};
use super::templates::{Parts, Templates};
use crate::placeholder::Global;

/// The policies, sorted by name, and the table of their names.
pub(super) fn resolve(
    project: &Project,
    templates: &Templates<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Policy>, Table<PolicyId>) {
    let Expanded { declared, mut broken } =
        for_each::expand(project.policies.iter().map(header), diagnostics);
    let declared = names::unique(declared, "policy", false, diagnostics);
    let parts = all_parts(project, templates, diagnostics);
    let global = Global::new(&project.settings);
    let make = |Named { name, item: (index, entry), .. }: Named<'_, Origin<'_>>| {
        let parts = parts[index].as_ref().ok_or_else(Vec::new);
        let maker = Maker { filler: Filler::new(&global), entry: Local::of_entry(entry) };
        let made = parts.and_then(|parts| maker.make(&name, &project.policies[index], parts));
        made.map_err(|ambiguous| (name.into_owned(), ambiguous))
    };
    let made: Vec<_> = declared.into_par_iter().map(make).collect();
    let mut policies = Vec::with_capacity(made.len());
    let mut reported = BTreeSet::new();
    for made in made {
        match made {
            Ok(policy) => policies.push(policy),
            Err((name, ambiguous)) => {
                broken.push(name);
                diagnostics.extend(ambiguous.into_iter().filter(|report| reported.insert(report.span())));
            }
        }
    }
    let ids = (0..).map(PolicyId).zip(&policies).map(|(id, policy)| (Arc::clone(&policy.name), id));
    let table = Table::new(ids).with_broken(broken).with_unreadable(project, |kind| kind == DeclKind::Policy);
    (policies, table)
}

fn header(policy: &PolicyDecl) -> Header<'_> {
    Header {
        name: &policy.name,
        for_each: policy.for_each.as_deref(),
        noun: "policy",
        is_name: is_declaration_name,
        syntax: "a letter and then up to 127 letters, digits, `_` or `-`",
    }
}

fn all_parts<'a>(
    project: &'a Project,
    templates: &Templates<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<Parts<'a>>> {
    let names = templates.names(project);
    project.policies.iter().map(|policy| templates.parts(policy, &names, diagnostics)).collect()
}

/// Makes one policy.
struct Maker<'a> {
    filler: Filler<'a>,
    entry: Local,
}

impl Maker<'_> {
    /// The policy, or its placeholders that are ambiguous.
    fn make(mut self, name: &str, decl: &PolicyDecl, parts: &Parts<'_>) -> Result<Policy, Vec<Diagnostic>> {
        let statement = parts.statement;
        let (resources, conditions) = match parts.template {
            None => self.own(statement),
            Some((_, with, added)) => {
                let values: Vec<_> =
                    with.iter().map(|with| (with.name.clone(), self.fill_own(&with.value))).collect();
                let parameters = Local::of_with(values);
                let resources = self.texts(&statement.resources.items, &parameters);
                let mut conditions = self.conditions(&statement.conditions, &parameters);
                conditions.extend(self.own_conditions(added));
                (resources, conditions)
            }
        };
        if !self.filler.ambiguous.is_empty() {
            return Err(self.filler.ambiguous);
        }
        Ok(Policy {
            name: Arc::from(name),
            span: decl.name.span,
            description: decl.description.clone(),
            template: parts.template.map(|(template, ..)| spanned_name(&template.name)),
            effect: statement.effect,
            actions: Arc::clone(&statement.actions),
            resources: List { negated: statement.resources.negated, items: resources },
            conditions,
            filled: self.filler.filled,
        })
    }

    fn own(&mut self, statement: &StatementDecl) -> (Vec<Text>, Vec<Condition>) {
        let resources = statement.resources.items.iter().map(|text| self.fill_own(text)).collect();
        (resources, self.own_conditions(&statement.conditions))
    }

    fn fill_own(&mut self, text: &Text) -> Text {
        self.filler.fill(text, &self.entry)
    }

    fn own_conditions(&mut self, conditions: &[ConditionDecl]) -> Vec<Condition> {
        let own = |condition: &ConditionDecl| {
            let values = condition.values.iter().map(|value| self.fill_own(value)).collect();
            as_condition(condition, values)
        };
        conditions.iter().map(own).collect()
    }

    fn conditions(&mut self, conditions: &[ConditionDecl], local: &Local) -> Vec<Condition> {
        conditions
            .iter()
            .map(|condition| as_condition(condition, self.texts(&condition.values, local)))
            .collect()
    }

    fn texts(&mut self, texts: &[Text], local: &Local) -> Vec<Text> {
        texts.iter().map(|text| self.filler.fill(text, local)).collect()
    }
}

fn as_condition(decl: &ConditionDecl, values: Vec<Text>) -> Condition {
    Condition { operator: decl.operator.value, key: decl.key.clone(), values }
}

fn spanned_name(name: &Spanned<String>) -> Spanned<Arc<str>> {
    Spanned::new(Arc::from(name.as_str()), name.span)
}
