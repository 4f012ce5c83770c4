//! A policy's statement: whole for the policy itself, in a line for a principal that holds it.

use iamc_model::condition::Operator;
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns, Statement};
use iamc_model::graph::{Policy, PolicyId};

use super::View;
use crate::answer::{Cell, Table};
use iamc_graph::bounds::Bound;

impl View<'_> {
    /// `Allow`, or `Deny` so that nobody overlooks it.
    pub(super) fn effect(&self, effect: Effect) -> Cell {
        match effect {
            Effect::Allow => Cell::plain("Allow"),
            Effect::Deny => Cell::painted("Deny", |text| self.paint.deny(text)),
        }
    }

    /// What the policy says, as written, and the template that it is made from.
    pub(super) fn statement(&self, id: PolicyId) -> String {
        let policy = self.compilation.graph.policy(id);
        let mut table = Table::indented(2);
        table.row([self.key("Effect"), self.effect(policy.effect)]);
        list(&mut table, &self.key(action_key(policy.actions.negated)), &actions(policy));
        list(&mut table, &self.key(resource_key(policy.resources.negated)), &resources(policy));
        list(&mut table, &self.key("Condition"), &conditions(policy));
        if let Some(template) = &policy.template {
            let name = Cell::plain(format!("{}  ", template.value)).then(self.place(template.span));
            table.row([self.key("Template"), name]);
        }
        self.section("Statement", &table)
    }

    fn key(&self, key: &str) -> Cell {
        Cell::painted(key, |text| self.paint.dim(text))
    }
}

fn list(table: &mut Table, key: &Cell, items: &[String]) {
    for (at, item) in items.iter().enumerate() {
        let key = if at == 0 { key.clone() } else { Cell::default() };
        table.row([key, Cell::plain(item)]);
    }
}

fn action_key(negated: bool) -> &'static str {
    if negated { "NotAction" } else { "Action" }
}

fn resource_key(negated: bool) -> &'static str {
    if negated { "NotResource" } else { "Resource" }
}

fn actions(policy: &Policy) -> Vec<String> {
    policy.actions.items.iter().map(|action| action.value.clone()).collect()
}

fn resources(policy: &Policy) -> Vec<String> {
    policy.resources.items.iter().map(ToString::to_string).collect()
}

fn conditions(policy: &Policy) -> Vec<String> {
    let condition = |condition: &iamc_model::graph::Condition| {
        let values: Vec<String> = condition.values.iter().map(|text| visible(&text.to_string())).collect();
        test(condition.operator, &condition.key, &values.join(" or "))
    };
    policy.conditions.iter().map(condition).collect()
}

/// A value of a condition, which can be empty.
fn visible(value: &str) -> String {
    if value.is_empty() { "\"\"".to_owned() } else { value.to_owned() }
}

fn test(operator: Operator, key: &str, values: &str) -> String {
    format!("{operator} {key} {values}")
}

/// What a statement comes to: `s3:GetObject +5 on arn:aws:s3:::ops-data +1`. The bound stands beside it
/// and is left out.
pub(super) fn short(statement: &Statement, bound: Bound) -> String {
    let actions = some(&statement.actions, 2);
    let resources = some(&statement.resources, 1);
    let conditions = short_conditions(&statement.conditions, bound);
    let parts = [actions, format!("on {resources}"), conditions];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `s3:GetObject, s3:ListBucket +4`, or `all but …`.
pub(super) fn some(patterns: &Patterns, most: usize) -> String {
    let not = if patterns.negated { "all but " } else { "" };
    format!("{not}{}", first(&patterns.patterns, most))
}

/// `s3:GetObject, s3:ListBucket +4`
pub(super) fn first(items: &[String], most: usize) -> String {
    let shown = items[..most.min(items.len())].join(", ");
    let more = items.len().saturating_sub(most);
    if more > 0 { format!("{shown} +{more}") } else { shown }
}

fn short_conditions(conditions: &Conditions, bound: Bound) -> String {
    let tests = conditions.iter().flat_map(|(operator, keys)| {
        let own = keys.iter().filter(|(key, values)| !is_bound(*operator, key, values, bound));
        let shown = |values: &[String]| values.iter().map(|value| visible(value)).collect::<Vec<_>>();
        own.map(move |(key, values)| test(*operator, key, &first(&shown(values), 1)))
    });
    let tests: Vec<String> = tests.collect();
    if tests.is_empty() { String::new() } else { format!("if {}", tests.join(" and ")) }
}

/// Whether a condition is the bound of memberships.
pub(super) fn is_bound(operator: Operator, key: &str, values: &[String], bound: Bound) -> bool {
    let until = bound.until().map(|until| until.to_string());
    operator == Operator::DATE_LESS_THAN
        && key.eq_ignore_ascii_case("aws:CurrentTime")
        && until.is_some_and(|until| values == [until])
}
