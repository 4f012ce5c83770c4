//! Reading values out of TOML's tables, with a report where one is not what its key takes.

mod section;
mod string;
mod text;

pub(crate) use section::{Section, list};
pub(crate) use text::Braces;

use std::ops::Range;

use iamc_model::project::{DeclKind, Mention, UnreadableDecl};
use iamc_model::{Code, Diagnostic, FileId, Span, Spanned, codes, name};
use toml::de::DeValue;

/// A value as TOML has it, with its place.
pub(crate) type Node<'a> = toml::Spanned<DeValue<'a>>;

/// A file that is being read, and what is wrong with it.
pub(crate) struct Reader<'a> {
    file: FileId,
    source: &'a str,
    /// What is wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Declarations that are seen and left out.
    pub(crate) unreadable: Vec<UnreadableDecl>,
    /// Names that they refer to.
    pub(crate) mentions: Vec<Mention>,
}

/// The value of a key, or an item of its array.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    /// The key, for messages.
    pub(crate) key: Spanned<&'a str>,
    /// What it holds.
    pub(crate) node: &'a DeValue<'a>,
    /// Where the value is written.
    pub(crate) span: Span,
}

impl<'a> Value<'a> {
    /// An item of the array that this is.
    pub(crate) fn item(&self, reader: &Reader<'a>, item: &'a Node<'a>) -> Self {
        Self { key: self.key, node: item.get_ref(), span: reader.span(item.span()) }
    }

    /// What it is, as a person says it: `a string`.
    pub(crate) fn noun(&self) -> &'static str {
        match self.node {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "a Boolean",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        }
    }

    /// Whether it is no array and no table.
    pub(crate) fn is_scalar(&self) -> bool {
        !self.node.is_array() && !self.node.is_table()
    }
}

impl<'a> Reader<'a> {
    /// A reader of a file's text.
    pub(crate) fn new(file: FileId, source: &'a str) -> Self {
        Self { file, source, diagnostics: vec![], unreadable: vec![], mentions: vec![] }
    }

