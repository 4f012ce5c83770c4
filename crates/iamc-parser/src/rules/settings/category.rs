//! `[[category]]`: how managed policies are divided.

use std::collections::BTreeMap;

use iamc_model::name::is_declaration_name;
use iamc_model::settings::Category;
use iamc_model::{Diagnostic, Span, Spanned, codes};

use crate::read::{Items, Reader, Value};

const EXAMPLE: &str = "{ name = \"S3\", services = [\"s3\"] }";

/// The categories, in order. An empty array keeps all policies together.
pub(crate) fn categories<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<Category>> {
    let items = match value.node.as_array() {
        Some(items) => Items::of(value, items),
        None => {
            reader.wrong_type(value, "an array of tables", "write `[[category]]`");
            return None;
        }
    };
    let mut seen = BTreeMap::new();
    Some(items.filter_map(|item| category(reader, item, &mut seen)).collect())
}

fn category<'a>(
    reader: &mut Reader<'a>,
    item: Value<'a>,
    seen: &mut BTreeMap<String, Span>,
) -> Option<Category> {
    let mut section = reader.section(item, "a category", EXAMPLE)?;
    let name = section.require(reader, &["name"], "write `name = \"S3\"`");
    let services = section.require(reader, &["services"], "write `services = [\"s3\"]`");
    section.finish(reader);
    let name = name.and_then(|value| self::name(reader, value, seen));
    let services = services.and_then(|value| reader.filled_array(value, "an array of strings", "\"s3\""));
    let services = services?.filter_map(|item| service(reader, item)).collect();
    Some(Category { name: name?, services })
}

/// A name that goes into the names of managed policies, which IAM compares without regard to case.
fn name<'a>(
    reader: &mut Reader<'a>,
    value: Value<'a>,
    seen: &mut BTreeMap<String, Span>,
) -> Option<Spanned<String>> {
    let name = reader.filled_string(value)?;
    if !is_declaration_name(&name) {
        let message = format!("`{}` cannot name a category", name.value);
        let help = "begin with a letter; write letters, digits, `-` and `_`";
        reader.error(&codes::INVALID_NAME, message, name.span, "not a name", help);
        return None;
    }
    if name.eq_ignore_ascii_case("Misc") {
        let message = "`Misc` is the category of what fits no other";
        reader.error(&codes::INVALID_VALUE, message, name.span, "taken", "write another name");
        return None;
    }
    let first = *seen.entry(name.to_lowercase()).or_insert(name.span);
    if first != name.span {
        let message = format!("category `{}` is given twice", name.value);
        let diagnostic = Diagnostic::new(&codes::INVALID_VALUE, message, name.span, "given again");
        reader.report(diagnostic.also(first, "first given here").help("unite the two, or rename one"));
        return None;
    }
    Some(name)
}

fn service<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<Spanned<String>> {
    let service = reader.filled_string(item)?;
    let is_service = service.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_service {
        let message = format!("`{}` is not the prefix of a service", service.value);
        let help = "write what stands before the `:` of its actions, such as `s3`";
        reader.error(&codes::INVALID_VALUE, message, service.span, "not a service", help);
    }
    is_service.then_some(service)
}
