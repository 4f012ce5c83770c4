//! Places within a string: from a byte of its value to the words in the file.

use std::ops::Range;

use iamc_model::Span;

use super::Reader;

/// A string's value with the place of its first byte, where what is written is the value letter by
/// letter. Where escapes make the two differ, every place in it is the whole string.
#[derive(Clone, Copy)]
pub(crate) struct Located<'v> {
    /// The value.
    pub(crate) value: &'v str,
    span: Span,
    first: Option<usize>,
}

impl<'v> Located<'v> {
    /// The value of the string, or of the key, that is written at `span`.
    pub(crate) fn new(reader: &Reader<'_>, value: &'v str, span: Span) -> Self {
        let written = reader.written(span);
        let first = ["\"\"\"", "'''", "\"", "'", ""]
            .iter()
            .find_map(|quote| inner(written, quote).filter(|range| &written[range.clone()] == value))
            .map(|range| span.start as usize + range.start);
        Self { value, span, first }
    }

    /// The place of a range of bytes of the value.
    pub(crate) fn at(&self, range: Range<usize>) -> Span {
        self.first
            .map_or(self.span, |first| Span::new(self.span.file, first + range.start..first + range.end))
    }
}

/// What stands between `quote`s, a line break after three of them left out.
fn inner(written: &str, quote: &str) -> Option<Range<usize>> {
    let body = written.strip_prefix(quote)?.strip_suffix(quote)?;
    let trimmed = match quote.len() {
        3 => body.strip_prefix("\r\n").or_else(|| body.strip_prefix('\n')).unwrap_or(body),
        _ => body,
    };
    let end = quote.len() + body.len();
    Some(end - trimmed.len()..end)
}
