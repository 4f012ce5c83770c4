//! What TOML's parser says, as reports.

use std::collections::BTreeSet;
use std::ops::Range;

use iamc_model::{Diagnostic, codes};
use toml::de::Error;

use super::Declared;
use super::keys::Keys;
use super::wording::{self, words};
use crate::place;
use crate::read::Reader;

/// An error with its place in the file.
pub(super) struct Located {
    message: String,
    place: Range<usize>,
}

/// The first error of a stretch that begins at `start`: what is in an array before the array itself. What
/// is given twice is judged later.
pub(super) fn first(errors: Vec<Error>, start: usize) -> Option<Located> {
    let errors = errors.into_iter().filter(|error| !is_repeated(error));
    let located = errors.map(|error| {
        let span = error.span().unwrap_or(0..1);
        Located { message: error.message().to_owned(), place: start + span.start..start + span.end }
    });
    located.min_by_key(|error| (error.place.start, error.message.starts_with("unclosed")))
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
    let said = wording::of(&error.message, source, error.place.clone());
    let message = format!("not TOML: {}", said.message);
    reader.error(&codes::SYNTAX, message, reader.span(said.words), said.label, said.help);
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
