//! Statements of any number of AWS's services, made from the catalogue: actions with the resources that
//! they work on, so that there is little to find and everything to look up.

use std::fmt::Write as _;

use iamc_catalog::{Action, Catalog, Service};
use serde_json::json;

/// What people use most comes first.
const FIRST: [&str; 5] = ["s3", "dynamodb", "sqs", "sns", "secretsmanager"];
/// Actions of a statement at most.
const ACTIONS: usize = 6;

/// One Allow.
pub(crate) struct Statement {
    /// `Policy17`
    pub(crate) name: String,
    actions: Vec<String>,
    resource: String,
    /// A value of `aws:PrincipalTag/team`.
    team: Option<String>,
}

/// The services with actions on resources, the most used first.
pub(crate) fn services(catalog: &Catalog) -> Vec<&Service> {
    let others = catalog.services().filter(|name| !FIRST.contains(name));
    let all = FIRST.into_iter().chain(others).filter_map(|name| catalog.service(name));
    all.filter(|service| !kinds(service).is_empty()).collect()
}

/// As many statements of as many services, in turn.
pub(crate) fn of_services(statements: usize, services: usize) -> Vec<Statement> {
    let catalog = Catalog::builtin();
    let services: Vec<Vec<Kind>> = self::services(&catalog).into_iter().take(services).map(kinds).collect();
    (0..statements).map(|number| statement(number, &services)).collect()
}

/// The ARN of a resource type and the actions that work on it.
struct Kind {
    arn: String,
    actions: Vec<String>,
}

fn kinds(service: &Service) -> Vec<Kind> {
    let kinds = service.resources.iter().map(|kind| {
        let on_kind = |action: &&Action| action.resources().iter().any(|of| of.name == kind.name);
        let actions = service.actions.iter().filter(on_kind);
        let actions = actions.map(|action| format!("{}:{}", service.prefix, action.name)).collect();
        Kind { arn: kind.arn.clone(), actions }
    });
    kinds.filter(|kind| !kind.actions.is_empty()).collect()
}

/// Statements of one service take its resource types in turn, and what they own bears their number.
fn statement(number: usize, services: &[Vec<Kind>]) -> Statement {
    let kinds = &services[number % services.len()];
    let kind = &kinds[number / services.len() % kinds.len()];
    let actions = kind.actions.iter().cycle().skip(number % kind.actions.len());
    let actions = actions.take(ACTIONS.min(kind.actions.len())).cloned().collect();
    let team = number.is_multiple_of(4).then(|| format!("team{number}"));
    Statement { name: format!("Policy{number}"), actions, resource: filled(&kind.arn, number), team }
}

/// An ARN with its `${…}` filled.
fn filled(arn: &str, number: usize) -> String {
    let mut parts = arn.split("${");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (variable, after) in parts.filter_map(|part| part.split_once('}')) {
        match variable {
            "Partition" => text += "aws",
            "Region" => text += "eu-central-1",
            "Account" => text += "123456789876",
            _ => _ = write!(text, "own{number}"),
        }
        text += after;
    }
    text
}

impl Statement {
    /// As a policy of a project.
    pub(crate) fn toml(&self) -> String {
        let Self { name, actions, resource, team } = self;
        let condition = team.as_ref().map_or(String::new(), |team| {
            format!("conditions.StringEquals.\"aws:PrincipalTag/team\" = [{team:?}]\n")
        });
        format!("[policy.{name}]\nactions = {actions:?}\nresources = [{resource:?}]\n{condition}\n")
    }

    /// As a policy of IAM's.
    pub(crate) fn json(&self) -> String {
        let Self { actions, resource, team, .. } = self;
        let mut statement = json!({ "Effect": "Allow", "Action": actions, "Resource": [resource] });
        if let Some(team) = team {
            statement["Condition"] = json!({ "StringEquals": { "aws:PrincipalTag/team": [team] } });
        }
        json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_take_the_services_in_turn() {
        let statements = of_services(7, 3);
        let services: Vec<&str> =
            statements.iter().filter_map(|statement| statement.actions[0].split(':').next()).collect();
        assert_eq!(services, ["s3", "dynamodb", "sqs", "s3", "dynamodb", "sqs", "s3"]);
    }

    #[test]
    fn what_stands_open_in_an_arn_is_filled() {
        let arn = "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}";
        assert_eq!(filled(arn, 7), "arn:aws:sqs:eu-central-1:123456789876:own7");
    }
}
