//! `policies` and `groups`: names, some of them for a time.

use iamc_model::Spanned;
use iamc_model::declaration::Member;
use toml::de::DeValue;

use super::time;
use crate::read::{Reader, Value};

/// The members of a `policies` or `groups`. What is wrong is reported and left out.
pub(crate) fn members<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<Member>> {
    let items = reader.array(value, "an array of names", "\"NAME\"")?;
    Some(reader.each(items, |reader, item| reader.sound(|reader| member(reader, item))))
}

fn member<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<Member> {
    match item.node {
        DeValue::String(_) => {
            let name = reader.filled_string(item)?;
            Some(Member { name, until: None, reason: None, span: item.span })
        }
        DeValue::Table(_) => bounded(reader, item),
        _ => {
            let help = "write `\"NAME\"`, or `{ name = \"NAME\", until = 2026-12-31 }`";
            reader.wrong_type(item, "names", help);
            None
        }
    }
}

fn bounded<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<Member> {
    let example = "{ name = \"NAME\", until = 2026-12-31 }";
    let mut section = reader.section(item, "a membership", example)?;
    let name = section.require(reader, &["name"], "write `name = \"NAME\"`");
    let until = section.take(reader, "until");
    let reason = section.take(reader, "reason");
    section.finish(reader);
    let name = name.and_then(|name| reader.filled_string(name));
    let until = until.and_then(|until| time::until(reader, until));
    let reason: Option<Spanned<String>> = reason.and_then(|reason| reader.prose(reason));
    Some(Member { name: name?, until, reason, span: item.span })
}
