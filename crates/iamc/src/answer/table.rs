//! Columns that are aligned whether or not they are painted.

use crate::report::shown;

/// One cell: what is printed, and how wide it looks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    painted: String,
    width: usize,
    right: bool,
}

impl Cell {
    /// Text as it stands, on one line.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        let text: String = text.into().chars().map(shown).collect();
        Self { width: text.chars().count(), painted: text, right: false }
    }

    /// Text that is painted by `paint`.
    pub(crate) fn painted(text: &str, paint: impl Fn(&str) -> String) -> Self {
        let text: String = text.chars().map(shown).collect();
        Self { painted: paint(&text), width: text.chars().count(), right: false }
    }

    /// A number, which stands at the right of its column.
    pub(crate) fn number(number: impl ToString) -> Self {
        Self { right: true, ..Self::plain(number.to_string()) }
    }

    /// This cell at the right of its column.
    pub(crate) fn right(self) -> Self {
        Self { right: true, ..self }
    }

    /// This cell painted anew.
    pub(crate) fn repaint(self, paint: impl Fn(&str) -> String) -> Self {
        Self { painted: paint(&self.painted), ..self }
    }

    /// Two cells as one.
    pub(crate) fn then(self, next: Self) -> Self {
        Self { painted: self.painted + &next.painted, width: self.width + next.width, right: self.right }
    }

    fn pad(&self, width: usize) -> String {
        let blanks = " ".repeat(width.saturating_sub(self.width));
        if self.right { blanks + &self.painted } else { self.painted.clone() + &blanks }
    }
}

/// Rows of cells, and lines that stand between rows and count for no column.
#[derive(Debug, Default)]
pub(crate) struct Table {
    indent: usize,
    lines: Vec<Line>,
}

#[derive(Debug)]
enum Line {
    Row(Vec<Cell>),
    Free(String),
}

impl Table {
    /// A table that stands `indent` blanks from the left.
    pub(crate) fn indented(indent: usize) -> Self {
        Self { indent, lines: vec![] }
    }

    /// Whether it has no line.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.lines.push(Line::Row(cells.into_iter().collect()));
    }

    /// Adds a line as it stands.
    pub(crate) fn line(&mut self, line: impl Into<String>) {
        self.lines.push(Line::Free(line.into()));
    }

    /// The text: two blanks between columns, none at the ends of lines; columns that are empty in every
    /// row are left out.
    pub(crate) fn render(&self) -> String {
        let widths = self.widths();
        let lines = self.lines.iter().map(|line| match line {
            Line::Row(cells) => self.render_row(cells, &widths),
            Line::Free(line) => format!("{line}\n"),
        });
        lines.collect()
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths = Vec::new();
        for line in &self.lines {
            let Line::Row(cells) = line else { continue };
            widths.resize(widths.len().max(cells.len()), 0);
            widths.iter_mut().zip(cells).for_each(|(width, cell)| *width = cell.width.max(*width));
        }
        widths
    }

    fn render_row(&self, cells: &[Cell], widths: &[usize]) -> String {
        let last = cells.iter().rposition(|cell| cell.width > 0).map_or(0, |last| last + 1);
        let columns = cells[..last].iter().zip(widths).filter(|&(_, &width)| width > 0);
        let mut texts: Vec<String> = columns.map(|(cell, &width)| cell.pad(width)).collect();
        if let (Some(text), Some(cell)) = (texts.last_mut(), cells[..last].last().filter(|cell| !cell.right))
        {
            text.clone_from(&cell.painted);
        }
        format!("{}{}\n", " ".repeat(self.indent), texts.join("  "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Paint;

    #[test]
    fn columns_are_aligned_and_lines_do_not_end_in_blanks() {
        let mut table = Table::indented(2);
        table.row([Cell::plain("name"), Cell::plain(""), Cell::number(7), Cell::plain("")]);
        table.line("free");
        table.row([Cell::plain("n"), Cell::plain(""), Cell::number(123), Cell::plain("x")]);
        assert_eq!(table.render(), "  name    7\nfree\n  n     123  x\n");
    }

    #[test]
    fn a_terminal_obeys_no_text() {
        let mut table = Table::default();
        table.row([Cell::plain("a\nb"), Cell::painted("\u{1b}[2J", str::to_owned)]);
        assert_eq!(table.render(), "a␊b  ␛[2J\n");
    }

    #[test]
    fn paint_takes_no_room() {
        let paint = Paint::new(true);
        let mut table = Table::default();
        table.row([Cell::painted("ab", |text| paint.dim(text)), Cell::plain("x")]);
        table.row([Cell::plain("abc"), Cell::plain("y")]);
        assert_eq!(table.render(), "\u{1b}[2mab\u{1b}[0m   x\nabc  y\n");
    }
}
