//! What a reviewer reads is what is meant: no character hides in a file, and no escape spells what
//! could be written.

use std::ops::Range;

use iamc_model::{Diagnostic, codes};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::read::Reader;

/// How many characters of one line are pointed at.
const MOST_LABELS: usize = 8;

/// Reports hidden characters and escapes that spell printable ASCII; gives the places of the former.
pub(super) fn check(reader: &mut Reader<'_>, source: &str) -> Vec<Range<usize>> {
    if !is_suspicious(source) {
        return vec![];
    }
    let mut hidden = vec![];
    if source.starts_with(BOM) {
        hidden.push(Hidden { place: 0..BOM.len_utf8(), character: BOM });
    }
    for token in Source::new(source).lex() {
        let (start, kind) = (token.span().start(), token.kind());
        let text = &source[start..token.span().end()];
        let is_hidden = |&(_, c): &(usize, char)| {
            is_control(c) || is_invisible(c) || (kind != TokenKind::Comment && is_odd_space(c))
        };
        hidden.extend(text.char_indices().filter(is_hidden).map(|(at, character)| Hidden {
            place: start + at..start + at + character.len_utf8(),
            character,
        }));
        if matches!(kind, TokenKind::BasicString | TokenKind::MlBasicString) {
            escapes(reader, start, text);
        }
    }
    report_lines(reader, source, &hidden);
    hidden.into_iter().map(|hidden| hidden.place).collect()
}

const BOM: char = '\u{FEFF}';

struct Hidden {
    place: Range<usize>,
    character: char,
}

/// Whether a text needs a closer look, which most do not: whether a byte in it is none of printable
/// ASCII, or begins an escape. Looked at without an early end, many bytes are looked at together.
fn is_suspicious(source: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b' '..=b'[' | b']'..=b'~');
    !source.bytes().fold(true, |is_all_plain, byte| is_all_plain & is_plain(byte))
}

/// A control character, of which TOML takes only the tabulator and the line break; a carriage return
/// before a line break is a token of its own and never comes alone.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Controls that no value of IAM's can hold; those from U+007F on it takes.
fn is_no_text(c: char) -> bool {
    is_control(c) && c < ' '
}

/// A character that shows nothing, or changes how others are shown: Unicode's
/// `Default_Ignorable_Code_Point`, the separators of lines and paragraphs, the interlinear annotations
/// and the blank Braille pattern.
///
/// <https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt>
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A space that looks like the common one and is another. In a comment that means nothing.
fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_control() && c != ' '
}

fn report_lines(reader: &mut Reader<'_>, source: &str, hidden: &[Hidden]) {
    let is_same_line = |a: &Hidden, b: &Hidden| !source[a.place.end..b.place.start].contains('\n');
    for line in hidden.chunk_by(is_same_line) {
        let Some((first, more)) = line.split_first() else { continue };
        let what = describe(first.character);
        let message = format!("a character that cannot be seen: {what}");
        let help = match first.place.start {
            0 if first.character == BOM => "save the file as UTF-8 without a byte order mark".to_owned(),
            _ => "remove it".to_owned(),
        };
        let span = reader.span(first.place.clone());
        let mut diagnostic = Diagnostic::new(&codes::HIDDEN_CHARACTER, message, span, what).help(help);
        for hidden in more.iter().take(MOST_LABELS - 1) {
            diagnostic = diagnostic.also(reader.span(hidden.place.clone()), describe(hidden.character));
        }
        reader.report(diagnostic);
    }
}

fn describe(c: char) -> String {
    let name = match c {
        '\u{AD}' => "soft hyphen",
        '\u{A0}' => "no-break space",
        '\u{200B}' => "zero width space",
        '\u{200C}' => "zero width non-joiner",
        '\u{200D}' => "zero width joiner",
        '\u{2060}' => "word joiner",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202E}' => "right-to-left override",
        '\u{FEFF}' => "byte order mark",
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202D}' | '\u{2066}'..='\u{2069}' => {
            "bidirectional control"
        }
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => "variation selector",
        '\u{E0000}'..='\u{E007F}' => "tag character",
        _ if c.is_control() => "control character",
        _ if is_odd_space(c) => "a space of another kind",
        _ => "invisible character",
    };
    format!("U+{:04X}, {name}", u32::from(c))
}

/// Judges the escapes of a basic string that begins at `start`.
fn escapes(reader: &mut Reader<'_>, start: usize, text: &str) {
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        let escape = at + found;
        let length = match text.as_bytes().get(escape + 1) {
            Some(b'x') => 4,
            Some(b'u') => 6,
            Some(b'U') => 10,
            _ => 2,
        };
        let end = text.ceil_char_boundary((escape + length).min(text.len()));
        if let Some(character) = escaped(&text[escape..end]) {
            judge(reader, character, &text[escape..end], start + escape..start + end);
        }
        at = text.ceil_char_boundary((escape + 2).min(text.len()));
    }
}

/// The character that an escape spells; none for those whose name says it.
fn escaped(escape: &str) -> Option<char> {
    match escape {
        "\\e" => return Some('\u{1B}'),
        "\\b" => return Some('\u{8}'),
        "\\f" => return Some('\u{C}'),
        _ => {}
    }
    let digits = escape.get(2..).filter(|digits| !digits.is_empty() && !digits.starts_with('+'))?;
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

fn judge(reader: &mut Reader<'_>, character: char, escape: &str, place: Range<usize>) {
    let span = reader.span(place);
    if matches!(character, ' '..='~') && !matches!(character, '"' | '\\') {
        let message = format!("`{escape}` spells `{character}`");
        let help = format!("write `{character}`");
        reader.error(&codes::ESCAPED_ASCII, message, span, "an escape of a printable character", help);
    } else if is_no_text(character) || is_invisible(character) {
        let what = describe(character);
        let message = format!("`{escape}` spells a character that cannot be seen: {what}");
        reader.error(&codes::HIDDEN_CHARACTER, message, span, what, "remove it");
    }
}
