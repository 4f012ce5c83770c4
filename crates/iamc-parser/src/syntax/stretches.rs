//! Dividing a text that is not TOML at its headers.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::Declared;

/// The stretches of a text: what stands before the first header, and each header with what follows.
pub(super) fn split(source: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut is_line_start = true;
    for token in Source::new(source).lex() {
        let at = token.span().start();
        if is_line_start && token.kind() == TokenKind::LeftSquareBracket && is_header(&source[at..]) {
            starts.push(at);
        }
        is_line_start = match token.kind() {
            TokenKind::Newline => true,
            TokenKind::Whitespace => is_line_start,
            _ => false,
        };
    }
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([source.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether a line looks like a header, be it closed or not: `[` or `[[`, and a bare key.
fn is_header(line: &str) -> bool {
    let keys = line.trim_start_matches('[').trim_start_matches([' ', '\t']);
    let bare = keys.find(|c: char| !is_bare(c)).unwrap_or(keys.len());
    let rest = keys[bare..].trim_start_matches([' ', '\t']);
    bare > 0 && (rest.is_empty() || rest.starts_with(['.', ']', '\r', '\n']))
}

fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// The declarations that a stretch seems to hold, whatever is wrong with it.
pub(super) fn declared(source: &str, stretch: Range<usize>) -> Vec<Declared> {
    let mut declared = vec![];
    let mut header = vec![];
    let mut at = stretch.start;
    for line in source[stretch].split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t']);
        let start = at + line.len() - text.len();
        let is_header_line = is_header(text) && text.starts_with('[');
        let path = if is_header_line {
            let keys = text.trim_start_matches('[');
            header = path(keys, start + text.len() - keys.len());
            header.clone()
        } else if is_assignment(text) {
            header.iter().cloned().chain(path(text, start)).collect()
        } else {
            header.clone()
        };
        if let [(kind, _), (name, place), ..] = path.as_slice() {
            declared.push(Declared::new(kind, name, place.clone()));
        }
        at += line.len();
    }
    declared.sort();
    declared.dedup_by(|a, b| (&a.kind, &a.name) == (&b.kind, &b.name));
    declared
}

fn is_assignment(line: &str) -> bool {
    line.starts_with(|c| is_bare(c) || c == '"' || c == '\'') && line.contains('=')
}

/// The keys of a dotted key, as far as they can be read, with their places.
fn path(text: &str, at: usize) -> Vec<(String, Range<usize>)> {
    let mut path = vec![];
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let start = at + text.len() - rest.len();
        let (key, length) = key(rest);
        if length == 0 {
            return path;
        }
        path.push((key.to_owned(), start..start + length));
        rest = rest[length..].trim_start_matches([' ', '\t']);
        match rest.strip_prefix('.') {
            Some(next) => rest = next,
            None => return path,
        }
    }
}

/// The first key of a text, and how many bytes it takes with its quotes.
fn key(text: &str) -> (&str, usize) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let length = text.find(|c| !is_bare(c)).unwrap_or(text.len());
        return (&text[..length], length);
    };
    let inner = &text[1..];
    let length = inner.find([quote, '\n']).unwrap_or(inner.len());
    let closing = usize::from(inner[length..].starts_with(quote));
    (&inner[..length], 1 + length + closing)
}
