//! A strict reader of YAML that keeps the place of everything.
//!
//! What readers of YAML 1.1 and 1.2 could read differently is refused, and so is what makes a text mean
//! something else than it seems to: tags but `!Ref`, anchors, aliases, merges, directives, a key that
//! stands twice.

mod compose;
mod node;
mod plain;
#[cfg(test)]
mod tests;

pub(crate) use compose::{Syntax, compose};
pub(crate) use node::{Entry, Node, Value};

use std::ops::Range;

use iamc_model::{FileId, Span};

/// A text in a file, or one that stands within a string of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'t> {
    /// What is read.
    pub(crate) text: &'t str,
    file: FileId,
    offset: usize,
    /// Blanks before each line, which are the file's and not the text's.
    indent: usize,
}

/// Why a text cannot be read, at its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// What is wrong, as the end of a sentence that begins with the file.
    pub(crate) what: String,
    /// Where.
    pub(crate) span: Span,
}

impl<'t> Text<'t> {
    /// A whole file.
    pub(crate) fn of_file(file: FileId, text: &'t str) -> Self {
        Self { text, file, offset: 0, indent: 0 }
    }

    /// The text of a literal block of this file, whose words begin with its first line.
    pub(crate) fn within(self, block: Span, value: &'t str) -> Self {
        let before = self.text.get(..block.range().start).unwrap_or_default();
        let indent = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        Self { text: value, file: self.file, offset: block.range().start, indent }
    }

    /// The place of a range of bytes of the text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        let moved = |at: usize| {
            let lines = || self.text.get(..at).map_or(0, |before| before.matches('\n').count());
            self.offset + at + if self.indent == 0 { 0 } else { lines() * self.indent }
        };
        Span::new(self.file, moved(range.start)..moved(range.end))
    }
}
