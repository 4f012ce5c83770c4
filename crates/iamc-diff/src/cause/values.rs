//! The values that fill placeholders, and a principal's own context keys.

use std::borrow::Cow;
use std::collections::BTreeSet;

use iamc_model::declaration::Param;
use iamc_model::{Span, Text};

use super::of_value;
use crate::Cause;
use crate::comparison::{One, Pair};

/// A text as it is for a principal; none where something in it is not filled.
pub(super) fn fill(text: &Text, one: &One<'_>) -> Option<String> {
    text.fill(|placeholder| value(&placeholder.name, one)).ok()
}

fn value<'a>(name: &str, one: &One<'a>) -> Option<Cow<'a, str>> {
    let settings = one.side.built.settings;
    let given = find(&one.principal.params, name).or_else(|| find(&settings.variables, name));
    given.map(|(value, _)| Cow::from(value)).or_else(|| match name {
        "account" => settings.account.as_ref().map(|account| Cow::from(account.as_str())),
        "partition" => Some(Cow::from(settings.partition.as_str())),
        "role-name" => settings.naming.role_name(one.grant.kind, &one.grant.name).map(Cow::from),
        kind if kind == one.grant.kind.key() => Some(Cow::from(&*one.grant.name)),
        _ => None,
    })
}

fn find<'a>(params: &'a [Param], name: &str) -> Option<(&'a str, Span)> {
    let param = params.iter().find(|param| param.name.value == name);
    param.map(|param| (param.value.as_str(), param.value.span))
}

/// The values in texts of either side that are not the same on both.
pub(super) fn of_texts<'t>(pair: &Pair<'_>, texts: impl IntoIterator<Item = &'t Text>) -> Vec<Cause> {
    let placeholders = texts.into_iter().flat_map(Text::placeholders);
    let names: BTreeSet<&str> = placeholders.map(|placeholder| placeholder.name.as_str()).collect();
    names.into_iter().flat_map(|name| of_name(pair, name)).collect()
}

fn of_name(pair: &Pair<'_>, name: &str) -> Vec<Cause> {
    let on_both = |of: &dyn for<'o> Fn(&'o One<'_>) -> Option<(&'o str, Span)>| {
        [pair.base().and_then(of), pair.head().and_then(of)]
    };
    let param = on_both(&|one| find(&one.principal.params, name));
    let variable = on_both(&|one| find(&one.side.built.settings.variables, name));
    let of_param = of_value(&format!("`{name}` of `{}`", pair.name()), param);
    let of_variable = of_value(&format!("the variable `{name}`"), variable);
    let mut causes: Vec<Cause> = of_param.into_iter().chain(of_variable).collect();
    match name {
        "account" => causes.extend(of_account(pair)),
        "partition" => causes.extend(of_partition(pair)),
        "role-name" => causes.extend(of_role_name(pair)),
        _ => {}
    }
    causes
}

fn of_account(pair: &Pair<'_>) -> Option<Cause> {
    let on = |one: &One<'_>| one.side.built.settings.account.clone();
    let [base, head] = [pair.base().and_then(on), pair.head().and_then(on)];
    let sides = [&base, &head].map(|side| side.as_ref().map(|account| (account.as_str(), account.span)));
    of_value("the account", sides)
}

fn of_partition(pair: &Pair<'_>) -> Option<Cause> {
    let on = |one: &One<'_>| one.side.built.settings.partition.clone();
    let [base, head] = [pair.base().map(on), pair.head().map(on)];
    let sides = [&base, &head].map(|side| side.as_ref().map(|it| (it.as_str(), it.span)));
    of_value("the partition", sides)
}

fn of_role_name(pair: &Pair<'_>) -> Option<Cause> {
    let on = |one: &One<'_>| {
        let naming = &one.side.built.settings.naming;
        Some((naming.role_name(one.grant.kind, &one.grant.name)?, naming.engineer_role.span))
    };
    let [base, head] = [pair.base().and_then(on), pair.head().and_then(on)];
    let sides = [&base, &head].map(|side| side.as_ref().map(|(name, span)| (name.as_str(), *span)));
    of_value("the name of the role", sides)
}

/// What has changed of the keys that AWS knows of the principal in every request: its tags, and what its
/// ARN is made of.
pub(super) fn of_own_keys(pair: &Pair<'_>) -> Vec<Cause> {
    let mut causes = of_tags(pair);
    causes.extend(
        [of_account(pair), of_partition(pair), of_role_name(pair), of_path(pair)].into_iter().flatten(),
    );
    causes
}

fn of_path(pair: &Pair<'_>) -> Option<Cause> {
    let on = |one: &One<'_>| {
        let written = one.principal.attributes.path.as_ref();
        (one.grant.path.clone(), written.map_or(Span::BUILTIN, |path| path.span))
    };
    let [base, head] = [pair.base().map(on), pair.head().map(on)];
    let sides = [&base, &head].map(|side| side.as_ref().map(|(path, span)| (path.as_str(), *span)));
    of_value("the path", sides)
}

/// The tags that are not the same.
fn of_tags(pair: &Pair<'_>) -> Vec<Cause> {
    let tags = |one: Option<&One<'_>>| one.map(|one| one.grant.tags.clone()).unwrap_or_default();
    let [base, head] = [tags(pair.base()), tags(pair.head())];
    let keys: BTreeSet<&str> = base.iter().chain(&head).map(|(key, _)| key.as_str()).collect();
    keys.into_iter().filter_map(|key| of_tag(pair, key)).collect()
}

/// A tag that is not the same on both sides.
pub(crate) fn of_tag(pair: &Pair<'_>, key: &str) -> Option<Cause> {
    let on = |one: &One<'_>| {
        let (_, value) = one.grant.tags.iter().find(|(tag, _)| tag == key)?.clone();
        let tag = one.principal.attributes.tags.iter().find(|tag| tag.key.value == key)?;
        Some((value, tag.key.span))
    };
    let [base, head] = [pair.base().and_then(on), pair.head().and_then(on)];
    let sides = [&base, &head].map(|side| side.as_ref().map(|(value, span)| (value.as_str(), *span)));
    of_value(&format!("the tag `{key}`"), sides)
}
