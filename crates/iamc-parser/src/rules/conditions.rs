//! `conditions`: operator, key, values.

use std::collections::BTreeMap;

use iamc_model::check::{is_condition_value, wanted_condition_value};
use iamc_model::condition::{BaseOperator, Operator};
use iamc_model::declaration::ConditionDecl;
use iamc_model::{Diagnostic, Span, Spanned, Text, codes, name};

use super::statement::{characters, characters_of};
use crate::read::{Reader, Value};

const EXAMPLE: &str = "conditions.StringLike.\"s3:prefix\" = [\"devserver/*\"]";

/// All conditions of a table. None where any of them is wrong, which is reported: without it more
/// would be granted.
pub(crate) fn conditions<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<ConditionDecl>> {
    reader.sound(|reader| {
        let table = reader.table(value, EXAMPLE)?;
        if table.is_empty() {
            reader.empty(value, format!("write `{EXAMPLE}`, or remove `conditions`"));
        }
        let entries = reader.entries(table);
        Some(entries.flat_map(|entry| under_operator(reader, entry)).collect())
    })
}

fn under_operator<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Vec<ConditionDecl> {
    let operator = operator(reader, entry.key);
    let example = format_args!("conditions.{}.\"s3:prefix\" = [\"devserver/*\"]", entry.key.value);
    let Some(table) = reader.table(entry, example) else { return vec![] };
    if table.is_empty() {
        reader.empty(entry, format!("write `{example}`"));
    }
    let mut seen = BTreeMap::new();
    let mut conditions = vec![];
    for value in reader.entries(table) {
        key(reader, value.key, &mut seen);
        let values = values(reader, value, operator);
        if let (Some(operator), Some(values)) = (operator, values) {
            let operator = Spanned::new(operator, entry.key.span);
            let key = Spanned::new(value.key.value.to_owned(), value.key.span);
            conditions.push(ConditionDecl { operator, key, values });
        }
    }
    conditions
}

fn operator(reader: &mut Reader<'_>, word: Spanned<&str>) -> Option<Operator> {
    let operator = word.value.parse::<Operator>().ok();
    if operator.is_none() {
        let message = format!("`{}` is not a condition operator", word.value);
        let help = match nearest_operator(word.value) {
            Some(near) if near.contains(':') => format!("write `\"{near}\"`"),
            Some(near) => format!("write `{near}`"),
            None => "write an operator of IAM's, such as `StringEquals` or `\"ForAnyValue:StringLike\"`"
                .to_owned(),
        };
        reader.error(&codes::UNKNOWN_OPERATOR, message, word.span, "unknown operator", help);
    }
    operator
}

/// The operator that is most likely meant: by its letters, or without a suffix that `Null` does not take.
fn nearest_operator(word: &str) -> Option<String> {
    let null = BaseOperator::Null.name();
    if word.strip_suffix("IfExists").is_some_and(|base| base.eq_ignore_ascii_case(null)) {
        return Some(null.to_owned());
    }
    let all: Vec<String> = Operator::all().map(|operator| operator.to_string()).collect();
    name::nearest(word, all.iter().map(String::as_str)).map(str::to_owned)
}

/// Checks a condition key. Keys are compared without regard to case.
fn key(reader: &mut Reader<'_>, key: Spanned<&str>, seen: &mut BTreeMap<String, Span>) {
    if key.value.is_empty() {
        let help = "write a key between the quotes, such as `aws:SourceIp`";
        reader.error(&codes::EMPTY_VALUE, "a condition has no key", key.span, "nothing stands here", help);
    }
    if key.value.contains(['{', '}']) {
        let message = format!("condition key `{}` holds a placeholder", key.value);
        let help = "write the key out: placeholders are filled in values only";
        reader.error(&codes::INVALID_PLACEHOLDER, message, key.span, "not filled here", help);
    }
    blanks(reader, key);
    characters_of(reader, key);
    let first = *seen.entry(key.value.to_lowercase()).or_insert(key.span);
    if first != key.span {
        let message = format!("condition key `{}` is given twice under one operator", key.value);
        let help = "write one key with all the values: IAM compares keys without regard to case";
        let diagnostic = Diagnostic::new(&codes::DUPLICATE_CONDITION_KEY, message, key.span, "given again");
        reader.report(diagnostic.also(first, "first given here").help(help));
    }
}

/// A blank makes another key, which no request has: a Deny would not deny, and what is negated would
/// always hold.
fn blanks(reader: &mut Reader<'_>, key: Spanned<&str>) {
    let trimmed = key.value.trim();
    if trimmed != key.value || key.value.contains(['\t', '\n', '\r']) {
        let message = format!("condition key `{}` holds a blank that IAM does not leave out", key.value);
        let help = format!("write `{trimmed}`");
        reader.error(&codes::INVALID_VALUE, message, key.span, "another key", help);
    }
}

fn values<'a>(reader: &mut Reader<'a>, value: Value<'a>, operator: Option<Operator>) -> Option<Vec<Text>> {
    if value.node.is_table() {
        let help = format!("put the whole key in quotes, as in `{EXAMPLE}`");
        reader.wrong_type(value, "an array of strings", help);
        return None;
    }
    let items = reader.filled_array(value, "an array of strings", "\"…\"")?;
    Some(reader.each(items, |reader, item| condition_value(reader, item, operator)))
}

fn condition_value<'a>(reader: &mut Reader<'a>, item: Value<'a>, operator: Option<Operator>) -> Option<Text> {
    let text = reader.text_or_empty(item)?;
    let is_sound = characters(reader, &text);
    if let (Some(operator), Some(literal)) = (operator, text.as_literal())
        && !is_condition_value(operator, literal)
    {
        let message = format!("`{operator}` cannot compare with `{literal}`");
        let help = format!("write {}", wanted_condition_value(operator));
        reader.error(
            &codes::INVALID_CONDITION_VALUE,
            message,
            item.span,
            "not what the operator wants",
            help,
        );
        return None;
    }
    is_sound.then_some(text)
}
