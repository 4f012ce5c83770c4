//! What a phase has to say: a code, a message, labels on the very words, and a help.
//!
//! Messages are lower case without a full stop, the user's words in backticks; what to do is in the
//! help.

use crate::codes::Code;
use crate::level::Severity;
use crate::source::Span;

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule.
    pub code: &'static Code,
    /// From the code; for lints set by [`crate::lints::apply`].
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to type.
    pub help: Option<String>,
    /// Places in one file, the one to mend first. Empty only where no file is to blame.
    pub labels: Vec<Label>,
    /// Places in other files, or of another part of the story.
    pub related: Vec<Related>,
    /// The declarations (by the place of their name) whose `silence` counts for this lint.
    pub subjects: Vec<Span>,
}

/// Words with what is said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The words.
    pub span: Span,
    /// What is said of them; may be empty.
    pub text: String,
}

/// A note with places of its own, all in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What is said.
    pub message: String,
    /// Where.
    pub labels: Vec<Label>,
}

impl Diagnostic {
    /// A report on the words at `span`. A built-in span gives a report without a place.
    pub fn new(
        code: &'static Code,
        message: impl Into<String>,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        let labels = label_at(span, label.into()).into_iter().collect();
        let severity = code.default_severity();
        Self {
            code,
            severity,
            message: message.into(),
            help: None,
            labels,
            related: vec![],
            subjects: vec![],
        }
    }

    /// A report that no file is to blame for.
    pub fn without_place(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(code, message, Span::BUILTIN, "")
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// One more place: a label where it lies in the file of the first, else a related note.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        match (self.labels.first(), label_at(span, text)) {
            (Some(first), Some(label)) if first.span.file == span.file => self.labels.push(label),
            (_, Some(label)) => {
                let message = label.text.clone();
                self.related.push(Related { message, labels: vec![label] });
            }
            (_, None) => {}
        }
        self
    }

    /// A note with a place of its own, whichever file it lies in.
    #[must_use]
    pub fn related(mut self, message: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        let labels = label_at(span, text.into()).into_iter().collect();
        self.related.push(Related { message: message.into(), labels });
        self
    }

    /// A declaration whose `silence` counts.
    #[must_use]
    pub fn subject(mut self, declaration: Span) -> Self {
        self.subjects.push(declaration);
        self
    }

    /// The place to mend.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// Whether it stops the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

fn label_at(span: Span, text: String) -> Option<Label> {
    (!span.is_builtin()).then_some(Label { span, text })
}

/// Sorts reports by file and place, those without a place last, and drops those that say the same.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let key = |diagnostic: &Diagnostic| {
        let span = diagnostic.span().unwrap_or(Span::BUILTIN);
        (span.file, span.start, diagnostic.severity, diagnostic.code.id, diagnostic.message.clone())
    };
    diagnostics.sort_by_cached_key(key);
    diagnostics.dedup_by(|a, b| {
        a.code == b.code && a.message == b.message && a.labels == b.labels && a.related == b.related
    });
}
