//! `[group.X]`

use iamc_model::declaration::GroupDecl;

use super::names::{self, Syntax};
use super::{members, silence};
use crate::read::{Reader, Value};

/// A group. None where its name is wrong, or it is no table.
pub(crate) fn group<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Option<GroupDecl> {
    let mut section = reader.declaration(entry, "group", "group")?;
    let description = section.take(reader, "description");
    let policies = section.take(reader, "policies");
    let groups = section.take(reader, "groups");
    let kubernetes_groups = section.take(reader, "kubernetes-groups");
    let silence = section.take(reader, "silence");
    section.finish(reader);

    let description = description.and_then(|value| reader.prose(value));
    let policies = policies.and_then(|value| members::members(reader, value));
    let groups = groups.and_then(|value| members::members(reader, value));
    let kubernetes_groups = kubernetes_groups.and_then(|value| reader.strings(value, "\"eng\""));
    let silence = silence.and_then(|value| silence::silence(reader, value));
    Some(GroupDecl {
        name: names::name(reader, entry.key, Syntax::Declaration)?,
        description,
        policies: policies.unwrap_or_default(),
        groups: groups.unwrap_or_default(),
        kubernetes_groups: kubernetes_groups.unwrap_or_default(),
        silence: silence.unwrap_or_default(),
    })
}
