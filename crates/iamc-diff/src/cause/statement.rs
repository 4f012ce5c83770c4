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

/// Why the statement of the policy or template `name`, which is declared at `span` at the head, covers
/// requests on `side` that it does not cover on the other.
pub(super) fn changes(name: &str, span: Span, base: &Parts, head: &Parts, side: SideOf) -> Vec<Cause> {
    let mut causes = Vec::new();
    if base.effect != head.effect {
        causes.extend(Cause::new(SideOf::Head, span, format!("`{name}` is now `{}`", head.effect.name())));
    }
    causes.extend(of_lists(name, "action", &base.actions, &head.actions, side));
    causes.extend(of_lists(name, "resource", &base.resources, &head.resources, side));
    causes.extend(of_conditions(name, &base.conditions, &head.conditions, side));
    causes
}

/// What stands on `side` alone, or where a list says what is excepted, on the other alone.
fn of_lists(
    name: &str,
    noun: &str,
    base: &(bool, Items),
    head: &(bool, Items),
    side: SideOf,
) -> Option<Cause> {
    if base.0 != head.0 {
        let key = if head.0 { format!("not-{noun}s") } else { format!("{noun}s") };
        let (_, first) = head.1.first()?;
        return Cause::new(SideOf::Head, *first, format!("`{name}` now says `{key}`"));
    }
    let side = if head.0 { side.other() } else { side };
    let (these, those) = match side {
        SideOf::Base => (&base.1, &head.1),
        SideOf::Head => (&head.1, &base.1),
    };
    let is_alone = |text: &String| those.iter().all(|(other, _)| other != text);
    let alone: Vec<(&str, Span)> =
        these.iter().filter(|(text, _)| is_alone(text)).map(|(text, span)| (text.as_str(), *span)).collect();
    let (_, first) = alone.first()?;
    let texts: Vec<&str> = alone.iter().map(|(text, _)| *text).collect();
    let plural = if texts.len() == 1 { "" } else { "s" };
    let (verb, texts) = (verb(side), words::list(&texts));
    let words = match head.0 {
        false => format!("`{name}` {verb} the {noun}{plural} {texts}"),
        true => format!("`{name}` {verb} {texts} in `not-{noun}s`"),
    };
    Cause::new(side, *first, words)
}

fn verb(side: SideOf) -> &'static str {
    match side {
        SideOf::Base => "no longer has",
        SideOf::Head => "now has",
    }
}

/// The conditions of the policy or template `name` that have other values, and those by which it covers
/// less on the side that is not `side`.
pub(super) fn of_conditions(name: &str, base: &Conditions, head: &Conditions, side: SideOf) -> Vec<Cause> {
    let changed = head.iter().filter_map(|(id, (values, span, key))| {
        let (old, ..) = base.get(id).filter(|(old, ..)| old != values)?;
        let (old, new) = (words::list(old), words::list(values));
        let words = format!("the condition {} `{key}` of `{name}` is now {new}, not {old}", id.0);
        Cause::new(SideOf::Head, *span, words)
    });
    let side = side.other();
    let (these, those) = match side {
        SideOf::Base => (base, head),
        SideOf::Head => (head, base),
    };
    let alone = these.iter().filter(|(id, _)| !those.contains_key(*id));
    let alone = alone.filter_map(|(id, (_, span, key))| {
        Cause::new(side, *span, format!("`{name}` {} the condition {} `{key}`", verb(side), id.0))
    });
    changed.chain(alone).collect()
}
