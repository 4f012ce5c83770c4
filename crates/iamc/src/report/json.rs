//! One JSON object a line. Lines and columns count from 1, columns in characters.

use iamc_model::diagnostic::{Label, Related};
use iamc_model::{Diagnostic, Sources};
use serde_json::{Value, json};

pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics.iter().map(|found| format!("{}\n", diagnostic(found, sources))).collect()
}

fn diagnostic(found: &Diagnostic, sources: &Sources) -> Value {
    json!({
        "code": found.code.id,
        "severity": found.severity.name(),
        "message": found.message,
        "help": found.help,
        "labels": labels(&found.labels, sources),
        "related": found.related.iter().map(|note| related(note, sources)).collect::<Vec<_>>(),
    })
}

fn related(note: &Related, sources: &Sources) -> Value {
    json!({ "message": note.message, "labels": labels(&note.labels, sources) })
}

fn labels(labels: &[Label], sources: &Sources) -> Vec<Value> {
    labels.iter().filter_map(|at| label(at, sources)).collect()
}

fn label(label: &Label, sources: &Sources) -> Option<Value> {
    let source = sources.get(label.span.file)?;
    let range = label.span.range();
    let (start, end) = (source.position(range.start), source.position(range.end));
    Some(json!({
        "file": source.path,
        "line": start.line,
        "column": start.column,
        "end-line": end.line,
        "end-column": end.column,
        "text": label.text,
    }))
}
