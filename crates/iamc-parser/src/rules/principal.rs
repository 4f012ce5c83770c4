//! What engineers, service users and roles have in common, and their `[…-defaults]`.

use iamc_model::check::is_path;
use iamc_model::declaration::{Attributes, PrincipalDecl};
use iamc_model::{PrincipalKind, Spanned, codes};

use super::names::{self, Syntax};
use super::{Setup, for_each, members, params, silence, tags, trust};
use crate::read::{Reader, Section, Value};

/// IAM's limits on a session, in seconds.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
const SESSION: std::ops::RangeInclusive<u32> = 3_600..=43_200;

/// Which of the keys that not all kinds have are keys here.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    max_session_duration: bool,
    trust: bool,
}

/// The keys of a principal of this kind.
pub(crate) fn keys(kind: PrincipalKind) -> Keys {
    let max_session_duration = kind != PrincipalKind::ServiceUser;
    Keys { max_session_duration, trust: kind == PrincipalKind::Role }
}

/// The keys of the defaults for principals of this kind.
pub(crate) fn default_keys(kind: PrincipalKind) -> Keys {
    let is_assumed = kind != PrincipalKind::ServiceUser;
    Keys { max_session_duration: is_assumed, trust: is_assumed }
}

/// A service user or a role. None where its name, its `for-each` or its boundary is wrong, or it is no
/// table.
pub(crate) fn principal<'a>(
    reader: &mut Reader<'a>,
    entry: Value<'a>,
    kind: PrincipalKind,
    setup: &Setup,
) -> Option<PrincipalDecl> {
    let mut section = reader.declaration(entry, kind.key(), kind.noun())?;
    let each = section.take(reader, "for-each");
    if kind == PrincipalKind::Role && setup.settings.role_defaults.trust.is_none() {
        section.require(
            reader,
            &["trust"],
            "say who may assume it: `trust = [{ service = \"ec2.amazonaws.com\" }]`",
        );
    }
    let attributes = attributes(reader, &mut section, &keys(kind));
    section.finish(reader);

    let name = names::pattern(reader, entry.key, Syntax::Principal, each.is_some());
    let for_each = match each {
        Some(value) => Some(for_each::for_each(reader, value)?),
        None => None,
    };
    Some(PrincipalDecl { kind, name: name?, attributes: attributes?, for_each })
}

/// The keys that principals and their defaults share. None where the boundary is wrong: without it
/// more would be granted.
pub(crate) fn attributes<'a>(
    reader: &mut Reader<'a>,
    section: &mut Section<'a>,
    keys: &Keys,
) -> Option<Attributes> {
    let description = section.take(reader, "description").and_then(|value| reader.prose(value));
    let groups = section.take(reader, "groups").and_then(|value| members::members(reader, value));
    let policies = section.take(reader, "policies").and_then(|value| members::members(reader, value));
    let params = section
        .take(reader, "params")
        .and_then(|value| params::params(reader, value, "params = { client = \"tcm\" }"));
    let tags = section.take(reader, "tags").and_then(|value| tags::tags(reader, value));
    let managed_policy_arns = section
        .take(reader, "managed-policy-arns")
        .and_then(|value| reader.texts(value, "\"arn:aws:iam::aws:policy/ReadOnlyAccess\""));
    let boundary = section.take(reader, "permissions-boundary").map(|value| reader.text(value));
    let path = section.take(reader, "path").and_then(|value| path(reader, value));
    let max_session_duration =
        keys.max_session_duration.then(|| section.take(reader, "max-session-duration")).flatten();
    let max_session_duration = max_session_duration.and_then(|value| reader.integer(value, SESSION));
    let trust = keys.trust.then(|| section.take(reader, "trust")).flatten();
    let trust = trust.map(|value| trust::trust(reader, value));
    let silence = section.take(reader, "silence").and_then(|value| silence::silence(reader, value));
    Some(Attributes {
        description,
        groups,
        policies,
        params,
        tags: tags.unwrap_or_default(),
        managed_policy_arns: managed_policy_arns.unwrap_or_default(),
        permissions_boundary: boundary.map_or(Some(None), |boundary| boundary.map(Some))?,
        path,
        max_session_duration,
        trust,
        silence,
    })
}

/// IAM's path, which holds no placeholders.
fn path<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Spanned<String>> {
    let path = reader.filled_string(value)?;
    if !is_path(&path) {
        let message = format!("`{}` is not a path", path.value);
        let help = "begin and end it with `/`, as in `/teams/`, without blanks, at most 512 characters";
        reader.error(&codes::INVALID_VALUE, message, path.span, "not a path", help);
        return None;
    }
    if path.contains(['{', '}']) {
        let message = "a path holds no placeholders";
        reader.error(
            &codes::INVALID_PLACEHOLDER,
            message,
            path.span,
            "not filled here",
            "write the path out",
        );
        return None;
    }
    Some(path)
}
