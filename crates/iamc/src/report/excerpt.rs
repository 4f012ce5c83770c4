//! The lines of a file that a report shows.
//!
//! What is shown is not the file's own text: tabs are blanks, characters that a terminal would obey or
//! not show are replaced, and of a very long line only the surroundings of the labels remain. So the
//! lines are copied, and the labels moved with them.

use std::collections::BTreeMap;
use std::ops::Range;

use iamc_model::Source;
use iamc_model::diagnostic::Label;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::printable::{on_one_line, printable};

/// Characters of a line that are shown around each end of a label, where not all can be.
const AROUND: usize = 60;

/// Characters of a line that can be shown.
const MOST: usize = 200;

/// Columns between the stops of a tab.
const TAB: usize = 4;

/// Copied lines with the labels that stand in them.
#[derive(Debug)]
pub(super) struct Excerpt {
    path: String,
    /// The lines, each with a line feed.
    text: String,
    lines: Vec<Line>,
    labels: Vec<Mark>,
}

/// A line of the excerpt.
#[derive(Debug)]
struct Line {
    /// In the file, from 0.
    number: usize,
    /// Its first byte in the excerpt's text.
    start: usize,
}

/// A label, moved into the excerpt.
#[derive(Debug)]
struct Mark {
    /// In the excerpt's text; never empty.
    range: Range<usize>,
    /// In the file, in characters, from 0.
    column: usize,
    text: String,
}

impl Excerpt {
    /// The lines of `labels`, all of which lie in `source`, and those next to them.
    pub(super) fn new(source: &Source, labels: &[Label]) -> Self {
        let mut excerpt =
            Self { path: on_one_line(&source.path), text: String::new(), lines: vec![], labels: vec![] };
        let ranges: Vec<Range<usize>> =
            labels.iter().map(|label| first_line(&source.text, label.span.range())).collect();
        let mut moved = BTreeMap::new();
        for line in shown_lines(&source.text, &ranges) {
            let number = source.position(line.start).line - 1;
            excerpt.lines.push(Line { number, start: excerpt.text.len() });
            moved.extend(excerpt.copy(&source.text, line, &ranges));
        }
        excerpt.labels = labels
            .iter()
            .zip(ranges)
            .map(|(label, range)| {
                let start = moved[&range.start];
                let end = moved[&range.end].max(start + 1);
                let column = source.position(range.start).column - 1;
                Mark { range: start..end, column, text: printable(&label.text) }
            })
            .collect();
        excerpt
    }

    /// The labels, the first of which is the place to mend. One that repeats `message` goes without
    /// words.
    pub(super) fn labels(&self, message: &str) -> Vec<LabeledSpan> {
        let labels = self.labels.iter().enumerate();
        labels
            .map(|(at, mark)| {
                let span = (mark.range.start, mark.range.len());
                let text = Some(mark.text.clone()).filter(|text| !text.is_empty() && text != message);
                match at {
                    0 => LabeledSpan::new_primary_with_span(text, span),
                    _ => LabeledSpan::new_with_span(text, span),
                }
            })
            .collect()
    }

    /// The lines that bear labels, each with its number from 1 and the labels that begin in it: where,
    /// in characters of the line, and what they say.
    pub(super) fn labelled(&self) -> impl Iterator<Item = (usize, &str, Vec<(Range<usize>, &str)>)> {
        self.lines.iter().enumerate().filter_map(|(at, line)| {
            let end = self.lines.get(at + 1).map_or(self.text.len(), |next| next.start);
            let own = self.labels.iter().filter(|mark| (line.start..end).contains(&mark.range.start));
            let characters = |offset: usize| self.text[line.start..offset.min(end)].chars().count();
            let own: Vec<_> = own
                .map(|mark| (characters(mark.range.start)..characters(mark.range.end), mark.text.as_str()))
                .collect();
            let text = self.text[line.start..end].trim_end();
            (!own.is_empty()).then_some((line.number + 1, text, own))
        })
    }

