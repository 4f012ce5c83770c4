//! The answer as JSON, in the shape that `--help` describes.

use std::collections::BTreeMap;

use iamc_access::Example;
use serde_json::{Value, json};

use super::Question;
use super::finding::{Finding, Findings};

/// For `--help`.
pub(super) const SHAPE: &str = r#"JSON:
  { "request": { "action", "resource", "context", "at", "exact" },
    "principals": [ { "principal", "kind", "decision", "policies", "groups",
        "through", "depends-on", "examples", "unknown-documents" } ] }
  sorted by name.
  "decision" is allowed, partly-allowed, conditional, explicitly-denied or
  implicitly-denied. "policies" are the names of the policies that decide,
  and ARNs of attached ones; "groups" those of the principal's groups by
  which it holds them, null for what it holds itself; "through" the roles
  that it assumes one after the other: policies and groups are the last
  one's. "depends-on" says in words what a conditional decision depends on.
  "examples" are { "decision", "action", "resource", "context" }."#;

/// Everybody who was found.
pub(super) fn answer(question: &Question<'_>, findings: &Findings<'_>) -> Value {
    let principals: Vec<Value> = findings.found.iter().map(|finding| principal(findings, finding)).collect();
    json!({ "request": question.asked.json(), "principals": principals })
}

fn principal(findings: &Findings<'_>, finding: &Finding<'_>) -> Value {
    let answer = findings.answer(finding);
    let roles = "if the roles can be assumed, which depends on what is not known";
    let roles = finding.depends_on_roles(findings).then_some(roles);
    let depends_on = answer.notes.iter().map(String::as_str).chain(roles);
    let policies = answer.sources.iter().map(|source| source.name(findings.compilation));
    json!({
        "principal": finding.grant.name.as_ref(),
        "kind": finding.grant.kind.key(),
        "decision": finding.decision.name(),
        "policies": policies.collect::<Vec<_>>(),
        "groups": finding.by,
        "through": finding.through,
        "depends-on": depends_on.collect::<Vec<_>>(),
        "examples": answer.verdict.examples.iter().map(example).collect::<Vec<_>>(),
        "unknown-documents": answer.unknown,
    })
}

fn example(example: &Example) -> Value {
    json!({
        "decision": example.decision.name(),
        "action": example.action,
        "resource": example.resource,
        "context": example.context.present().collect::<BTreeMap<_, _>>(),
    })
}
