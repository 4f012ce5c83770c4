//! For people: each report with the lines that it speaks of.

use std::fmt;

use iamc_model::diagnostic::{Label, Related};
use iamc_model::{Diagnostic, Severity, Sources};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::Style;
use super::excerpt::Excerpt;
use super::printable::printable;

/// Columns that stand before the text of a message or a help.
const INDENT: usize = 10;

/// Places that one report shows: nobody reads more, and each is drawn with lines to all others.
const MOST_LABELS: usize = 100;

pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let handler = handler(style);
    let mut text = String::new();
    for found in diagnostics {
        for note in Note::all(found, sources, style.width.saturating_sub(INDENT)) {
            // Writing to a string does not fail, and excerpts hold all that their labels cover.
            let _ = handler.render_report(&mut text, &note);
        }
        text.push('\n');
    }
    let mut text = without_trailing_blanks(&text);
    if let Some(of_errors) = style.summary.filter(|_| !diagnostics.is_empty()) {
        text.push_str(&summary(diagnostics, of_errors));
    }
    text
}

fn handler(style: Style) -> GraphicalReportHandler {
    let theme = match (style.unicode, style.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_wrap_lines(false)
        .with_urls(false)
        .without_syntax_highlighting()
}

fn without_trailing_blanks(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// `error: 3 errors, 1 warning`
fn summary(diagnostics: &[Diagnostic], of_errors: &str) -> String {
    match diagnostics.iter().any(Diagnostic::is_error) {
        true => format!("error: {}{of_errors}\n", counts(diagnostics)),
        false => format!("warning: {}\n", counts(diagnostics)),
    }
}

/// `3 errors, 1 warning`
pub(crate) fn counts(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|found| found.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let counts = [(errors, Severity::Error), (warnings, Severity::Warning)];
    let counted = counts.iter().filter(|(count, _)| *count > 0);
    let counted = counted.map(|(count, severity)| match count {
        1 => format!("1 {}", severity.name()),
        _ => format!("{count} {}s", severity.name()),
    });
    counted.collect::<Vec<_>>().join(", ")
}

/// A report, or a note that belongs to one, with the lines of one file.
#[derive(Debug)]
struct Note {
    code: Option<&'static str>,
    severity: miette::Severity,
    message: String,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Note {
    /// The report, then its notes.
    fn all(found: &Diagnostic, sources: &Sources, width: usize) -> Vec<Self> {
        let report = Self {
            code: Some(found.code.id),
            severity: match found.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
            },
            message: wrap(&printable(&found.message), width),
            help: help(found).map(|help| wrap(&printable(&help), width)),
            excerpt: excerpt(&found.labels, &found.message, sources),
        };
        let related = found.related.iter().map(|note| Self::related(note, sources, width));
        std::iter::once(report).chain(related).collect()
    }

    fn related(note: &Related, sources: &Sources, width: usize) -> Self {
        Self {
            code: None,
            severity: miette::Severity::Advice,
            message: wrap(&printable(&note.message), width),
            help: None,
            excerpt: excerpt(&note.labels, &note.message, sources),
        }
    }
}

/// The help, and how many places are not shown.
fn help(found: &Diagnostic) -> Option<String> {
    let hidden = found.labels.len().saturating_sub(MOST_LABELS);
    let more = (hidden > 0).then(|| format!("{hidden} more places are not shown"));
    let lines: Vec<String> = found.help.clone().into_iter().chain(more).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The lines of the labels; none of a file of which nothing was read, where the message names it.
fn excerpt(labels: &[Label], message: &str, sources: &Sources) -> Option<Excerpt> {
    let file = labels.first()?.span.file;
    let source =
        sources.get(file).filter(|source| !source.text.is_empty() || !message.contains(&source.path))?;
    let labels = labels.iter().filter(|label| label.span.file == file).take(MOST_LABELS);
    let labels: Vec<Label> = labels.cloned().collect();
    Some(Excerpt::new(source, &labels))
}

/// Breaks lines at blanks, never within a word: people copy words.
fn wrap(text: &str, width: usize) -> String {
    text.lines().map(|line| wrap_line(line, width)).collect::<Vec<_>>().join("\n")
}

fn wrap_line(line: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Note {}

impl miette::Diagnostic for Note {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.code.map(|code| Box::new(code) as _)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.excerpt.as_ref()?.labels(&self.message);
        Some(Box::new(labels.into_iter()))
    }
}
