//! `[[assert]]`: what must and must not be allowed.

use iamc_model::assertion::{AssertDecl, Expectation};
use iamc_model::check::is_resource;
use iamc_model::{Diagnostic, Spanned, codes};

use super::{statement, time};
use crate::read::{Items, Reader, Section, Value};

const EXAMPLE: &str = "[[assert]]";

/// All assertions of a file. One that is wrong in any way is reported and left out.
pub(crate) fn assertions<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Vec<AssertDecl> {
    let Some(items) = value.node.as_array() else {
        reader.wrong_type(value, "an array of tables", format!("write `{EXAMPLE}`"));
        return vec![];
    };
    Items::of(value, items).filter_map(|item| reader.sound(|reader| assertion(reader, item))).collect()
}

fn assertion<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<AssertDecl> {
    let mut section = reader.section(item, "an assertion", EXAMPLE)?;
    let subjects = subjects(reader, &mut section);
    let except = section.take(reader, "except").and_then(|value| excepted(reader, value));
    let action = section.require(reader, &["action"], "write `action = \"s3:GetObject\"`");
    let action = action.and_then(|value| statement::action(reader, value));
    let resource = section.take(reader, "resource").and_then(|value| self::resource(reader, value));
    let context = section.take(reader, "context").and_then(|value| self::context(reader, value));
    let at = section.take(reader, "at").and_then(|value| time::instant(reader, value));
    let exact = section.take(reader, "exact").and_then(|value| reader.boolean(value));
    let direct = section.take(reader, "direct").and_then(|value| reader.boolean(value));
    let expect =
        section.require(reader, &["expect"], "write `expect = \"allowed\"`, or what else must come out");
    let expect = expect.and_then(|value| expectation(reader, value));
    let because = section.take(reader, "because").and_then(|value| reader.prose(value));
    section.finish(reader);

    let (except_who, except_groups) = except.unwrap_or_default();
    Some(AssertDecl {
        span: item.span,
        who: subjects.who,
        groups: subjects.groups,
        everyone: subjects.everyone,
        except_who,
        except_groups,
        action: action?,
        resource,
        context: context.unwrap_or_default(),
        at,
        exact: exact.unwrap_or_default(),
        direct: direct.unwrap_or_default(),
        expect: expect?,
        because,
    })
}

struct Subjects {
    who: Vec<Spanned<String>>,
    groups: Vec<Spanned<String>>,
    everyone: bool,
}

/// Whom an assertion is about: some principals, the holders of some groups, or everyone.
fn subjects<'a>(reader: &mut Reader<'a>, section: &mut Section<'a>) -> Subjects {
    let who = section.take(reader, "who");
    let groups = section.take(reader, "groups");
    let everyone = section.take(reader, "everyone");
    let is_everyone = everyone.map(|value| reader.boolean(value));
    let named = who.or(groups);
    match (named, everyone, is_everyone) {
        (Some(named), Some(everyone), Some(Some(true))) => {
            let message = format!("both `{}` and `everyone`", named.key.value);
            let diagnostic = Diagnostic::new(&codes::CONFLICTING_KEYS, message, named.key.span, "some")
                .also(everyone.key.span, "all")
                .help("remove one of them; `except` leaves some out");
            reader.report(diagnostic);
        }
        (None, Some(everyone), Some(Some(false))) => {
            let help = "write `everyone = true`, or some in `who` or `groups`";
            reader.error(
                &codes::INVALID_VALUE,
                "an assertion about nobody",
                everyone.span,
                "not everyone",
                help,
            );
        }
        (None, None, _) => {
            let help = "write `who = [\"NAME\"]`, `groups = [\"GROUP\"]` or `everyone = true`";
            section.lacks(&["who", "groups", "everyone"], help);
        }
        _ => {}
    }
    let who = who.and_then(|value| names(reader, value, "\"NAME\""));
    let groups = groups.and_then(|value| names(reader, value, "\"GROUP\""));
    Subjects {
        who: who.unwrap_or_default(),
        groups: groups.unwrap_or_default(),
        everyone: is_everyone.flatten().unwrap_or_default(),
    }
}

pub(super) fn names<'a>(
    reader: &mut Reader<'a>,
    value: Value<'a>,
    example: &str,
) -> Option<Vec<Spanned<String>>> {
    let items = reader.filled_array(value, "an array of names", example)?;
    Some(reader.each(items, Reader::filled_string))
}

type Excepted = (Vec<Spanned<String>>, Vec<Spanned<String>>);

fn excepted<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Excepted> {
    let mut section = reader.section(value, "`except`", "except = { groups = [\"GROUP\"] }")?;
    let who = section.take(reader, "who");
    let groups = section.take(reader, "groups");
    section.finish(reader);
    let who = who.and_then(|value| reader.strings(value, "\"NAME\""));
    let groups = groups.and_then(|value| reader.strings(value, "\"GROUP\""));
    Some((who.unwrap_or_default(), groups.unwrap_or_default()))
}

/// A resource or a pattern of resources, without placeholders: one that is not filled would never
/// match, and a guardrail would never fail.
pub(super) fn resource<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Spanned<String>> {
    let resource = reader.filled_string(value)?;
    if resource.contains(['{', '}']) {
        let message = "the resource holds a brace";
        let help = "write it out: placeholders are not filled here";
        reader.error(&codes::INVALID_PLACEHOLDER, message, resource.span, "not filled here", help);
        return None;
    }
    if !is_resource(&resource) {
        statement::not_a_resource(reader, &resource, resource.span);
        return None;
    }
    Some(resource)
}

type Context = Vec<(Spanned<String>, Vec<Spanned<String>>)>;

fn context<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Context> {
    let table = reader.table(value, "context = { \"s3:prefix\" = [\"devserver/a\"] }")?;
    let mut context = vec![];
    for entry in reader.entries(table) {
        let items = reader.array(entry, "an array of strings", "\"…\"").into_iter().flatten();
        let values = items.filter_map(|item| reader.prose(item)).collect();
        context.push((Spanned::new(entry.key.value.to_owned(), entry.key.span), values));
    }
    Some(context)
}

fn expectation<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Spanned<Expectation>> {
    let all = Expectation::ALL.map(|expectation| (expectation.name(), expectation));
    reader.one_of(value, &all, "a decision", "nothing that can come out")
}
