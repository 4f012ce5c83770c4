//! The same requests by way of a project and the command line.

use std::fmt::Write;

use iamc::Exit;
use iamc_catalog::DocumentStatement;
use iamc_model::check;
use iamc_model::grants::Patterns;
use serde_json::{Value, json};

use crate::case::Case;
use crate::support::Project;

/// Whether a case can be asked so that nothing but its own context is known: the command line always knows
/// the principal and the time, cannot give a set without values, and refuses what is no action or resource,
/// and more than a role can hold.
pub(crate) fn can_ask(case: &Case) -> bool {
    let text = case.json().to_string().to_ascii_lowercase();
    let knows_more = ["aws:principal", "aws:username", "aws:currenttime", "aws:epochtime"];
    let resources = case.statements.iter().flat_map(|statement| &statement.resources.patterns);
    knows_more.iter().all(|key| !text.contains(key))
        && text.len() < 4000
        && case.context.values().all(|given| !given.values().is_empty())
        && check::is_action(&case.action)
        && is_arn(&case.resource)
        && resources.clone().all(|resource| check::is_resource(resource))
}

fn is_arn(text: &str) -> bool {
    let fields: Vec<_> = text.splitn(6, ':').collect();
    fields.len() == 6 && [1, 2, 5].iter().all(|&at| !fields[at].is_empty())
}

/// What `iamc explain` answers.
pub(crate) fn explain(case: &Case) -> String {
    let project = project(case);
    let mut arguments =
        vec!["explain", "JaneDoe", &case.action, &case.resource, "--exact", "--format", "json"];
    let context = case
        .context
        .iter()
        .flat_map(|(key, given)| given.values().iter().map(move |value| format!("--context={key}={value}")));
    let context: Vec<_> = context.collect();
    arguments.extend(context.iter().map(String::as_str));
    let ran = project.run(&arguments);
    assert_eq!(ran.exit, Exit::Ok, "{}\n{}", ran.err, case.json());
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    answer["decision"].as_str().unwrap().to_owned()
}

fn project(case: &Case) -> Project {
    let project = Project::empty();
    let policies: String = case.statements.iter().enumerate().map(|(at, it)| policy(at, it)).collect();
    let names: Vec<_> = (0..case.statements.len()).map(|at| format!("P{at}")).collect();
    project.write("iamc.toml", "[project]\naccount = \"123456789012\"\n");
    project.write("policies/all.toml", &policies);
    project.write("engineers.toml", &format!("[engineer.JaneDoe]\npolicies = {names:?}\n"));
    project
}

fn policy(at: usize, statement: &DocumentStatement) -> String {
    let mut text = format!("[policy.P{at}]\neffect = \"{}\"\n", statement.effect.name());
    for (name, list) in [("actions", &statement.actions), ("resources", &statement.resources)] {
        let _ = writeln!(text, "{} = {}", key(name, list), json!(list.patterns));
    }
    for (operator, keys) in &statement.conditions {
        for (key, values) in keys {
            let _ = writeln!(
                text,
                "conditions.{}.{} = {}",
                json!(operator.to_string()),
                json!(key),
                json!(values)
            );
        }
    }
    text
}

fn key(name: &str, list: &Patterns) -> String {
    if list.negated { format!("not-{name}") } else { name.to_owned() }
}
