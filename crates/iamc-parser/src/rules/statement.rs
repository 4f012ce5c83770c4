//! The parts of a statement: effect, actions, resources.

use std::sync::Arc;

use iamc_model::check::{invalid_character, is_action, is_resource};
use iamc_model::declaration::{Effect, List, StatementDecl};
use iamc_model::text::Segment;
use iamc_model::{Diagnostic, Span, Spanned, Text, codes};

use super::conditions;
use crate::read::{Reader, Section, Value};

/// The keys of a statement.
pub(crate) struct Keys<'a> {
    effect: Option<Value<'a>>,
    actions: Pair<'a>,
    resources: Pair<'a>,
}

/// A list or its `not-` counterpart.
struct Pair<'a> {
    plain: Option<Value<'a>>,
    negated: Option<Value<'a>>,
}

impl<'a> Keys<'a> {
    /// Takes the keys out of their table, conditions aside.
    pub(crate) fn take(reader: &Reader<'a>, section: &mut Section<'a>) -> Self {
        let mut pair = |plain, negated| Pair {
            plain: section.take(reader, plain),
            negated: section.take(reader, negated),
        };
        let actions = pair("actions", "not-actions");
        let resources = pair("resources", "not-resources");
        Self { effect: section.take(reader, "effect"), actions, resources }
    }

    /// Those that are given.
    pub(crate) fn given(&self) -> impl Iterator<Item = Value<'a>> {
        let pairs = [&self.actions, &self.resources];
        let lists = pairs.into_iter().flat_map(|pair| [pair.plain, pair.negated]);
        [self.effect].into_iter().chain(lists).flatten()
    }

    /// Says of the lists that are not given that they are missing.
    pub(crate) fn require(&self, section: &mut Section<'a>) {
        if self.actions.is_missing() {
            section.lacks(&["actions", "not-actions"], "write `actions = [\"s3:GetObject\"]`");
        }
        if self.resources.is_missing() {
            section.lacks(&["resources", "not-resources"], "write `resources = [\"arn:aws:s3:::bucket/*\"]`");
        }
    }

    /// The statement. None where a part is missing or wrong, which is reported; a missing list is
    /// reported by the table.
    pub(crate) fn read(
        self,
        reader: &mut Reader<'a>,
        conditions: Option<Value<'a>>,
    ) -> Option<StatementDecl> {
        let effect = self.effect.map_or(Some(Effect::Allow), |value| effect(reader, value));
        let actions = self.actions.read(reader, |reader, value| actions(reader, value, "\"s3:GetObject\""));
        let resources = self.resources.read(reader, resources);
        let conditions = conditions.map_or(Some(vec![]), |value| conditions::conditions(reader, value));
        Some(StatementDecl {
            effect: effect?,
            actions: Arc::new(actions?),
            resources: resources?,
            conditions: conditions?,
        })
    }
}

impl<'a> Pair<'a> {
    fn is_missing(&self) -> bool {
        self.plain.is_none() && self.negated.is_none()
    }

    fn read<T>(
        self,
        reader: &mut Reader<'a>,
        read: impl Fn(&mut Reader<'a>, Value<'a>) -> Option<Vec<T>>,
    ) -> Option<List<T>> {
        let plain = self.plain.map(|value| read(reader, value));
        let negated = self.negated.map(|value| read(reader, value));
        if let (Some(one), Some(other)) = (self.plain, self.negated) {
            let message = format!("both `{}` and `{}`", one.key.value, other.key.value);
            let diagnostic =
                Diagnostic::new(&codes::CONFLICTING_KEYS, message, other.key.span, "only one of them")
                    .also(one.key.span, "the other")
                    .help("remove one, or make two policies of them");
            reader.report(diagnostic);
        }
        let is_negated = negated.is_some();
        Some(List { negated: is_negated, items: plain.or(negated)?? })
    }
}

