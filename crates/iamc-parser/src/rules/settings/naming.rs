//! `[naming]`: the patterns that make names of resources and stacks.

use iamc_model::settings::Naming;
use iamc_model::{Spanned, Text, codes};

use super::super::names;
use crate::read::{Reader, Section, Value, list};

/// Reads the patterns that are given over the defaults.
pub(crate) fn naming<'a>(reader: &mut Reader<'a>, value: Value<'a>, naming: &mut Naming) {
    let Some(mut section) = reader.section(value, "`[naming]`", "[naming]") else { return };
    if let Some(pattern) = section.take(reader, "engineer-pattern")
        && let Some(pattern) = engineer_pattern(reader, pattern)
    {
        naming.engineer_pattern = pattern;
    }
    let mut read = |key, target: &mut Text, known| pattern(reader, &mut section, key, target, known);
    read("engineer-role", &mut naming.engineer_role, &["engineer"]);
    read("engineer-instance-profile", &mut naming.engineer_instance_profile, &["engineer"]);
    read("engineer-policy", &mut naming.engineer_policy, &["engineer", "category"]);
    read("engineer-stack", &mut naming.engineer_stack, &["engineer"]);
    read("service-user-policy", &mut naming.service_user_policy, &["service-user", "category"]);
    read("service-user-group", &mut naming.service_user_group, &["service-user"]);
    read("service-user-stack", &mut naming.service_user_stack, &["service-user"]);
    read("role-policy", &mut naming.role_policy, &["role", "category"]);
    read("role-stack", &mut naming.role_stack, &["role"]);
    section.finish(reader);
}

fn pattern<'a>(
    reader: &mut Reader<'a>,
    section: &mut Section<'a>,
    key: &'static str,
    target: &mut Text,
    known: &[&str],
) {
    let Some(text) = section.take(reader, key).and_then(|value| reader.text(value)) else { return };
    if known_placeholders(reader, &text, known) {
        *target = text;
    }
}

/// Reports placeholders that are not filled here; whether there are none.
pub(crate) fn known_placeholders(reader: &mut Reader<'_>, text: &Text, known: &[&str]) -> bool {
    let is_unknown = |name: &str| !known.contains(&name);
    for placeholder in text.placeholders().filter(|placeholder| is_unknown(&placeholder.name)) {
        let braced: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
        let braced: Vec<&str> = braced.iter().map(String::as_str).collect();
        let help = format!("only {} can stand here", list(&braced));
        let message = format!("`{{{}}}` is not filled here", placeholder.name);
        reader.error(&codes::INVALID_PLACEHOLDER, message, placeholder.span, "not filled here", help);
    }
    !text.placeholders().any(|placeholder| is_unknown(&placeholder.name))
}

/// A pattern that is no regular expression is reported, and kept: no name is judged by it.
fn engineer_pattern<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Spanned<String>> {
    let pattern = reader.filled_string(value)?;
    if let Err(error) = names::whole(&pattern) {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let message = format!("`{}` is not a regular expression", pattern.value);
        let help = "write a regular expression for the whole name, such as `[A-Z][A-Za-z0-9]*`";
        reader.error(&codes::INVALID_VALUE, message, pattern.span, reason, help);
    }
    Some(pattern)
}
