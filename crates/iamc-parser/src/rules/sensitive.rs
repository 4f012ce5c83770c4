//! `[[sensitive]]`: what nobody may gain.

use iamc_model::Spanned;
use iamc_model::sensitive::SensitiveDecl;

use super::{assertion, statement};
use crate::read::{Items, Reader, Value};

const EXAMPLE: &str = "[[sensitive]]";

/// All tables of a file. One that is wrong in any way is reported and left out.
pub(crate) fn sensitive<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Vec<SensitiveDecl> {
    let Some(items) = value.node.as_array() else {
        reader.wrong_type(value, "an array of tables", format!("write `{EXAMPLE}`"));
        return vec![];
    };
    Items::of(value, items).filter_map(|item| reader.sound(|reader| one(reader, item))).collect()
}

fn one<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<SensitiveDecl> {
    let mut section = reader.section(item, "sensitive access", EXAMPLE)?;
    let actions = section.require(reader, &["actions"], "write `actions = [\"iam:*\"]`");
    let resources = section.require(reader, &["resources"], "write `resources = [\"*\"]`");
    let except = section.take(reader, "except");
    let because = section.take(reader, "because");
    section.finish(reader);

    let actions = actions.and_then(|value| statement::actions(reader, value, "\"iam:*\""));
    let resources = resources.and_then(|value| self::resources(reader, value));
    let except = except.and_then(|value| assertion::names(reader, value, "\"NAME\""));
    let because = because.and_then(|value| reader.prose(value));
    let except = except.unwrap_or_default();
    Some(SensitiveDecl { span: item.span, actions: actions?, resources: resources?, except, because })
}

fn resources<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<Spanned<String>>> {
    let items = reader.filled_array(value, "an array of strings", "\"*\"")?;
    Some(reader.each(items, assertion::resource))
}