    /// Copies one line of the file; gives the ends of the labels in it with where they have come to.
    fn copy(&mut self, file: &str, line: Range<usize>, labels: &[Range<usize>]) -> Vec<(usize, usize)> {
        let ends = labels.iter().flat_map(|range| [range.start, range.end]);
        let ends: Vec<usize> = ends.filter(|end| (line.start..=line.end).contains(end)).collect();
        let written = &file[line.clone()];
        let mut moved = Vec::new();
        let mut column = 0;
        for part in kept(written, ends.iter().map(|end| end - line.start)) {
            for (at, character) in written[part.clone()].char_indices() {
                moved.push((line.start + part.start + at, self.text.len()));
                column += self.push(character, column);
            }
            moved.push((line.start + part.end, self.text.len()));
            if part.end < written.len() {
                column += self.push('…', column);
            }
        }
        self.text.push('\n');
        moved
    }

    /// Adds a character at a column; gives how many columns it takes, as far as tabs need to know.
    fn push(&mut self, character: char, column: usize) -> usize {
        if character == '\t' {
            let blanks = TAB - column % TAB;
            self.text.extend(std::iter::repeat_n(' ', blanks));
            return blanks;
        }
        self.text.push(super::printable::shown(character));
        1
    }

    fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// The line after `step` more, as far as the file's lines are all there.
    fn neighbour(&self, line: usize, before: usize, after: usize) -> (usize, usize) {
        let adjoin = |a: usize, b: usize| match (self.lines.get(a), self.lines.get(b)) {
            (Some(a), Some(b)) => a.number + 1 == b.number,
            _ => false,
        };
        let first = (0..before).fold(line, |at, _| if at > 0 && adjoin(at - 1, at) { at - 1 } else { at });
        let last = (0..after).fold(line, |at, _| if adjoin(at, at + 1) { at + 1 } else { at });
        (first, last)
    }
}

/// Asked for no lines around, miette wants to know the column.
impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        if end > self.text.len() || self.lines.is_empty() {
            return Err(MietteError::OutOfBounds);
        }
        let (first, _) = self.neighbour(self.line_of(span.offset()), before, 0);
        let (_, last) = self.neighbour(self.line_of(end.saturating_sub(1)), 0, after);
        let start = self.lines[first].start;
        let stop = self.lines.get(last + 1).map_or(self.text.len(), |line| line.start);
        let mark = self.labels.iter().find(|mark| before == 0 && mark.range.start == span.offset());
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            &self.text.as_bytes()[start..stop],
            (start, stop - start).into(),
            self.lines[first].number,
            mark.map_or(0, |mark| mark.column),
            last - first + 1,
        )))
    }
}

/// The part of a range that lies on the line where it begins, on the boundaries of characters.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    let line = line_around(text, start);
    start.min(line.end)..end.min(line.end)
}

/// The line in which `offset` lies, without its line break.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    start..start + text[start..end].trim_end_matches('\r').len()
}

/// The lines of the labels with the one before and the one after, in order.
fn shown_lines(text: &str, labels: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut lines = BTreeMap::new();
    for label in labels {
        let line = line_around(text, label.start);
        let before = line.start.checked_sub(1).map(|end| line_around(text, end));
        let after = text[line.end..].find('\n').map(|at| line_around(text, line.end + at + 1));
        let after = after.filter(|after| after.start < text.len());
        let around = [before, Some(line), after];
        lines.extend(around.into_iter().flatten().map(|line| (line.start, line)));
    }
    lines.into_values().collect()
}

/// The parts of a line that are shown, in order: all of it, or where that is too much what stands
/// around the ends of labels.
fn kept(line: &str, ends: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    if line.len() <= MOST || line.chars().nth(MOST).is_none() {
        return std::iter::once(0..line.len()).collect();
    }
    let mut ends: Vec<usize> = std::iter::once(0).chain(ends).collect();
    ends.sort_unstable();
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in ends.into_iter().map(|end| around(line, end)) {
        match parts.last_mut().filter(|last| part.start <= last.end) {
            Some(last) => last.end = last.end.max(part.end),
            None => parts.push(part),
        }
    }
    parts
}

/// The characters of a line around a place in it.
fn around(line: &str, at: usize) -> Range<usize> {
    let start = line[..at].char_indices().rev().take(AROUND).last().map_or(at, |(start, _)| start);
    let end = line[at..].char_indices().nth(AROUND).map_or(line.len(), |(length, _)| at + length);
    start..end
}
