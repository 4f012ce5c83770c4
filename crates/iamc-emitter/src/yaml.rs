//! A writer of YAML that YAML 1.1 and 1.2 read alike. CloudFormation reads YAML 1.1, in which `on`,
//! `2012-10-17` and `12:30:45` are no strings; so whatever is not plainly a word stands in double
//! quotes, in ASCII.

use std::borrow::Cow;
use std::fmt::{Result, Write};
use std::sync::Arc;

/// A tree to be written in block style.
#[derive(Debug, Clone)]
pub(crate) enum Yaml<'a> {
    /// A string.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(u64),
    /// `!Ref X`
    Ref(&'a str),
    /// A string of lines, written as they are: each is printable ASCII and ends with a line feed.
    Lines(String),
    /// A sequence.
    List(Vec<Self>),
    /// A mapping, in the order given.
    Map(Vec<(Cow<'a, str>, Self)>),
    /// An item of a sequence, behind comment lines: checked names alone.
    Commented(&'a [Arc<str>], Box<Self>),
    /// A sequence whose items were written before, by [`Yaml::to_text_at`] the place where they stand.
    Written(Vec<&'a str>),
}

impl<'a> Yaml<'a> {
    /// A string.
    pub(crate) fn text(value: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(value.into())
    }

    /// A sequence of strings.
    pub(crate) fn texts<T: Into<Cow<'a, str>>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::List(values.into_iter().map(Self::text).collect())
    }

    /// A mapping.
    pub(crate) fn map<const N: usize>(entries: [(&'a str, Self); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// The mapping with one more entry.
    pub(crate) fn with(self, key: &'a str, value: Self) -> Self {
        match self {
            Self::Map(mut entries) => {
                entries.push((key.into(), value));
                Self::Map(entries)
            }
            other => other,
        }
    }

    /// The mapping with one more entry, if there is a value.
    pub(crate) fn with_some(self, key: &'a str, value: Option<Self>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Writes the tree as a whole document.
    pub(crate) fn write(&self, out: &mut impl Write) -> Result {
        block(out, self, 0)
    }

    /// The text of the whole tree.
    pub(crate) fn to_text(&self) -> String {
        self.to_text_at(0)
    }

    /// The text of the tree as it stands below so many keys.
    pub(crate) fn to_text_at(&self, depth: usize) -> String {
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = block(&mut text, self, depth * INDENT);
        text
    }
}

/// A sequence or mapping, each of its lines indented.
fn block(out: &mut impl Write, node: &Yaml<'_>, indent: usize) -> Result {
    match node {
        Yaml::List(items) if !items.is_empty() => items.iter().try_for_each(|node| item(out, node, indent)),
        Yaml::Map(entries) if !entries.is_empty() => {
            entries.iter().try_for_each(|(key, node)| entry(out, "", key, node, indent))
        }
        Yaml::Written(items) if !items.is_empty() => items.iter().try_for_each(|item| out.write_str(item)),
        _ => {
            pad(out, indent)?;
            value(out, node, indent)
        }
    }
}

/// `- …`
fn item(out: &mut impl Write, node: &Yaml<'_>, indent: usize) -> Result {
    match node {
        Yaml::Commented(lines, node) => {
            for line in *lines {
                pad(out, indent)?;
                writeln!(out, "# {line}")?;
            }
            item(out, node, indent)
        }
        Yaml::Map(entries) if !entries.is_empty() => {
            let leads = std::iter::once("- ").chain(std::iter::repeat("  "));
            entries.iter().zip(leads).try_for_each(|((key, node), lead)| entry(out, lead, key, node, indent))
        }
        _ => {
            pad(out, indent)?;
            out.write_str("-")?;
            tail(out, node, indent)
        }
    }
}

/// `key: …` behind what leads to it: nothing, or an item's dash on the first line.
fn entry(out: &mut impl Write, lead: &str, key: &str, node: &Yaml<'_>, indent: usize) -> Result {
    pad(out, indent)?;
    out.write_str(lead)?;
    if key.len() > LONGEST_KEY {
        out.write_str("? ")?;
        string(out, key)?;
        out.write_str("\n")?;
        pad(out, indent + lead.len())?;
    } else {
        string(out, key)?;
    }
    out.write_str(":")?;
    tail(out, node, indent + lead.len())
}

/// Bytes of a key that stay under the 1,024 characters that YAML takes before a `:`, however escaped.
const LONGEST_KEY: usize = 200;

/// What follows a `:` or a `-`: on the same line, or a block on the next.
fn tail(out: &mut impl Write, node: &Yaml<'_>, indent: usize) -> Result {
    let is_block = match node {
        Yaml::List(items) => !items.is_empty(),
        Yaml::Map(entries) => !entries.is_empty(),
        Yaml::Written(items) => !items.is_empty(),
        _ => false,
    };
    if is_block {
        out.write_str("\n")?;
        return block(out, node, indent + INDENT);
    }
    out.write_str(" ")?;
    value(out, node, indent)
}

/// A value that ends its line.
fn value(out: &mut impl Write, node: &Yaml<'_>, indent: usize) -> Result {
    match node {
        Yaml::Text(text) => string(out, text)?,
        Yaml::Number(number) => write!(out, "{number}")?,
        Yaml::Ref(logical_id) => write!(out, "!Ref {logical_id}")?,
        Yaml::Lines(text) => {
            out.write_str("|\n")?;
            return indented(out, text, indent + INDENT);
        }
        Yaml::Commented(_, node) => return value(out, node, indent),
        Yaml::List(_) | Yaml::Written(_) => out.write_str("[]")?,
        Yaml::Map(_) => out.write_str("{}")?,
    }
    out.write_str("\n")
}

const INDENT: usize = 2;

fn indented(out: &mut impl Write, text: &str, indent: usize) -> Result {
    text.split_inclusive('\n').try_for_each(|line| {
        pad(out, indent)?;
        out.write_str(line)
    })
}

fn pad(out: &mut impl Write, indent: usize) -> Result {
    const BLANKS: &str = "                                ";
    match BLANKS.get(..indent) {
        Some(blanks) => out.write_str(blanks),
        None => (0..indent).try_for_each(|_| out.write_char(' ')),
    }
}

fn string(out: &mut impl Write, text: &str) -> Result {
    if is_plain(text) { out.write_str(text) } else { quoted(out, text) }
}

/// Whether a string can stand without quotes: it begins with a letter, holds nothing that any YAML
/// gives a meaning to, and is no word that stands for something else.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| IS_SAFE[usize::from(byte)])
        && !text.ends_with(':')
        && (text.len() > LONGEST_WORD || !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)))
}

/// Which bytes no YAML gives a meaning to inside of a word.
const IS_SAFE: [bool; 256] = {
    let mut safe = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let is_other = matches!(byte, b'_' | b'-' | b'.' | b'/' | b':' | b'*');
        safe[byte as usize] = byte.is_ascii_alphanumeric() || is_other;
        byte += 1;
    }
    safe
};

/// Words that YAML 1.1 reads as Booleans and null: <https://yaml.org/type/bool.html>.
const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// Bytes of the longest of these words.
const LONGEST_WORD: usize = 5;

fn quoted(out: &mut impl Write, text: &str) -> Result {
    out.write_str("\"")?;
    text.chars().try_for_each(|character| escaped(out, character))?;
    out.write_str("\"")
}

fn escaped(out: &mut impl Write, character: char) -> Result {
    match character {
        '"' | '\\' => write!(out, "\\{character}"),
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        ' '..='~' => out.write_char(character),
        ..='\u{FF}' => write!(out, "\\x{:02X}", u32::from(character)),
        ..='\u{FFFF}' => write!(out, "\\u{:04X}", u32::from(character)),
        _ => write!(out, "\\U{:08X}", u32::from(character)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_yaml::Value;

    use super::*;

    fn written(value: &str) -> String {
        Yaml::text(value).to_text().trim_end().to_owned()
    }

    #[test]
    fn words_that_mean_something_else_are_quoted() {
        let strange = "yes No oN OFF y N null Null ~ true FALSE 2012-10-17 12:30:45 1_000 0x1F 1e3 .5 0o7 017 \
             = << * & ! % @ ` - ? : | > ' \" # , [ ] { } .inf .NaN 123456789876 +1 -1 key: --- ...";
        for word in
            strange.split(' ').chain(["", " a", "a ", "a: b", "a #b", "a\nb", "é", "\u{1F600}", "\u{85}"])
        {
            assert!(written(word).starts_with('"'), "{word:?} is written as {}", written(word));
        }
    }

    #[test]
    fn words_are_plain() {
        for word in ["s3:GetObject", "arn:aws:s3:::bucket/*", "Allow", "AWS::IAM::Role", "x", "nothing"] {
            assert_eq!(written(word), word);
        }
    }

    #[test]
    fn escapes_are_ascii() {
        assert_eq!(written("a\"\\\té\u{2028}\u{1F600}\u{7F}"), r#""a\"\\\t\xE9\u2028\U0001F600\x7F""#);
    }

    #[test]
    fn a_long_key_is_explicit() {
        let tree =
            Yaml::Map(vec![("x".repeat(2_000).into(), Yaml::text("y")), ("z".into(), Yaml::texts(["y"]))]);
        let text = Yaml::List(vec![tree]).to_text();
        let read: Value = serde_yaml::from_str(&text).unwrap();
        assert!(text.starts_with("- ? xxx"));
        assert_eq!(read[0]["x".repeat(2_000).as_str()].as_str(), Some("y"));
    }

    #[test]
    fn a_tree_stands_in_block_style() {
        let statement = Yaml::map([("Effect", Yaml::text("Allow")), ("Action", Yaml::texts(["*", "b"]))]);
        let names = ["One".into(), "Two".into()];
        let items = [Yaml::Commented(&names, Box::new(statement)), Yaml::texts(["nested"])];
        let list = items.map(|item| Yaml::List(vec![item]).to_text_at(1));
        let tree = Yaml::map([("Empty", Yaml::List(vec![])), ("Nothing", Yaml::Map(vec![]))])
            .with("Written", Yaml::Written(list.iter().map(String::as_str).collect()))
            .with("Lines", Yaml::Lines("a: b\nc: d\n".into()))
            .with("Ref", Yaml::List(vec![Yaml::Ref("X"), Yaml::Number(7)]));
        let expected = "\
Empty: []
Nothing: {}
Written:
  # One
  # Two
  - Effect: Allow
    Action:
      - \"*\"
      - b
  -
    - nested
Lines: |
  a: b
  c: d
Ref:
  - !Ref X
  - 7
";
        assert_eq!(tree.to_text(), expected);
    }

    proptest! {
        #[test]
        fn any_string_survives(value in any::<String>(), key in any::<String>()) {
            let tree = Yaml::Map(vec![(key.as_str().into(), Yaml::texts([value.clone()]))]);
            let read: Value = serde_yaml::from_str(&tree.to_text()).unwrap();
            prop_assert_eq!(read[key.as_str()][0].as_str(), Some(value.as_str()));
        }

        #[test]
        fn words_survive(value in "[-+.:~=<>a-z0-9_# ]{0,8}") {
            let read: Value = serde_yaml::from_str(&Yaml::texts([value.clone()]).to_text()).unwrap();
            prop_assert_eq!(read[0].as_str(), Some(value.as_str()));
        }
    }
}