    /// A span of this file.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// What is written at a span of this file.
    pub(crate) fn written(&self, span: Span) -> &'a str {
        self.source.get(span.range()).unwrap_or_default()
    }

    /// Adds a report.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds a report with a help.
    pub(crate) fn error(
        &mut self,
        code: &'static Code,
        message: impl Into<String>,
        span: Span,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(Diagnostic::new(code, message, span, label).help(help));
    }

    /// What `read` gives, unless it has something to report.
    pub(crate) fn sound<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.diagnostics.len();
        read(self).filter(|_| self.diagnostics.len() == before)
    }

    /// Keeps the name of a declaration that is left out, so that nobody calls it unknown.
    pub(crate) fn leave_out(&mut self, kind: DeclKind, name: impl Into<String>, span: Span) {
        self.unreadable.push(UnreadableDecl { kind, name: Spanned::new(name.into(), span) });
    }

    /// A key with its value.
    pub(crate) fn value(
        &self,
        key: &'a toml::Spanned<toml::de::DeString<'a>>,
        node: &'a Node<'a>,
    ) -> Value<'a> {
        let key = Spanned::new(key.get_ref().as_ref(), self.span(key.span()));
        Value { key, node: node.get_ref(), span: self.span(node.span()) }
    }

    /// The keys of a table with their values, in the order written.
    pub(crate) fn entries(&self, table: &'a toml::de::DeTable<'a>) -> Vec<Value<'a>> {
        table.iter().map(|(key, node)| self.value(key, node)).collect()
    }

    /// Reports that a value has another type than its key takes.
    pub(crate) fn wrong_type(&mut self, value: Value<'a>, wanted: &str, help: impl Into<String>) {
        let message = format!("`{}` takes {wanted}, not {}", value.key.value, value.noun());
        self.error(&codes::WRONG_TYPE, message, value.span, format!("this is {}", value.noun()), help);
    }

    /// Reports a value that is empty where something has to stand.
    pub(crate) fn empty(&mut self, value: Value<'a>, help: impl Into<String>) {
        let message = format!("`{}` is empty", value.key.value);
        self.error(&codes::EMPTY_VALUE, message, value.span, "nothing stands here", help);
    }

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

    /// A string that is not empty.
    pub(crate) fn filled_string(&mut self, value: Value<'a>) -> Option<Spanned<String>> {
        let string = self.string(value)?;
        if string.is_empty() {
            self.empty(value, "write something between the quotes");
            return None;
        }
        Some(Spanned::new(string.value.to_owned(), string.span))
    }

    /// A string for people.
    pub(crate) fn prose(&mut self, value: Value<'a>) -> Option<Spanned<String>> {
        self.string(value).map(|string| Spanned::new(string.value.to_owned(), string.span))
    }

    /// What one of a few words stands for; `what` is what they are: `an effect`.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        value: Value<'a>,
        choices: &[(&'static str, T)],
        what: &str,
        label: &str,
    ) -> Option<Spanned<T>> {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let all = format!("write {}", quoted_alternatives(&words));
        let Some(written) = value.node.as_str() else {
            let help = if value.is_scalar() { all } else { self.quoted_help(value) };
            self.wrong_type(value, "a string", help);
            return None;
        };
        let found = choices.iter().find(|(word, _)| *word == written);
        if found.is_none() {
            let near = name::nearest(written, words.iter().copied());
            let help = near.map_or(all, |near| format!("write `\"{near}\"`"));
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
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (key, least, most) = (value.key.value, range.start(), range.end());
            let bounds =
                if *most == u32::MAX { format!("at least {least}") } else { format!("{least} to {most}") };
            let message = format!("`{key}` is out of range");
            self.error(&codes::INVALID_VALUE, message, value.span, "out of range", format!("write {bounds}"));
        }
        number.map(|number| Spanned::new(number, value.span))
    }

    /// The items of an array; a bare value is reported and read as an array of one. `example` is an
    /// item to show.
    pub(crate) fn array(&mut self, value: Value<'a>, wanted: &str, example: &str) -> Option<Vec<Value<'a>>> {
        match value.node {
            DeValue::Array(items) => Some(items.iter().map(|item| value.item(self, item)).collect()),
            DeValue::String(_) => {
                let key = self.written(value.key.span);
                let help = format!("write `{key} = [{}]`", self.on_one_line(value, example));
                self.wrong_type(value, wanted, help);
                Some(vec![value])
            }
            _ => {
                let help = self.array_help(value, wanted, example);
                self.wrong_type(value, wanted, help);
                None
            }
        }
    }

    /// How to write a value that is neither an array nor a string as an array; a table stays what it is
    /// where tables are wanted.
    fn array_help(&self, value: Value<'a>, wanted: &str, example: &str) -> String {
        let key = self.written(value.key.span);
        let written = self.on_one_line(value, example);
        match value.node {
            DeValue::Table(_) if !wanted.contains("tables") => format!("write `{key} = [{example}]`"),
            DeValue::Table(_) if written.starts_with('[') => format!("write `[{written}]`"),
            DeValue::Table(_) if written.starts_with('{') => format!("write `{key} = [{written}]`"),
            DeValue::Table(_) => format!("write `{key} = [{example}]`"),
            _ => format!("write `{key} = [{}]`", self.as_string(value, example)),
        }
    }

    /// The items of an array that is not empty.
    pub(crate) fn filled_array(
        &mut self,
        value: Value<'a>,
        wanted: &str,
        example: &str,
    ) -> Option<Vec<Value<'a>>> {
        let items = self.array(value, wanted, example)?;
        if items.is_empty() {
            self.empty(value, format!("write `{} = [{example}]`", self.written(value.key.span)));
            return None;
        }
        Some(items)
    }

    /// An array of strings, none of them empty; the array may be.
    pub(crate) fn strings(&mut self, value: Value<'a>, example: &str) -> Option<Vec<Spanned<String>>> {
        let items = self.array(value, "an array of strings", example)?;
        Some(items.into_iter().filter_map(|item| self.filled_string(item)).collect())
    }

    /// The table that a value is.
    pub(crate) fn table(&mut self, value: Value<'a>, example: &str) -> Option<&'a toml::de::DeTable<'a>> {
        let table = value.node.as_table();
        if table.is_none() {
            self.wrong_type(value, "a table", format!("write `{example}`"));
        }
        table
    }

    /// A table whose keys are known.
    pub(crate) fn section(
        &mut self,
        value: Value<'a>,
        what: impl Into<String>,
        example: &str,
    ) -> Option<Section<'a>> {
        let table = self.table(value, example)?;
        Some(Section::new(table, what, value.span))
    }

    /// The table of the declaration `[table.NAME]`. What it lacks is reported at its header, or at its
    /// name where it has no header of its own.
    pub(crate) fn declaration(&mut self, entry: Value<'a>, table: &str, noun: &str) -> Option<Section<'a>> {
        let example = format!("[{table}.{}]", self.written(entry.key.span));
        let what = format!("{noun} `{}`", entry.key.value);
        let table = self.table(entry, &example)?;
        let has_header = self.written(entry.span).starts_with('[');
        let header = if has_header { entry.span } else { entry.key.span };
        Some(Section::new(table, what, header))
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

    /// What is written for a value, or an example where that is long.
    fn on_one_line(&self, value: Value<'a>, example: &str) -> String {
        let written = self.written(value.span);
        let is_short = written.len() <= 200 && !written.contains('\n');
        if is_short { written.to_owned() } else { example.to_owned() }
    }

    /// A value that is no string, as a string.
    fn as_string(&self, value: Value<'a>, example: &str) -> String {
        let written = self.on_one_line(value, example);
        if value.node.is_str() || written == example { written } else { format!("\"{written}\"") }
    }
}

/// `` `"a"`, `"b"` or `"c"` ``
fn quoted_alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
