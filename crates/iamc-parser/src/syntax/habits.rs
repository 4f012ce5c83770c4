//! What people write by habit, or leave behind: JSON, YAML, dates of their country, marks of a merge.

use std::ops::Range;

use super::wording::Wording;

/// What git leaves where two changes meet.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The words for an error at such a place; `what` and `expected` are the parser's.
pub(super) fn of(what: &str, expected: &str, source: &str, at: usize) -> Option<Wording> {
    let line = Line::of(source, at);
    line.merge()
        .or_else(|| line.date(what, expected))
        .or_else(|| line.json(what))
        .or_else(|| line.colon())
        .or_else(|| line.last_comma(what))
}

/// The line of an error.
struct Line<'s> {
    text: &'s str,
    /// Where it begins in the file.
    start: usize,
    /// Where in it the error lies.
    at: usize,
}

impl<'s> Line<'s> {
    fn of(source: &'s str, at: usize) -> Self {
        let start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let text = source[start..].lines().next().unwrap_or_default();
        Self { text, start, at: (at - start).min(text.len()) }
    }

    fn before(&self) -> &'s str {
        self.text[..self.at].trim()
    }

    /// What stands behind a character at which the error lies.
    fn behind(&self, character: char) -> Option<&'s str> {
        self.text[self.at..].strip_prefix(character)
    }

    fn say(&self, message: &str, words: Range<usize>, label: &str, help: impl Into<String>) -> Wording {
        let words = self.start + words.start..self.start + words.end;
        Wording { message: message.to_owned(), words, label: label.to_owned(), help: help.into() }
    }

    fn merge(&self) -> Option<Wording> {
        MARKS.iter().find(|mark| self.text.starts_with(**mark))?;
        let words = 0..self.text.trim_end().len();
        let help = "keep the lines that are right, and remove those that begin with `<<<<<<<`, `=======` and `>>>>>>>`";
        Some(self.say("a merge conflict is not resolved", words, "left by the merge", help))
    }

    fn date(&self, what: &str, expected: &str) -> Option<Wording> {
        let words = self.number();
        let parts: Vec<_> = self.text[words.clone()].split(['.', '/', '-']).collect();
        let is_date = parts.len() == 3
            && parts.iter().any(|part| part.len() >= 4)
            && parts.iter().all(|part| (1..=5).contains(&part.len()));
        let label = match what {
            "invalid date" if !expected.is_empty() => format!("expected {expected}"),
            _ => "year, month and day, with `-` between them".to_owned(),
        };
        let message = format!("`{}` is not a date", &self.text[words.clone()]);
        is_date.then(|| self.say(&message, words, &label, "write a date as `2027-03-31`, the year first"))
    }

    /// The digits at the error, with what stands between them in dates.
    fn number(&self) -> Range<usize> {
        let ends = |c: char| !c.is_ascii_digit() && !"./-".contains(c);
        let start = self.text[..self.at].rfind(ends).map_or(0, |at| self.text.ceil_char_boundary(at + 1));
        let end = self.text[self.at..].find(ends).map_or(self.text.len(), |length| self.at + length);
        start..end
    }

    fn json(&self, what: &str) -> Option<Wording> {
        let is_json = what == "invalid key-value pair" && self.before().is_empty();
        let words = self.at..self.at + 1;
        let help = "write a header in brackets, such as `[policy.NAME]`, and under it lines such as `key = \"value\"`";
        self.behind('{')
            .filter(|_| is_json)
            .map(|_| self.say("this is JSON", words, "TOML has no outer braces", help))
    }

    fn colon(&self) -> Option<Wording> {
        let key = self.before();
        let value = self.behind(':').filter(|value| value.is_empty() || value.starts_with([' ', '\t']))?;
        let is_key = !key.is_empty() && !key.contains(['=', '{', '[', ' ']);
        let value = if value.trim().is_empty() { "[\"…\"]" } else { "…" };
        let help = format!("write `{key} = {value}`");
        let words = self.at..self.at + 1;
        is_key.then(|| self.say(&format!("`:` behind `{key}`"), words, "TOML has `=` here", help))
    }

    fn last_comma(&self, what: &str) -> Option<Wording> {
        let rest = self.behind(',').filter(|_| what == "unexpected key or value")?;
        let words = self.at..self.at + 1;
        let is_last = rest.trim().is_empty() || rest.trim_start().starts_with('#');
        is_last
            .then(|| self.say("a comma at the end of a line", words, "nothing continues", "remove the comma"))
    }
}
