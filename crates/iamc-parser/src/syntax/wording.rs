//! What TOML's parser says, in words for people who have never read its grammar.

use std::ops::Range;

use super::habits;

/// What is said of an error.
pub(super) struct Wording {
    pub(super) message: String,
    /// What is underlined.
    pub(super) words: Range<usize>,
    pub(super) label: String,
    pub(super) help: String,
}

/// The words for a message of the parser's, of the form `what` or `what, expected this`.
pub(super) fn of(message: &str, source: &str, place: Range<usize>) -> Wording {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let at = source.floor_char_boundary(place.start.min(source.len()));
    if let Some(habit) = habits::of(what, expected, source, at) {
        return habit;
    }
    let error = Error { what, expected, source, words: words(source, place.clone()), at };
    let is_bare = what == "string values must be quoted";
    match what {
        _ if is_bare && place.is_empty() => error.no_value(),
        _ if error.comes_before_equals() && what.contains("comma between array") => error.open_array(),
        _ if error.comes_before_equals() && is_bare => error.no_comma(),
        _ if is_bare => error.no_quotes(),
        "invalid basic string" if expected == "`\"`" => error.open_string('"'),
        "invalid literal string" if expected == "`'`" => error.open_string('\''),
        _ => error.other(),
    }
}

/// The words at a place: where it is empty, the character behind it, or the word before a line's end.
pub(super) fn words(source: &str, place: Range<usize>) -> Range<usize> {
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

struct Error<'s> {
    what: &'s str,
    expected: &'s str,
    source: &'s str,
    words: Range<usize>,
    at: usize,
}

impl<'s> Error<'s> {
    fn say(self, message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) -> Wording {
        Wording { message: message.into(), words: self.words, label: label.into(), help: help.into() }
    }

    fn written(&self) -> &'s str {
        &self.source[self.words.clone()]
    }

    /// The line that the error lies in, up to it.
    fn line_before(&self) -> &'s str {
        self.source[..self.at].rsplit('\n').next().unwrap_or_default()
    }

    /// Whether the words are a key, which belongs to what comes next.
    fn comes_before_equals(&self) -> bool {
        let rest = &self.source[self.words.end..];
        let key_ends =
            rest.find(|c: char| !c.is_alphanumeric() && !"-_\".:".contains(c)).unwrap_or(rest.len());
        rest[key_ends..].trim_start_matches([' ', '\t']).starts_with('=')
    }

    fn no_value(self) -> Wording {
        let key = self.line_before().trim_end().trim_end_matches('=').trim();
        let message =
            if key.is_empty() { "a value is missing".to_owned() } else { format!("`{key}` has no value") };
        self.say(message, "no value follows", "write a value behind `=`")
    }

    fn open_array(self) -> Wording {
        let help = "write `]` before this key";
        self.say("an array is not closed", "belongs to what comes behind the array", help)
    }

    fn no_comma(self) -> Wording {
        self.say("a comma is missing", "two keys without a comma", "write `,` between the two keys")
    }

    fn no_quotes(self) -> Wording {
        let written = self.written();
        let quotes = ['“', '”', '„', '‘', '’', '\''];
        if written.contains(quotes) {
            let help = format!("write straight quotes: `\"{}\"`", written.trim_matches(quotes));
            return self.say(
                format!("`{written}` is not in straight quotes"),
                "other quotes than TOML's",
                help,
            );
        }
        let help = format!("write `\"{written}\"`");
        self.say(format!("`{written}` is not in quotes"), "a text without quotes", help)
    }

    /// The words from the quote that opens the string to the end of the line.
    fn open_string(mut self, quote: char) -> Wording {
        let line = self.line_before();
        let is_escaped = |at: usize| quote == '"' && line[..at].ends_with('\\');
        let opening = line.rmatch_indices(quote).map(|(at, _)| at).find(|&at| !is_escaped(at));
        if let Some(opening) = opening {
            self.words = self.at - line.len() + opening..self.at - line.len() + line.trim_end().len();
        }
        let label = format!("no `{quote}` closes it on this line");
        self.say("a string is not closed", label, format!("write `{quote}` where it ends"))
    }

    fn other(self) -> Wording {
        let label = match self.expected {
            "" => "here".to_owned(),
            "nothing" => "nothing can stand here".to_owned(),
            expected => format!("expected {expected}"),
        };
        let help = self.help();
        let what = self.what;
        self.say(what, label, help)
    }

    fn help(&self) -> String {
        let Self { what, expected, .. } = self;
        match *what {
            _ if what.contains("recur") => "write it with less nesting".to_owned(),
            _ if what.starts_with("extra ") => "remove it".to_owned(),
            "invalid unquoted key" => format!("put the key in quotes: `\"{}\"`", self.key()),
            "key with no value" => "write `=` and a value behind the key".to_owned(),
            "unexpected key or value" => "begin a new line here, or remove it".to_owned(),
            "missing escaped value" => "write `\\\\` for a backslash, or use single quotes".to_owned(),
            _ if expected.starts_with('`') && !expected.contains(", ") => format!("write {expected} here"),
            _ => "write it as https://toml.io shows".to_owned(),
        }
    }

    /// The key that a wrong character stands in.
    fn key(&self) -> &'s str {
        let ends = |c: char| c.is_whitespace() || matches!(c, '.' | '=' | '[' | ']' | '{' | '}' | ',' | '"');
        let source = self.source;
        let start = source[..self.words.start].rfind(ends).map_or(0, |at| source.ceil_char_boundary(at + 1));
        let end = source[self.words.end..].find(ends).map_or(source.len(), |at| self.words.end + at);
        source[start..end].trim_matches(['“', '”'])
    }
}
