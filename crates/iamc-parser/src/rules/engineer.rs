//! `[engineer]` and `[engineer.X]`

mod dotted;

use iamc_model::PrincipalKind;
use iamc_model::codes;
use iamc_model::declaration::{Attributes, PrincipalDecl};
use iamc_model::project::DeclKind;
use toml::de::DeValue;

use super::{Setup, members, principal};
use crate::read::{Reader, Section, Value};

const KIND: PrincipalKind = PrincipalKind::Engineer;

/// What an engineer can be.
const WANTED: &str = "an array of groups, or a table";

/// An engineer: a table, or the array of groups for short. None where it is neither, or its name is
/// wrong.
pub(crate) fn engineer<'a>(
    reader: &mut Reader<'a>,
    entry: Value<'a>,
    setup: &Setup,
) -> Option<PrincipalDecl> {
    if dotted::is_name(reader, entry, setup) {
        return None;
    }
    let attributes = attributes(reader, entry, setup);
    let name = setup.engineer.check(reader, entry.key);
    Some(PrincipalDecl { kind: KIND, name: name?, attributes: attributes?, for_each: None })
}

fn attributes<'a>(reader: &mut Reader<'a>, entry: Value<'a>, setup: &Setup) -> Option<Attributes> {
    let name = entry.key.value;
    match entry.node {
        DeValue::Table(_) => {
            let mut section = reader.declaration(entry, KIND.key(), KIND.noun())?;
            let attributes = principal::attributes(reader, &mut section, &principal::keys(KIND));
            finish(reader, section, name, setup);
            attributes
        }
        DeValue::Array(items) => {
            let first = items.first().map(|item| entry.item(item));
            let is_header =
                |item: &Value<'a>| item.node.is_table() && reader.written(item.span).starts_with('[');
            if let Some(header) = first.filter(is_header) {
                in_two_brackets(reader, header);
                return None;
            }
            Some(Attributes { groups: members::members(reader, entry), ..Attributes::default() })
        }
        DeValue::String(_) => {
            let help = format!("write `{name} = [{}]`", reader.written(entry.span));
            reader.wrong_type(entry, WANTED, help);
            None
        }
        _ => {
            reader.wrong_type(entry, WANTED, format!("write `{name} = [\"GROUP\"]`"));
            None
        }
    }
}

/// `[[engineer.X]]`
fn in_two_brackets<'a>(reader: &mut Reader<'a>, header: Value<'a>) {
    let message = format!("`{}` takes {WANTED}, not an array of tables", header.key.value);
    let help = format!("write `[engineer.{}]`", reader.written(header.key.span));
    reader.error(&codes::WRONG_TYPE, message, header.span, "this is an array of tables", help);
}

/// Reports what is left, and the engineers among it: lines that were appended behind a header.
fn finish<'a>(reader: &mut Reader<'a>, section: Section<'a>, name: &str, setup: &Setup) {
    let looks_like_engineer = |value: &Value<'a>| {
        !value.is_scalar()
            && value.key.value != "trust"
            && setup.engineer.matches(value.key.value)
            && section.nearest(value.key.value).is_none()
    };
    let (engineers, rest): (Vec<_>, Vec<_>) =
        section.rest(reader).into_iter().partition(|value| looks_like_engineer(value));
    for value in engineers {
        appended(reader, value, name);
    }
    section.finish_with(reader, rest, |value| {
        (value.key.value == "trust").then(|| {
            "remove it: who may assume engineers' roles is `trust` in `[engineer-defaults]`".to_owned()
        })
    });
}

fn appended(reader: &mut Reader<'_>, value: Value<'_>, owner: &str) {
    let name = value.key.value;
    let written = reader.written(value.span);
    let message = format!("`{name}` stands under `[engineer.{owner}]`, so it is a key of `{owner}`");
    let (below, line) = match value.node.is_array() && !written.contains('\n') {
        true => (format!("`groups = {written}`"), format!("`{name} = {written}`")),
        false => ("its keys".to_owned(), "the line".to_owned()),
    };
    let help = format!(
        "if `{name}` is an engineer, write `[engineer.{name}]` and below it {below}, \
         or move {line} up, under `[engineer]` and above `[engineer.{owner}]`"
    );
    reader.error(&codes::UNKNOWN_KEY, message, value.key.span, format!("belongs to `{owner}`"), help);
    reader.leave_out(DeclKind::Principal(KIND), name, value.key.span);
}
