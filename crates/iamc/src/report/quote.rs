//! Lines of files as answers quote them: those alone that matter, the words underlined.

use std::ops::Range;

use iamc_model::diagnostic::Label;
use iamc_model::{FileId, Sources};

use super::excerpt::Excerpt;
use crate::answer::Paint;

/// The lines of the labels with the very words underlined, file by file in the order of the first labels.
/// A file is named unless it is `known`, which has been named already. What nobody wrote is left out.
///
/// ```text
/// 86 │ resources = ["arn:aws:s3:::{bucket}/*"]
///    │               ─────────────────────── arn:aws:s3:::data/*
/// ```
pub(crate) fn quote(sources: &Sources, labels: &[Label], known: FileId, paint: Paint) -> Vec<String> {
    let mut files: Vec<FileId> = Vec::new();
    for file in labels.iter().map(|label| label.span.file) {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files.into_iter().flat_map(|file| of_file(sources, labels, file, file == known, paint)).collect()
}

fn of_file(sources: &Sources, labels: &[Label], file: FileId, is_known: bool, paint: Paint) -> Vec<String> {
    let Some(source) = sources.get(file) else { return vec![] };
    let labels: Vec<Label> = labels.iter().filter(|label| label.span.file == file).cloned().collect();
    let excerpt = Excerpt::new(source, &labels);
    let width = excerpt.labelled().map(|(number, ..)| number.to_string().len()).max().unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    if !is_known {
        lines.push(paint.dim(&super::on_one_line(&source.path)));
    }
    for (number, text, marks) in excerpt.labelled() {
        lines.push(format!("{} {text}", paint.dim(&format!("{number:width$} │"))));
        let gutter = paint.dim(&format!("{:width$} │", ""));
        lines.extend(underlines(&marks, paint).into_iter().map(|line| format!("{gutter} {line}")));
    }
    lines
}

/// The lines under a line, the words of which are marked: as few as the notes allow.
fn underlines(marks: &[(Range<usize>, &str)], paint: Paint) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut column = 0;
    for (range, note) in marks {
        if range.start < column {
            lines.push(std::mem::take(&mut line));
            column = 0;
        }
        line += &" ".repeat(range.start - column);
        line += &paint.strong(&"─".repeat(range.len()));
        column = range.end;
        if !note.is_empty() {
            lines.push(format!("{} {note}", std::mem::take(&mut line)));
            column = 0;
        }
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

#[cfg(test)]
mod tests {
    use iamc_model::Span;
    use iamc_model::source::Source;

    use super::*;

    #[test]
    fn only_lines_with_labels_are_shown() {
        let texts = [("a.toml", "one\n\ttwo \u{202e}three\nfour\n"), ("b.toml", "five\n")];
        let sources = Sources::new(texts.map(|(path, text)| Source::new(path, text)).into());
        let label = |file, words: &str, note: &str| {
            let start = texts[file as usize].1.find(words).unwrap();
            Label { span: Span::new(FileId(file), start..start + words.len()), text: note.to_owned() }
        };
        let labels = [label(1, "five", ""), label(0, "two", "second"), label(0, "four", "last\u{1b}")];
        let quoted = quote(&sources, &labels, FileId(1), Paint::new(false));
        assert_eq!(
            quoted.join("\n"),
            "1 │ five\n  │ ────\na.toml\n2 │     two \u{fffd}three\n  │     ─── second\n3 │ four\n  │ ──── last␛"
        );
    }

    #[test]
    fn words_without_notes_share_a_line() {
        let lines =
            underlines(&[(0..1, ""), (2..4, ""), (6..7, "x"), (9..10, ""), (3..5, "")], Paint::new(false));
        assert_eq!(lines, ["─ ──  ─ x", "         ─", "   ──"]);
    }

    #[test]
    fn what_nobody_wrote_is_left_out() {
        let label = Label { span: Span::BUILTIN, text: String::new() };
        assert!(quote(&Sources::default(), &[label], FileId(0), Paint::new(false)).is_empty());
    }
}
