//! What TOML's parser says, as reports.

use std::collections::BTreeSet;
use std::ops::Range;

use iamc_model::{Diagnostic, codes};
use toml::de::Error;

use super::Declared;
use super::keys::Keys;
use crate::place;
use crate::read::Reader;

/// An error with its place in the file.
pub(super) struct Located {
    message: String,
    place: Range<usize>,
}

/// The first error of a stretch that begins at `start`; what is given twice is judged later.
pub(super) fn first(errors: Vec<Error>, start: usize) -> Option<Located> {
    let errors = errors.into_iter().filter(|error| !is_repeated(error));
    let located = errors.map(|error| {
        let span = error.span().unwrap_or(0..1);
        Located { message: error.message().to_owned(), place: start + span.start..start + span.end }
    });
    located.min_by_key(|error| error.place.start)
}

fn is_repeated(error: &Error) -> bool {
    error.message().starts_with("duplicate key") || error.message().starts_with("cannot extend")
}

/// Reports an error, unless what it stumbles over was reported as a hidden character.
pub(super) fn report(reader: &mut Reader<'_>, source: &str, error: &Located, hidden: &[Range<usize>]) {
    let at = error.place.start;
    if hidden.iter().any(|hidden| hidden.start <= at && at <= hidden.end) {
        return;
    }
    let (what, expected) = error.message.split_once(", expected ").unwrap_or((&error.message, ""));
    let words = words(source, error.place.clone());
    let label = if expected.is_empty() { "here".to_owned() } else { format!("expected {expected}") };
    let help = help(what, expected, source, &words);
    reader.error(&codes::SYNTAX, format!("not TOML: {what}"), reader.span(words), label, help);
}

/// The words at a place: where it is empty, the character behind it, or the word before a line's end.
fn words(source: &str, place: Range<usize>) -> Range<usize> {
    let start = source.floor_char_boundary(place.start.min(source.len()));
    let end = source.ceil_char_boundary(place.end.min(source.len()));
    if start < end {
        return start..end;
    }
    match source[start..].chars().next().filter(|c| !c.is_whitespace()) {
        Some(next) => start..start + next.len_utf8(),
        None => {
            let before = source[..start].trim_end();
            let word = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            source.ceil_char_boundary(word)..before.len()
        }
    }
}

fn help(what: &str, expected: &str, source: &str, words: &Range<usize>) -> String {
    let written = &source[words.clone()];
    let is_quoted = written.contains(['“', '”', '„', '‘', '’', '\'']);
    match what {
        _ if what.contains("recur") => "write it with less nesting".to_owned(),
        "string values must be quoted" if is_quoted => "write straight quotes: `\"…\"`".to_owned(),
        "string values must be quoted" if words.is_empty() || written.contains('=') => {
            "write a value behind `=`".to_owned()
        }
        "string values must be quoted" => format!("write `\"{written}\"`"),
        "invalid unquoted key" => format!("put the key in quotes: `\"{}\"`", key_around(source, words)),
        "key with no value" => "write `=` and a value behind the key".to_owned(),
        "unexpected key or value" => "begin a new line here, or remove it".to_owned(),
        "missing escaped value" => "write `\\\\` for a backslash, or use single quotes".to_owned(),
        _ if expected.starts_with('`') && !expected.contains(", ") => format!("write {expected} here"),
        _ => "write it as https://toml.io shows".to_owned(),
    }
}

/// The key that a wrong character stands in.
fn key_around<'s>(source: &'s str, words: &Range<usize>) -> &'s str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '.' | '=' | '[' | ']' | '{' | '}' | ',' | '"');
    let start = source[..words.start].rfind(ends).map_or(0, |at| source.ceil_char_boundary(at + 1));
    let end = source[words.end..].find(ends).map_or(source.len(), |at| words.end + at);
    source[start..end].trim_matches(['“', '”'])
}

/// Reports what is given twice, each with both places; gives the declarations that are concerned.
pub(super) fn report_repeated(reader: &mut Reader<'_>, text: &str, mut errors: Vec<Error>) -> Vec<Declared> {
    if errors.is_empty() {
        return vec![];
    }
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    let keys = Keys::of(text);
    let mut reported = BTreeSet::new();
    let mut unsound = vec![];
    for error in errors {
        let place = error.span().unwrap_or(0..0);
        let Some((path, earlier)) = keys.earlier(place.start) else {
            if reported.insert(vec![]) {
                let span = reader.span(words(text, place));
                reader.report(Diagnostic::new(&codes::SYNTAX, "a key is given twice", span, "given again"));
            }
            continue;
        };
        if let [kind, name, ..] = path {
            unsound.push(Declared::new(kind, name, earlier.clone()));
        }
        let is_echo = (1..=path.len()).any(|length| reported.contains(&path[..length]));
        if !is_echo {
            reported.insert(path.to_vec());
            repeated(reader, path, place, earlier);
        }
    }
    unsound
}

fn repeated(reader: &mut Reader<'_>, path: &[String], place: Range<usize>, earlier: Range<usize>) {
    let (again, first) = (reader.span(place), reader.span(earlier));
    let diagnostic = match path {
        [kind, name] if place::declaration_kind(kind).is_some() => {
            let message = format!("{} `{name}` is defined twice", place::noun(kind));
            Diagnostic::new(&codes::DUPLICATE_DEFINITION, message, again, "defined again")
                .also(first, "first defined here")
                .help("give one of them another name, or unite the two")
        }
        _ => {
            let key = path.last().map(String::as_str).unwrap_or_default();
            Diagnostic::new(&codes::SYNTAX, format!("`{key}` is given twice"), again, "given again")
                .also(first, "first given here")
                .help("unite the two, or remove one of them")
        }
    };
    reader.report(diagnostic);
}
