//! `[kubernetes]`

use iamc_model::settings::{Kubernetes, KubernetesGroup, MapRole};
use iamc_model::text::Segment;
use iamc_model::{Spanned, Text, codes};

use super::naming::known_placeholders;
use crate::read::{Braces, Reader, Value};

/// Reads what is given over the defaults.
pub(crate) fn kubernetes<'a>(reader: &mut Reader<'a>, value: Value<'a>, kubernetes: &mut Kubernetes) {
    let Some(mut section) = reader.section(value, "`[kubernetes]`", "[kubernetes]") else { return };
    let username = section.take(reader, "username");
    let map_roles = section.take(reader, "map-role");
    let groups = section.take(reader, "groups");
    section.finish(reader);
    if let Some(username) = username.and_then(|value| self::username(reader, value)) {
        kubernetes.username = username;
    }
    kubernetes.map_roles = map_roles.map(|value| self::map_roles(reader, value)).unwrap_or_default();
    kubernetes.groups = groups.map(|value| self::groups(reader, value)).unwrap_or_default();
}

fn username<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Text> {
    let username = reader.filled_string(value)?;
    let text = reader.cut(&username, Braces::Verbatim)?;
    known_placeholders(reader, &text, &["engineer", "service-user", "role"]).then_some(text)
}

fn map_roles<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Vec<MapRole> {
    let Some(items) = value.node.as_array() else {
        reader.wrong_type(value, "an array of tables", "write `[[kubernetes.map-role]]`");
        return vec![];
    };
    let items: Vec<_> = items.iter().map(|item| value.item(reader, item)).collect();
    items.into_iter().filter_map(|item| map_role(reader, item)).collect()
}

fn map_role<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<MapRole> {
    let mut section = reader.section(item, "a `map-role`", "[[kubernetes.map-role]]")?;
    let role_arn =
        section.require(reader, &["role-arn"], "write `role-arn = \"arn:aws:iam::{account}:role/NAME\"`");
    let username =
        section.require(reader, &["username"], "write `username = \"system:node:{{EC2PrivateDNSName}}\"`");
    let groups = section.take(reader, "groups");
    section.finish(reader);
    let role_arn = role_arn.and_then(|value| self::role_arn(reader, value));
    let username = username.and_then(|value| reader.filled_string(value));
    let groups = groups.and_then(|value| reader.strings(value, "\"system:nodes\""));
    Some(MapRole { role_arn: role_arn?, username: username?, groups: groups.unwrap_or_default() })
}

fn role_arn<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Text> {
    let text = reader.text(value)?;
    let is_arn = match text.segments.first() {
        Some(Segment::Literal(first)) => first.starts_with("arn:"),
        _ => true,
    };
    if !is_arn {
        let message = format!("`{text}` is not a role's ARN");
        let help = "write `arn:aws:iam::{account}:role/NAME`";
        reader.error(&codes::INVALID_VALUE, message, text.span, "not an ARN", help);
    }
    is_arn.then_some(text)
}

fn groups<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Vec<KubernetesGroup> {
    let Some(table) = reader.table(value, "[kubernetes.groups.NAME]") else { return vec![] };
    let entries = reader.entries(table);
    entries.into_iter().filter_map(|entry| group(reader, entry)).collect()
}

fn group<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Option<KubernetesGroup> {
    let name = entry.key.value;
    let mut section = reader.declaration(entry, "kubernetes.groups", "kubernetes group")?;
    let cluster_role = section.require(reader, &["cluster-role"], "write `cluster-role = \"view\"`");
    let namespace = section.take(reader, "namespace");
    section.finish(reader);
    let cluster_role = cluster_role.and_then(|value| reader.filled_string(value));
    let namespace = namespace.and_then(|value| reader.filled_string(value));
    let name = Spanned::new(name.to_owned(), entry.key.span);
    Some(KubernetesGroup { name, cluster_role: cluster_role?, namespace })
}