fn effect<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Effect> {
    let effects = [Effect::Allow, Effect::Deny].map(|effect| (effect.name(), effect));
    Some(reader.one_of(value, &effects, "an effect", "neither `Allow` nor `Deny`")?.value)
}

/// A list of actions, which is not empty; `example` is one to show.
pub(crate) fn actions<'a>(
    reader: &mut Reader<'a>,
    value: Value<'a>,
    example: &str,
) -> Option<Vec<Spanned<String>>> {
    let items = reader.filled_array(value, "an array of strings", example)?;
    Some(reader.each(items, action))
}

/// An action or a pattern of actions.
pub(crate) fn action<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<Spanned<String>> {
    let action = reader.filled_string(item)?;
    if is_action(&action) {
        return Some(action);
    }
    let message = format!("`{}` is not an action", action.value);
    let help = if action.contains(['{', '}']) {
        "write it out: placeholders are not filled in actions"
    } else {
        "write `service:name`, as in `s3:GetObject`; `*` and `?` may stand in it"
    };
    reader.error(&codes::INVALID_ACTION, message, action.span, "neither `*` nor `service:name`", help);
    None
}

fn resources<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Vec<Text>> {
    let items = reader.filled_array(value, "an array of strings", "\"arn:aws:s3:::bucket/*\"")?;
    Some(reader.each(items, resource))
}

fn resource<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<Text> {
    let text = reader.text(item)?;
    let is_sound = characters(reader, &text);
    if !can_be_resource(&text) {
        not_a_resource(reader, &text.to_string(), text.span);
        return None;
    }
    is_sound.then_some(text)
}

/// Reports a resource that is neither `*` nor an ARN.
pub(crate) fn not_a_resource(reader: &mut Reader<'_>, written: &str, span: Span) {
    let message = format!("`{written}` is not a resource");
    let is_name =
        written != "arn" && written.contains(char::is_alphanumeric) && !written.contains([':', ' ']);
    let help = match written.trim_matches(['*', '?']) {
        "" => "write `*`".to_owned(),
        _ if is_name => format!("write an ARN, such as `arn:aws:s3:::{written}`, or `*`"),
        _ => "write an ARN, which begins with `arn:`, or `*`".to_owned(),
    };
    reader.error(&codes::INVALID_RESOURCE, message, span, "neither `*` nor an ARN", help);
}

/// Whether a text is a resource, or can become one when its placeholders are filled.
fn can_be_resource(text: &Text) -> bool {
    match (text.segments.first(), text.as_literal()) {
        (_, Some(literal)) => is_resource(literal),
        (Some(Segment::Literal(first)), None) => {
            first.starts_with("arn:") || "arn:".starts_with(first.as_str())
        }
        _ => true,
    }
}

/// Reports the first character that IAM does not take in a policy; whether there is none.
pub(crate) fn characters(reader: &mut Reader<'_>, text: &Text) -> bool {
    let wrong = text.segments.iter().find_map(|segment| match segment {
        Segment::Literal(literal) => invalid_character(literal),
        Segment::Placeholder(_) => None,
    });
    is_character(reader, wrong, text.span)
}

/// As [`characters`], for a word without placeholders.
pub(crate) fn characters_of(reader: &mut Reader<'_>, word: Spanned<&str>) -> bool {
    is_character(reader, invalid_character(word.value), word.span)
}

/// Reports the first wrong character of what is written at `span`; whether there is none.
fn is_character(reader: &mut Reader<'_>, wrong: Option<(usize, char)>, span: Span) -> bool {
    let Some((_, c)) = wrong else { return true };
    let start = span.start as usize;
    let span = match reader.written(span).find(c) {
        Some(at) => reader.span(start + at..start + at + c.len_utf8()),
        None => span,
    };
    let message = format!("U+{:04X} is a character that IAM does not take in a policy", u32::from(c));
    let help = "write it with characters up to U+00FF, or match it with `*` or `?`";
    reader.error(&codes::INVALID_CHARACTER, message, span, "not in Latin-1", help);
    false
}
