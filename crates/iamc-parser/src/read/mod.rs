//! Reading values out of TOML's tables, with a report where one is not what its key takes.

mod array;
mod scalar;
mod section;
mod string;
mod text;

pub(crate) use array::Items;
pub(crate) use section::{Section, What, list};
pub(crate) use text::Braces;

use std::fmt::Display;
use std::ops::Range;

use iamc_model::project::{DeclKind, Mention, UnreadableDecl};
use iamc_model::{Code, Diagnostic, FileId, Span, Spanned, codes};
use toml::de::{DeString, DeTable, DeValue};

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
    /// Whether it is an item of the key's array.
    is_item: bool,
}

impl<'a> Value<'a> {
    /// A key with its value.
    fn new(file: FileId, key: &'a toml::Spanned<DeString<'a>>, node: &'a Node<'a>) -> Self {
        let key = Spanned::new(key.get_ref().as_ref(), Span::new(file, key.span()));
        Self { key, node: node.get_ref(), span: Span::new(file, node.span()), is_item: false }
    }

    /// An item of the array that this is.
    pub(crate) fn item(&self, item: &'a Node<'a>) -> Self {
        let span = Span::new(self.span.file, item.span());
        Self { key: self.key, node: item.get_ref(), span, is_item: true }
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

    /// The line in which something is written, without what it is indented by, and its first byte.
    pub(crate) fn line_of(&self, span: Span) -> Option<(usize, &'a str)> {
        let before = self.source.get(..span.start as usize)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.source.get(start..)?.lines().next()?;
        let text = line.trim_start();
        Some((start + line.len() - text.len(), text))
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

    /// The keys of a table with their values, in the order written.
    pub(crate) fn entries(&self, table: &'a DeTable<'a>) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let file = self.file;
        table.iter().map(move |(key, node)| Value::new(file, key, node))
    }

    /// What `read` makes of each value, as far as it does.
    pub(crate) fn each<T>(
        &mut self,
        values: impl Iterator<Item = Value<'a>>,
        mut read: impl FnMut(&mut Self, Value<'a>) -> Option<T>,
    ) -> Vec<T> {
        let mut all = Vec::with_capacity(values.size_hint().0);
        all.extend(values.filter_map(|value| read(self, value)));
        all
    }

    /// Reports that a value has another type than its key takes.
    pub(crate) fn wrong_type(&mut self, value: Value<'a>, wanted: &str, help: impl Into<String>) {
        let message = format!("`{}` takes {wanted}, not {}", value.key.value, value.noun());
        self.error(&codes::WRONG_TYPE, message, value.span, format!("this is {}", value.noun()), help);
    }

    /// Reports a value that is empty where something has to stand.
    pub(crate) fn empty(&mut self, value: Value<'a>, help: impl Into<String>) {
        let which = if value.is_item { "one of " } else { "" };
        let message = format!("{which}`{}` is empty", value.key.value);
        self.error(&codes::EMPTY_VALUE, message, value.span, "nothing stands here", help);
    }

    /// The table that a value is.
    pub(crate) fn table(&mut self, value: Value<'a>, example: impl Display) -> Option<&'a DeTable<'a>> {
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
        what: &'static str,
        example: impl Display,
    ) -> Option<Section<'a>> {
        let table = self.table(value, example)?;
        Some(Section::new(table, What::Words(what), value.span))
    }

    /// The table of the declaration `[table.NAME]`. What it lacks is reported at its header, or at its
    /// name where it has no header of its own.
    pub(crate) fn declaration(
        &mut self,
        entry: Value<'a>,
        table: &str,
        noun: &'static str,
    ) -> Option<Section<'a>> {
        let name = self.written(entry.key.span);
        let table = self.table(entry, format_args!("[{table}.{name}]"))?;
        let has_header = self.written(entry.span).starts_with('[');
        let header = if has_header { entry.span } else { entry.key.span };
        Some(Section::new(table, What::Named(noun, entry.key.value), header))
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
