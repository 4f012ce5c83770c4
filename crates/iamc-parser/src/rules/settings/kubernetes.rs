//! `[kubernetes]`

use iamc_model::settings::{Kubernetes, KubernetesGroup, MapRole};
use iamc_model::text::Segment;
use iamc_model::{Spanned, Text, codes};

use super::naming::known_placeholders;
use crate::read::{Braces, Items, Reader, Value};

/// How the names begin that Kubernetes keeps to itself.
const RESERVED: &str = "system:";

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
    let username = word(reader, value)?;
    if username.starts_with(RESERVED) {
        let message = format!("`{}` is a name of Kubernetes' own", username.value);
        let help = "write a name that does not begin with `system:`";
        reader.error(&codes::INVALID_VALUE, message, username.span, "begins with `system:`", help);
    }
    let text = reader.cut(Spanned::new(&username.value, username.span), Braces::Verbatim)?;
    if !username.starts_with(RESERVED) && text.placeholders().next().is_none() && !username.contains("{{") {
        let message = format!("`{}` is one user for all principals", username.value);
        let help = format!("write `{{engineer}}` in it, as in `{}-{{engineer}}`", username.value);
        reader.error(&codes::INVALID_VALUE, message, username.span, "the same for everyone", help);
    }
    known_placeholders(reader, &text, &["engineer", "service-user", "role"]).then_some(text)
}

fn map_roles<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Vec<MapRole> {
    let Some(items) = value.node.as_array() else {
        reader.wrong_type(value, "an array of tables", "write `[[kubernetes.map-role]]`");
        return vec![];
    };
    Items::of(value, items).filter_map(|item| map_role(reader, item)).collect()
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
    let username = username.and_then(|value| word(reader, value));
    let groups = groups.and_then(|value| words(reader, value));
    Some(MapRole { role_arn: role_arn?, username: username?, groups: groups.unwrap_or_default() })
}

fn role_arn<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Text> {
    let text = reader.text(value)?;
    let is_arn = match text.segments.first() {
        Some(Segment::Literal(first)) => first.starts_with("arn:"),
        _ => true,
    };
    let literals = text.segments.iter().filter_map(|segment| match segment {
        Segment::Literal(literal) => Some(literal.as_str()),
        Segment::Placeholder(_) => None,
    });
    let is_arn = is_arn && literals.map(unfit).all(|unfit| unfit.is_none());
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
    entries.filter_map(|entry| group(reader, entry)).collect()
}

fn group<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Option<KubernetesGroup> {
    let name = entry.key.value;
    let mut section = reader.declaration(entry, "kubernetes.groups", "kubernetes group")?;
    let cluster_role = section.require(reader, &["cluster-role"], "write `cluster-role = \"view\"`");
    let namespace = section.take(reader, "namespace");
    section.finish(reader);
    let cluster_role = cluster_role.and_then(|value| word(reader, value));
    let namespace = namespace.and_then(|value| self::namespace(reader, value));
    let name = Spanned::new(name.to_owned(), entry.key.span);
    visible(reader, &name);
    Some(KubernetesGroup { name, cluster_role: cluster_role?, namespace })
}

/// A name that stands in the cluster's own files: what is read there is what is written here.
fn word<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Spanned<String>> {
    let word = reader.filled_string(value)?;
    visible(reader, &word);
    Some(word)
}

fn words<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<Spanned<String>>> {
    let words = reader.strings(value, "\"system:nodes\"")?;
    words.iter().for_each(|word| visible(reader, word));
    Some(words)
}

fn visible(reader: &mut Reader<'_>, word: &Spanned<String>) {
    if let Some(c) = unfit(word) {
        let message = format!("`{}` cannot be a name in a cluster", word.value);
        let label = format!("holds U+{:04X}", u32::from(c));
        let help = "write letters, digits and signs of ASCII, without blanks";
        reader.error(&codes::INVALID_VALUE, message, word.span, label, help);
    }
}

fn unfit(word: &str) -> Option<char> {
    word.chars().find(|c| !c.is_ascii_graphic())
}

/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names>
fn namespace<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Spanned<String>> {
    let namespace = reader.filled_string(value)?;
    let is_label = namespace.len() <= 63
        && namespace.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !namespace.starts_with('-')
        && !namespace.ends_with('-');
    if !is_label {
        let message = format!("`{}` is not a namespace", namespace.value);
        let help = "write lower-case letters, digits and `-`, at most 63, with a letter or digit at each end";
        reader.error(&codes::INVALID_VALUE, message, namespace.span, "not a namespace", help);
    }
    Some(namespace)
}
