//! Text of users on a terminal: what the terminal would obey, or not show, is replaced.

/// A text without characters that a terminal would obey or not show; line breaks stay.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|character| if character == '\n' { '\n' } else { shown(character) }).collect()
}

/// The same on one line, of what has no business on several: a path, a name, words of the sources inside
/// a sentence.
pub(crate) fn on_one_line(text: &str) -> String {
    text.chars().map(shown).collect()
}

/// What stands for a character: for a control character its picture.
pub(crate) fn shown(character: char) -> char {
    match character {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        character if is_invisible(character) => '\u{fffd}',
        character => character,
    }
}

/// Characters that change the direction or take no room.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}
