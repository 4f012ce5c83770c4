//! How a statement as written differs from another.

use std::collections::BTreeMap;

use iamc_model::declaration::{ConditionDecl, Effect, List, StatementDecl};
use iamc_model::graph::Policy;
use iamc_model::{Operator, Span, Text};

use crate::{Cause, SideOf, words};

/// The parts of a statement with their places.
pub(super) struct Parts {
    effect: Effect,
    actions: (bool, Items),
    resources: (bool, Items),
    conditions: Conditions,
}

type Items = Vec<(String, Span)>;

/// Operator and key in lower case → values, where the key is written, and how.
pub(super) type Conditions = BTreeMap<(Operator, String), (Vec<String>, Span, String)>;

impl Parts {
    pub(super) fn of_declaration(statement: &StatementDecl) -> Self {
        Self {
            effect: statement.effect,
            actions: actions(&statement.actions),
            resources: resources(&statement.resources),
            conditions: conditions(&statement.conditions),
        }
    }

    /// A template and the policy's own words together.
    pub(super) fn of_policy(policy: &Policy) -> Self {
        let conditions = policy.conditions.iter();
        Self {
            effect: policy.effect,
            actions: actions(&policy.actions),
            resources: resources(&policy.resources),
            conditions: conditions
                .map(|it| condition(it.operator, &it.key.value, it.key.span, &it.values))
                .collect(),
        }
    }
}

fn actions(list: &List<iamc_model::Spanned<String>>) -> (bool, Items) {
    (list.negated, list.items.iter().map(|item| (item.value.clone(), item.span)).collect())
}

fn resources(list: &List<Text>) -> (bool, Items) {
    (list.negated, list.items.iter().map(|item| (item.to_string(), item.span)).collect())
}

/// Conditions by their operators and keys.
pub(super) fn conditions(declared: &[ConditionDecl]) -> Conditions {
    declared.iter().map(|it| condition(it.operator.value, &it.key.value, it.key.span, &it.values)).collect()
}

fn condition(
    operator: Operator,
    key: &str,
    span: Span,
    values: &[Text],
) -> ((Operator, String), (Vec<String>, Span, String)) {
    let mut values: Vec<String> = values.iter().map(ToString::to_string).collect();
    values.sort();
    ((operator, key.to_ascii_lowercase()), (values, span, key.to_owned()))
}

/// What has changed in a statement of the policy or template `name`, which is declared at `span` at the
/// head.
pub(super) fn changes(name: &str, span: Span, base: &Parts, head: &Parts) -> Vec<Cause> {
    let mut causes = Vec::new();
    if base.effect != head.effect {
        causes.extend(Cause::new(SideOf::Head, span, format!("`{name}` is now `{}`", head.effect.name())));
    }
    causes.extend(of_lists(name, "action", &base.actions, &head.actions));
    causes.extend(of_lists(name, "resource", &base.resources, &head.resources));
    causes.extend(of_conditions(name, &base.conditions, &head.conditions));
    causes
}

fn of_lists(name: &str, noun: &str, base: &(bool, Items), head: &(bool, Items)) -> Vec<Cause> {
    if base.0 != head.0 {
        let key = if head.0 { format!("not-{noun}s") } else { format!("{noun}s") };
        let first = head.1.first().map_or(Span::BUILTIN, |(_, span)| *span);
        return Cause::new(SideOf::Head, first, format!("`{name}` now says `{key}`")).into_iter().collect();
    }
    let but = |these: &Items, those: &Items| -> Items {
        these.iter().filter(|(text, _)| those.iter().all(|(other, _)| other != text)).cloned().collect()
    };
    let noun = if head.0 { format!("`not-{noun}s` entry") } else { noun.to_owned() };
    let new = of_items(name, &noun, "now has", SideOf::Head, &but(&head.1, &base.1));
    let gone = of_items(name, &noun, "no longer has", SideOf::Base, &but(&base.1, &head.1));
    new.into_iter().chain(gone).collect()
}

fn of_items(name: &str, noun: &str, verb: &str, side: SideOf, items: &Items) -> Option<Cause> {
    let (_, span) = items.first()?;
    let texts: Vec<&str> = items.iter().map(|(text, _)| text.as_str()).collect();
    let noun = match (texts.len(), noun.strip_suffix("entry")) {
        (1, _) => noun.to_owned(),
        (_, Some(of)) => format!("{of}entries"),
        (_, None) => format!("{noun}s"),
    };
    Cause::new(side, *span, format!("`{name}` {verb} the {noun} {}", words::list(&texts)))
}

/// What has changed among the conditions of the policy or template `name`.
pub(super) fn of_conditions(name: &str, base: &Conditions, head: &Conditions) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (id, (values, span, key)) in head {
        let words = match base.get(id) {
            Some((old, ..)) if old == values => continue,
            Some((old, ..)) => {
                let (old, new) = (words::list(old), words::list(values));
                format!("the condition {} `{key}` of `{name}` is now {new}, not {old}", id.0)
            }
            None => format!("`{name}` now has the condition {} `{key}`", id.0),
        };
        causes.extend(Cause::new(SideOf::Head, *span, words));
    }
    for (id, (_, span, key)) in base.iter().filter(|(id, _)| !head.contains_key(*id)) {
        let words = format!("`{name}` no longer has the condition {} `{key}`", id.0);
        causes.extend(Cause::new(SideOf::Base, *span, words));
    }
    causes
}
