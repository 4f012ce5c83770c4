//! One SARIF 2.1.0 log: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use iamc_model::diagnostic::Label;
use iamc_model::level::Level;
use iamc_model::{Code, Diagnostic, Sources, Span, codes};
use serde_json::{Map, Value, json};

use super::Project;
use super::place::Prefix;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn render(diagnostics: &[Diagnostic], project: &Project<'_>) -> String {
    let log = Log { sources: project.sources, prefix: Prefix::between(project.current, project.root) };
    let rules: Vec<Value> = codes::ALL.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|found| log.result(found)).collect();
    let driver = json!({
        "name": "iamc",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    format!("{:#}\n", json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.id,
        "name": code.rule(),
        "shortDescription": { "text": code.summary },
        "defaultConfiguration": configuration(code),
    })
}

fn configuration(code: &Code) -> Value {
    match code.level {
        Some(Level::Off) => json!({ "enabled": false }),
        _ => json!({ "level": code.default_severity().name() }),
    }
}

struct Log<'a> {
    sources: &'a Sources,
    prefix: Prefix,
}

impl Log<'_> {
    fn result(&self, found: &Diagnostic) -> Value {
        let help = found.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let mut result = Map::new();
        result.insert("ruleId".into(), json!(found.code.id));
        result.insert("ruleIndex".into(), json!(codes::ALL.iter().position(|code| *code == found.code)));
        result.insert("level".into(), json!(found.severity.name()));
        result.insert("message".into(), json!({ "text": format!("{}{help}", found.message) }));
        let locations: Vec<Value> = found.span().and_then(|span| self.location(span)).into_iter().collect();
        result.insert("locations".into(), json!(locations));
        let related = self.related(found);
        if !related.is_empty() {
            result.insert("relatedLocations".into(), json!(related));
        }
        Value::Object(result)
    }

    /// Every place but the first.
    fn related(&self, found: &Diagnostic) -> Vec<Value> {
        let further = found.labels.iter().skip(1).map(|label| (label, label.text.as_str()));
        let notes = found.related.iter().flat_map(|note| {
            note.labels.iter().map(|label| {
                (label, if label.text.is_empty() { &note.message } else { &label.text }.as_str())
            })
        });
        further.chain(notes).filter_map(|(label, text)| self.note(label, text)).collect()
    }

    fn note(&self, label: &Label, text: &str) -> Option<Value> {
        let mut location = self.location(label.span)?;
        if !text.is_empty() {
            location["message"] = json!({ "text": text });
        }
        Some(location)
    }

    fn location(&self, span: Span) -> Option<Value> {
        let source = self.sources.get(span.file)?;
        let (start, end) = (source.position(span.range().start), source.position(span.range().end));
        let region = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
        let artifact = json!({ "uri": self.prefix.uri(&source.path) });
        Some(json!({ "physicalLocation": { "artifactLocation": artifact, "region": region } }))
    }
}
