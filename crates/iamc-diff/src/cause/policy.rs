//! How a policy of one name differs between the sides: in its own words, in those of its template, or in
//! what it gives to that.

use std::collections::BTreeMap;

use iamc_model::Span;
use iamc_model::declaration::{ConditionDecl, PolicyBody, PolicyDecl, TemplateDecl, With};
use iamc_model::graph::Policy;

use super::statement::{self, Parts};
use super::{entry, of_value};
use crate::comparison::Comparison;
use crate::{Cause, Side, SideOf};

/// The declarations of policies and templates.
pub(super) struct Declarations<'a> {
    base: Declared<'a>,
    head: Declared<'a>,
}

struct Declared<'a> {
    side: Side<'a>,
    /// By the places of their names.
    policies: BTreeMap<Span, &'a PolicyDecl>,
    templates: BTreeMap<&'a str, &'a TemplateDecl>,
}

/// A use of a template.
type Use<'a> = (&'a TemplateDecl, &'a [With], &'a [ConditionDecl]);

impl<'a> Declarations<'a> {
    pub(super) fn new(comparison: &Comparison<'a>) -> Self {
        Self { base: Declared::new(comparison.base), head: Declared::new(comparison.head) }
    }

    /// Why a policy that both sides have covers requests on `side` that it does not cover on the other.
    pub(super) fn changes(&self, name: &str, side: SideOf) -> Vec<Cause> {
        let (Some((old, before)), Some((new, after))) = (self.base.policy(name), self.head.policy(name))
        else {
            return vec![];
        };
        let mut causes = match (self.base.template(before), self.head.template(after)) {
            (Some(before), Some(after)) => of_uses(name, before, after, side),
            _ => vec![],
        };
        let entries = [before, after].map(|it| entry::of_name(&it.name, it.for_each.as_deref(), name));
        if let [Some(before), Some(after)] = entries {
            causes.extend(entry::changes(name, before, after));
        }
        if causes.is_empty() {
            causes = statement::changes(name, new.span, &Parts::of_policy(old), &Parts::of_policy(new), side);
        }
        causes
    }
}

impl<'a> Declared<'a> {
    fn new(side: Side<'a>) -> Self {
        let policies = side.project.policies.iter().map(|decl| (decl.name.span, decl));
        let templates = side.project.templates.iter().map(|decl| (decl.name.as_str(), decl));
        Self { side, policies: policies.collect(), templates: templates.collect() }
    }

    fn policy(&self, name: &str) -> Option<(&'a Policy, &'a PolicyDecl)> {
        let policy = self.side.graph.policy(self.side.graph.policy_id(name)?);
        Some((policy, *self.policies.get(&policy.span)?))
    }

    fn template(&self, policy: &'a PolicyDecl) -> Option<Use<'a>> {
        match &policy.body {
            PolicyBody::Template { template, with, conditions } => {
                Some((*self.templates.get(template.as_str())?, with, conditions))
            }
            PolicyBody::Statement(_) => None,
        }
    }
}

/// What has changed in a template, or in what is given to it.
fn of_uses(name: &str, before: Use<'_>, after: Use<'_>, side: SideOf) -> Vec<Cause> {
    let (template, with, conditions) = after;
    let mut causes = Vec::new();
    if before.0.name.value != template.name.value {
        let words = format!("`{name}` is now made from `{}`", template.name.value);
        causes.extend(Cause::new(SideOf::Head, template.name.span, words));
        return causes;
    }
    let parts = [before.0, template].map(|template| Parts::of_declaration(&template.statement));
    causes.extend(statement::changes(&template.name, template.name.span, &parts[0], &parts[1], side));
    causes.extend(of_with(name, before.1, with));
    let added = [before.2, conditions].map(statement::conditions);
    causes.extend(statement::of_conditions(name, &added[0], &added[1], side));
    causes
}

fn of_with(name: &str, before: &[With], after: &[With]) -> Vec<Cause> {
    let find = |with: &[With], parameter: &str| {
        let with = with.iter().find(|with| with.name.value == parameter)?;
        Some((with.value.to_string(), with.value.span))
    };
    let of = |with: &With| {
        let parameter = with.name.as_str();
        let [base, head] = [find(before, parameter), find(after, parameter)];
        let sides = [&base, &head].map(|side| side.as_ref().map(|(value, span)| (value.as_str(), *span)));
        of_value(&format!("`{parameter}` of `{name}`"), sides)
    };
    before.iter().chain(after).filter_map(of).collect()
}
