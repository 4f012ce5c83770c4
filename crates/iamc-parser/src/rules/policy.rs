//! `[policy.X]` and `[template.X]`

use std::collections::BTreeMap;

use iamc_model::declaration::{PolicyBody, PolicyDecl, TemplateDecl};
use iamc_model::{Diagnostic, Spanned, codes};

use super::names::{self, Syntax};
use super::statement::Keys;
use super::{conditions, for_each, params, silence};
use crate::read::{Reader, Section, Value};

/// A policy. None where anything in it is wrong: what is left could grant more than was meant.
pub(crate) fn policy<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Option<PolicyDecl> {
    reader.sound(|reader| {
        let mut section = reader.declaration(entry, "policy", "policy")?;
        let description = section.take(reader, "description");
        let silence = section.take(reader, "silence");
        let each = section.take(reader, "for-each");
        let body = body(reader, section);

        let description = description.and_then(|value| reader.prose(value));
        let silence = silence.and_then(|value| silence::silence(reader, value)).unwrap_or_default();
        let name = names::pattern(reader, entry.key, Syntax::Declaration, each.is_some());
        let for_each = each.and_then(|value| for_each::for_each(reader, value));
        Some(PolicyDecl { name: name?, description, body: body?, for_each, silence })
    })
}

/// A statement, or the use of a template.
fn body<'a>(reader: &mut Reader<'a>, mut section: Section<'a>) -> Option<PolicyBody> {
    let template = section.take(reader, "template");
    let with = section.take(reader, "with");
    let conditions = section.take(reader, "conditions");
    let keys = Keys::take(reader, &mut section);
    let Some(template) = template else {
        match with {
            Some(_) => section.lacks(&["template"], "write `template = \"NAME\"`, or remove `with`"),
            None => keys.require(&mut section),
        }
        section.finish(reader);
        return keys.read(reader, conditions).map(PolicyBody::Statement);
    };
    section.finish(reader);
    for key in keys.given() {
        beside_template(reader, key, template);
    }
    let with = with.map_or(Some(vec![]), |value| params::with(reader, value));
    let conditions = conditions.map_or(Some(vec![]), |value| conditions::conditions(reader, value));
    let template = reader.filled_string(template);
    Some(PolicyBody::Template { template: template?, with: with?, conditions: conditions? })
}

fn beside_template(reader: &mut Reader<'_>, key: Value<'_>, template: Value<'_>) {
    let message = format!("`{}` beside `template`", key.key.value);
    let diagnostic = Diagnostic::new(
        &codes::CONFLICTING_KEYS,
        message,
        key.key.span,
        "the template says this",
    )
    .also(template.key.span, "the template")
    .help(
        "remove one of them: a policy made from a template may add `description`, `conditions` and `silence`",
    );
    reader.report(diagnostic);
}

/// A template. None where anything in it is wrong.
pub(crate) fn template<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Option<TemplateDecl> {
    reader.sound(|reader| {
        let mut section = reader.declaration(entry, "template", "template")?;
        let description = section.take(reader, "description");
        let parameters = section.take(reader, "parameters");
        let silence = section.take(reader, "silence");
        let conditions = section.take(reader, "conditions");
        let keys = Keys::take(reader, &mut section);
        keys.require(&mut section);
        section.finish(reader);

        let description = description.and_then(|value| reader.prose(value));
        let parameters = parameters.and_then(|value| self::parameters(reader, value)).unwrap_or_default();
        let silence = silence.and_then(|value| silence::silence(reader, value)).unwrap_or_default();
        let name = names::name(reader, entry.key, Syntax::Declaration);
        let statement = keys.read(reader, conditions);
        Some(TemplateDecl { name: name?, description, parameters, statement: statement?, silence })
    })
}

/// The names that each use of a template has to fill.
fn parameters<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<Spanned<String>>> {
    let words = reader.strings(value, "\"bucket\"")?;
    let mut first = BTreeMap::new();
    for word in &words {
        params::placeholder_name(reader, Spanned::new(&word.value, word.span));
        if let Some(&earlier) = first.get(&word.value) {
            let message = format!("parameter `{}` is given twice", word.value);
            let diagnostic = Diagnostic::new(&codes::INVALID_VALUE, message, word.span, "given again");
            reader.report(diagnostic.also(earlier, "first given here").help("remove one of them"));
        }
        first.entry(&word.value).or_insert(word.span);
    }
    Some(words)
}
