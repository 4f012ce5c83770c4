//! The same words on a terminal and in Markdown.

use crate::answer::Paint;
use crate::report::{on_one_line, printable};

/// Where words are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Voice {
    /// On a terminal.
    Terminal(Paint),
    /// In a comment on GitHub.
    Markdown,
}

impl Voice {
    /// A name that matters.
    pub(super) fn strong(self, name: &str) -> String {
        match self {
            Self::Terminal(paint) => paint.strong(&on_one_line(name)),
            Self::Markdown => format!("**{}**", code(name)),
        }
    }

    /// A group.
    pub(super) fn group(self, name: &str) -> String {
        match self {
            Self::Terminal(paint) => paint.group(&on_one_line(name)),
            Self::Markdown => code(name),
        }
    }

    /// Words of the sources: a pattern, a name.
    pub(super) fn code(self, text: &str) -> String {
        match self {
            Self::Terminal(_) => on_one_line(text),
            Self::Markdown => code(text),
        }
    }

    /// A place in a file.
    pub(super) fn place(self, place: &str) -> String {
        match self {
            Self::Terminal(paint) => paint.dim(&on_one_line(place)),
            Self::Markdown => code(place),
        }
    }

    /// Words, and where they are written.
    pub(super) fn at(self, words: String, places: &[String]) -> String {
        let places = places.iter().filter(|place| !place.is_empty());
        let places: Vec<String> = places.map(|place| self.place(place)).collect();
        match self {
            _ if places.is_empty() => words,
            Self::Terminal(_) => format!("{words}  {}", places.join(", ")),
            Self::Markdown => format!("{words} ({})", places.join(", ")),
        }
    }

    /// What makes it worth a second look.
    pub(super) fn risk(self, name: &str) -> String {
        match self {
            Self::Terminal(paint) => paint.deny(name),
            Self::Markdown => format!("**{name}**"),
        }
    }

    /// A sentence in which words of the sources stand in backticks.
    pub(super) fn words(self, text: &str) -> String {
        match self {
            Self::Terminal(_) => on_one_line(text),
            Self::Markdown => words(text),
        }
    }
}

/// A code span that no text can leave: its fence is longer than any in the text.
fn code(text: &str) -> String {
    let text = on_one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let needs_room = text.starts_with('`') || text.ends_with('`') || text.trim().is_empty();
    let room = if needs_room { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

/// Code spans stay; what stands between them is no Markdown.
fn words(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let part = |(at, part): (usize, &&str)| match (at % 2 == 1, at + 1 < parts.len()) {
        (true, true) => code(part),
        (true, false) => format!("\\`{}", plain(part)),
        (false, _) => plain(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// A text that is no Markdown, names nobody and refers to nothing.
fn plain(text: &str) -> String {
    let escaped = |c: char| match c {
        '@' | '#' => code(&c.to_string()),
        '\n' => " ".to_owned(),
        c if c.is_ascii_punctuation() && !",.:;'()/-".contains(c) => format!("\\{c}"),
        c => c.to_string(),
    };
    printable(text).chars().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_code_span() {
        assert_eq!(code("s3:Get*"), "`s3:Get*`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code("a\n- b\r"), "`a␊- b␍`");
    }

    #[test]
    fn no_words_of_the_sources_have_a_line_of_their_own() {
        let voice = Voice::Terminal(Paint::new(false));
        assert_eq!(voice.words("`A` now silences: x\nno difference"), "`A` now silences: x␊no difference");
        assert_eq!(voice.place("a\n- b.toml:1"), "a␊- b.toml:1");
    }

    #[test]
    fn sentences_keep_their_code_and_are_no_markdown_else() {
        assert_eq!(words("`TeamML` now holds `a_b`"), "`TeamML` now holds `a_b`");
        assert_eq!(words("<b> *x* @jane #1 [a](b)"), "\\<b\\> \\*x\\* `@`jane `#`1 \\[a\\](b)");
        assert_eq!(words("`a`b` is </details>"), "`a`b\\` is \\</details\\>");
        assert_eq!(words("\n# title"), " `#` title");
    }
}
