//! Strings, words out of a few, Booleans and whole numbers.

use iamc_model::{Spanned, codes, name};
use toml::de::DeValue;

use super::{Reader, Value};

impl<'a> Reader<'a> {
    /// A string, which may be empty.
    pub(crate) fn string(&mut self, value: Value<'a>) -> Option<Spanned<&'a str>> {
        match value.node {
            DeValue::String(string) => Some(Spanned::new(string.as_ref(), value.span)),
            _ => {
                let help = self.quoted_help(value);
                self.wrong_type(value, "a string", help);
                None
            }
        }
    }

    /// A string that is not empty, as it stands in the file.
    pub(crate) fn filled(&mut self, value: Value<'a>) -> Option<Spanned<&'a str>> {
        let string = self.string(value)?;
        if string.is_empty() {
            self.empty(value, "write something between the quotes");
            return None;
        }
        Some(string)
    }

    /// A string that is not empty.
    pub(crate) fn filled_string(&mut self, value: Value<'a>) -> Option<Spanned<String>> {
        self.filled(value).map(owned)
    }

    /// A string for people.
    pub(crate) fn prose(&mut self, value: Value<'a>) -> Option<Spanned<String>> {
        self.string(value).map(owned)
    }

    /// What one of a few words stands for; `what` is what they are: `an effect`.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        value: Value<'a>,
        choices: &[(&'static str, T)],
        what: &str,
        label: &str,
    ) -> Option<Spanned<T>> {
        let words = || choices.iter().map(|(word, _)| *word).collect::<Vec<_>>();
        let all = || format!("write {}", quoted_alternatives(&words()));
        let Some(written) = value.node.as_str() else {
            let help = if value.is_scalar() { all() } else { self.quoted_help(value) };
            self.wrong_type(value, "a string", help);
            return None;
        };
        let found = choices.iter().find(|(word, _)| *word == written);
        if found.is_none() {
            let near = nearest_word(written, &words());
            let help = near.map_or_else(all, |near| format!("write `\"{near}\"`"));
            let message = format!("`{written}` is not {what}");
            self.error(&codes::INVALID_VALUE, message, value.span, label, help);
        }
        found.map(|&(_, meaning)| Spanned::new(meaning, value.span))
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self, value: Value<'a>) -> Option<bool> {
        let boolean = value.node.as_bool();
        if boolean.is_none() {
            self.wrong_type(
                value,
                "a Boolean",
                format!("write `{0} = true` or `{0} = false`", value.key.value),
            );
        }
        boolean
    }

    /// A whole number out of a range.
    pub(crate) fn integer(
        &mut self,
        value: Value<'a>,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<Spanned<u32>> {
        let Some(integer) = value.node.as_integer() else {
            let quoted = value.node.as_str().and_then(|text| text.parse().ok());
            let number = quoted.filter(|number| range.contains(number)).unwrap_or(*range.start());
            self.wrong_type(value, "an integer", format!("write `{} = {number}`", value.key.value));
            return None;
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        if let Some(number) = number.filter(|number| range.contains(number)) {
            return Some(Spanned::new(number, value.span));
        }
        let is_huge = number.is_none() && !integer.as_str().starts_with('-');
        let help = match (range.start(), range.end()) {
            (least, &u32::MAX) if !is_huge => format!("write at least {least}"),
            (least, most) => format!("write {least} to {most}"),
        };
        let message = format!("`{}` is out of range", value.key.value);
        self.error(&codes::INVALID_VALUE, message, value.span, "out of range", help);
        None
    }

    fn quoted_help(&self, value: Value<'a>) -> String {
        if value.is_scalar() {
            return format!("write it in quotes: `{}`", self.as_string(value, "\"…\""));
        }
        match value.node.as_array().map(|items| &items[..]) {
            Some([item]) if item.get_ref().is_str() => {
                let span = self.span(item.span());
                format!("write it without the brackets: `{}`", self.written(span))
            }
            _ => "write a string in quotes".to_owned(),
        }
    }
}

fn owned(string: Spanned<&str>) -> Spanned<String> {
    Spanned::new(string.value.to_owned(), string.span)
}

/// The word that another is a slip of. What all words begin with, as partitions do with `aws`, brings
/// none of them nearer.
fn nearest_word<'w>(written: &str, words: &[&'w str]) -> Option<&'w str> {
    let shared = shared_beginning(words);
    let Some(rest) = written.strip_prefix(shared) else {
        return name::nearest(written, words.iter().copied());
    };
    let near = name::nearest(rest, words.iter().filter_map(|word| word.strip_prefix(shared)))?;
    words.iter().copied().find(|word| word.strip_prefix(shared) == Some(near))
}

fn shared_beginning<'w>(words: &[&'w str]) -> &'w str {
    let Some((first, rest)) = words.split_first() else { return "" };
    let shared = |word: &&str| first.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    let length = rest.iter().map(shared).min().unwrap_or(0);
    first.get(..length).unwrap_or_default()
}

/// `` `"a"`, `"b"` or `"c"` ``
fn quoted_alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
