//! Places in files, as answers name them.

use iamc_model::{Sources, Span};
use serde_json::{Value, json};

/// Turns spans into lines of files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places<'a> {
    sources: &'a Sources,
}

impl<'a> Places<'a> {
    /// Places in these files.
    pub(crate) fn new(sources: &'a Sources) -> Self {
        Self { sources }
    }

    /// `groups/teams.toml:3`; empty for what nobody wrote.
    pub(crate) fn line(self, span: Span) -> String {
        let place = self.sources.locate(span);
        place.map_or_else(String::new, |(file, position)| format!("{file}:{}", position.line))
    }

    /// `{ "file": …, "line": …, "column": … }`, null for what nobody wrote.
    pub(crate) fn json(self, span: Span) -> Value {
        let place = self.sources.locate(span);
        place.map_or(
            Value::Null,
            |(file, position)| json!({ "file": file, "line": position.line, "column": position.column }),
        )
    }

    /// Adds `file` and `line` to an object.
    pub(crate) fn add(self, span: Span, object: &mut Value) {
        if let Some((file, position)) = self.sources.locate(span) {
            object["file"] = json!(file);
            object["line"] = json!(position.line);
        }
    }
}
