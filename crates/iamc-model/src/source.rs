//! Files as they were read, and places in them.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Index of a file in [`Sources`]; ids order as the files' paths sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file. Spans order by file, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The place of what nobody wrote: a setting's default.
    pub const BUILTIN: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// A span of `range` (bytes) in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The bytes that the span covers.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether nobody wrote this: it is a default.
    pub fn is_builtin(self) -> bool {
        self == Self::BUILTIN
    }

    /// The smallest span that covers both; both lie in one file.
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value with the place where it was written. Equality and order are of the value alone.
#[derive(Debug, Clone, Copy)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// A default, which nobody wrote.
    pub fn builtin(value: T) -> Self {
        Self { value, span: Span::BUILTIN }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A line and a column, both counted from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One file: its path and its text.
#[derive(Debug)]
pub struct Source {
    /// Relative to the project's root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Where its lines begin, once somebody asks.
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// A file.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), line_starts: OnceLock::new() }
    }

    /// The position of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= offset) - 1;
        let start = starts[line] as usize;
        Position { line: line + 1, column: self.text[start..offset].chars().count() + 1 }
    }

    /// The text under a span of this file.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.match_indices('\n');
            let starts = breaks.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(starts).collect()
        })
    }
}

/// All files of a project, sorted by path.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: Vec<Arc<Source>>,
}

impl Sources {
    /// Files in the order of their paths, whatever order they come in.
    pub fn new(mut files: Vec<Source>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files: files.into_iter().map(Arc::new).collect() }
    }

    /// Adds a file behind those that are there, whose ids stay.
    pub fn push(&mut self, file: Source) -> FileId {
        self.files.push(Arc::new(file));
        FileId(self.files.len() as u32 - 1)
    }

    /// The file of a span; none for a built-in one.
    pub fn get(&self, file: FileId) -> Option<&Arc<Source>> {
        self.files.get(file.0 as usize)
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Arc<Source>)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The text under a span; empty for a built-in one.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).map_or("", |source| source.slice(span))
    }

    /// The path and the first position of a span, as `(path, position)`.
    pub fn locate(&self, span: Span) -> Option<(&str, Position)> {
        self.get(span.file).map(|source| (source.path.as_str(), source.position(span.start as usize)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = Source::new("a.toml", "é = 1\r\nb = \"x\"\n");
        let at = |offset| {
            let position = source.position(offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 3));
        assert_eq!(at(8), (2, 1));
        assert_eq!(at(1), (1, 1), "inside a character is at that character");
        assert_eq!(at(999), (3, 1), "past the end is the end");
    }

    #[test]
    fn files_order_by_path() {
        let sources = Sources::new(vec![Source::new("b.toml", "b"), Source::new("a.toml", "a")]);
        let paths: Vec<_> = sources.iter().map(|(id, source)| (id.0, source.path.as_str())).collect();
        assert_eq!(paths, [(0, "a.toml"), (1, "b.toml")]);
        assert_eq!(sources.slice(Span::new(FileId(1), 0..1)), "b");
        assert_eq!(sources.slice(Span::BUILTIN), "");
    }
}
