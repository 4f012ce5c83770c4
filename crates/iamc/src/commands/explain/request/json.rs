//! The answer for programs, in the shape that `--help` describes.

use std::collections::BTreeMap;

use iamc_access::{Context, Example, Judged, Outcome, Unmet};
use iamc_graph::paths::{Node, Step};
use iamc_model::grants::Patterns;
use serde_json::{Value, json};

use super::Answer;
use super::story::Story;
use crate::commands::explain::json::{PATHS, add_patterns, group, instant};

/// For `--help`.
pub(crate) const SHAPE: &str = r#"JSON of a request (`iamc schema answer-explain` is the schema):
  { "principal", "kind", "request": { "action", "resource", "context",
    "at", "exact" }, "decision", "statements", "near-misses", "resources",
    "examples", "doubts", "unknown-documents" }
  A statement is { "policy", "effect", "result": matched, conditional or
  missed, "source", "template", "emitted": { "file", "managed-policy" },
  "attached": { "arn", "version", "sid", "source" }, "until", "unmet",
  "paths", "paths-total" }; "policy" is null where it is attached by ARN,
  else "attached" is. "unmet" is what fails or is not known: { "part":
  action, resource or condition, "wanted", "got", "open": whether it may
  hold all the same, "words": of a condition, "doubt": why AWS's own text
  leaves it open, or null }.
  "resources" are patterns where no RESOURCE was asked for, else null;
  "examples" are { "decision", "action", "resource", "context" } where a
  pattern was; "doubts" say why it is conditional only because more could
  not be told; "unknown-documents" are attached ARNs of which nothing is
  known."#;

impl Answer<'_> {
    /// The whole answer.
    pub(super) fn json(&self) -> Value {
        let graph = &self.view.compilation.graph;
        let verdict = &self.verdict;
        let stories =
            |judged: &[Judged]| judged.iter().map(|judged| self.story(judged).json()).collect::<Vec<_>>();
        json!({
            "principal": self.name(),
            "kind": self.principal().kind(graph),
            "request": self.asked.json(),
            "decision": verdict.decision.name(),
            "statements": stories(&verdict.statements),
            "near-misses": stories(&verdict.near_misses),
            "resources": self.asked.resource.is_none().then_some(&verdict.resources),
            "examples": verdict.examples.iter().map(example).collect::<Vec<_>>(),
            "doubts": verdict.doubts,
            "unknown-documents": self.access.unknown,
        })
    }
}

fn example(example: &Example) -> Value {
    json!({
        "decision": example.decision.name(),
        "action": example.action,
        "resource": example.resource,
        "context": context(&example.context),
    })
}

fn context(context: &Context) -> BTreeMap<&str, &[String]> {
    context.present().collect()
}

impl Story<'_> {
    fn json(&self) -> Value {
        let places = self.answer.view.places;
        let own = self.own().map(|(_, policy)| policy);
        let template = own.and_then(|policy| policy.template.as_ref());
        let template = template
            .map(|template| json!({ "name": template.value.as_ref(), "source": places.json(template.span) }));
        let mut statement = json!({
            "policy": own.map(|policy| policy.name.as_ref()),
            "effect": self.statement.effect().name(),
            "result": result(self.judged.outcome),
            "source": own.map(|policy| places.json(policy.span)),
            "template": template,
            "emitted": self.emitted_json(),
            "attached": self.attached_json(),
            "until": instant(self.bound().until()),
            "unmet": self.judged.unmet.iter().map(|unmet| self.unmet(unmet)).collect::<Vec<_>>(),
        });
        self.add_paths(&mut statement);
        statement
    }

    fn emitted_json(&self) -> Value {
        let names: Vec<&str> = self.emitted().into_iter().map(|policy| policy.name.as_str()).collect();
        let [first, others @ ..] = names.as_slice() else { return Value::Null };
        let file = format!("out/{}", self.answer.stack.path());
        let mut emitted = json!({ "file": file, "managed-policy": first });
        if !others.is_empty() {
            emitted["also-in"] = json!(others);
        }
        emitted
    }

    fn attached_json(&self) -> Value {
        let Some(attachment) = self.attachment() else { return Value::Null };
        json!({
            "arn": attachment.arn,
            "version": attachment.version,
            "sid": attachment.sid,
            "source": self.answer.view.places.json(attachment.span),
        })
    }

    fn add_paths(&self, statement: &mut Value) {
        let found = self.paths(PATHS);
        let paths = found.iter().flat_map(|found| &found.paths);
        statement["paths"] = paths.map(|path| self.path(path)).collect();
        statement["paths-total"] = json!(found.as_ref().map_or(0, |found| found.total));
    }

    fn path(&self, path: &[Step<'_>]) -> Value {
        let groups = path.iter().filter(|step| matches!(step.to, Node::Group(_)));
        groups.map(|step| group(self.answer.view.compilation, step)).collect()
    }

    fn unmet(&self, unmet: &Unmet) -> Value {
        match unmet {
            Unmet::Action { wanted, got, open } => {
                json!({ "part": "action", "wanted": patterns("actions", wanted), "got": got, "open": open })
            }
            Unmet::Resource { wanted, got, open, doubt } => json!({
                "part": "resource",
                "wanted": patterns("resources", wanted),
                "got": got,
                "open": open,
                "doubt": doubt,
            }),
            Unmet::Condition { operator, key, values, got, open, words, doubt } => json!({
                "part": "condition",
                "wanted": { "operator": operator.to_string(), "key": key, "values": values },
                "got": got,
                "open": open,
                "words": self.filled(words, values),
                "doubt": doubt,
            }),
        }
    }
}

fn result(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Matched => "matched",
        Outcome::Conditional => "conditional",
        Outcome::Missed => "missed",
    }
}

/// `{ "actions": […] }` or `{ "not-actions": […] }`
fn patterns(key: &str, patterns: &Patterns) -> Value {
    let mut object = json!({});
    add_patterns(&mut object, key, patterns.clone());
    object
}
