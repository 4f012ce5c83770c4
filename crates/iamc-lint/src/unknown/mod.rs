//! Names of actions that AWS does not have, and what is meant by them.

mod aliases;
mod operations;

use iamc_catalog::{Catalog, Service};
use iamc_model::{Code, Diagnostic, Span, codes, name};

use crate::pattern::has_wildcard;
use crate::words;

/// What is wrong with an action, or a pattern of actions, that AWS has nothing for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Of the service, the action or the pattern.
    pub code: &'static Code,
    /// AWS has no action `s3:GetObjct`
    pub message: String,
    /// Of the word, in few words.
    pub label: &'static str,
    /// What to write.
    pub help: String,
}

impl Unknown {
    /// Nothing where AWS has the action, or one that the pattern covers.
    pub fn of(action: &str, catalog: &Catalog) -> Option<Self> {
        let (prefix, name) = action.split_once(':')?;
        match catalog.service(prefix) {
            Some(service) => in_service(action, name, service),
            None if has_wildcard(prefix) => {
                let mut services = catalog.services_matching(prefix);
                let is_known = services.any(|service| service.matching(name).next().is_some());
                let help = "write the prefix of a service";
                (!is_known).then(|| empty_pattern(action, help.to_owned()))
            }
            None => Some(Self {
                code: &codes::UNKNOWN_SERVICE,
                message: format!("AWS has no service `{prefix}`"),
                label: "no such service",
                help: meant_service(prefix, name, catalog),
            }),
        }
    }

    /// The report of it at its place, with what it comes to there.
    pub fn report(self, span: Span, consequence: &str) -> Diagnostic {
        let Self { code, message, label, help } = self;
        Diagnostic::new(code, format!("{message}: {consequence}"), span, label).help(help)
    }
}

fn in_service(action: &str, name: &str, service: &Service) -> Option<Unknown> {
    let is_known = service.matching(name).next().is_some();
    (!is_known).then(|| match has_wildcard(name) {
        true => empty_pattern(action, near_pattern(name, service)),
        false => no_action(action, name, service),
    })
}

fn no_action(action: &str, name: &str, service: &Service) -> Unknown {
    let operation = operations::actions(action);
    let label = match operation {
        Some(_) => "the name of an operation, not of an action",
        None => "no such action",
    };
    let help = match operation {
        Some(needed) => format!("write {}, which the operation needs", words::and(needed)),
        None => near_action(name, service),
    };
    Unknown { code: &codes::UNKNOWN_ACTION, message: format!("AWS has no action `{action}`"), label, help }
}

fn near_action(name: &str, service: &Service) -> String {
    let full = |name: &&str| format!("{}:{name}", service.prefix);
    let nearest: Vec<String> = service.nearest_actions(name).iter().map(full).collect();
    match nearest.as_slice() {
        [] => format!("write one of the {} actions of `{}`", service.actions.len(), service.prefix),
        [only] => format!("write `{only}`"),
        nearest => format!("the nearest are {}", words::or(nearest)),
    }
}

fn empty_pattern(action: &str, help: String) -> Unknown {
    let message = format!("no action of AWS's matches `{action}`");
    Unknown { code: &codes::PATTERN_MATCHES_NOTHING, message, label: "matches nothing", help }
}

/// The pattern with a beginning that some action has.
fn near_pattern(pattern: &str, service: &Service) -> String {
    let literal = pattern.split(['*', '?']).next().unwrap_or_default();
    let names = service.actions.iter().map(|action| action.name.as_str());
    let beginnings = names.filter_map(|name| name.get(..literal.len()));
    match name::nearest(literal, beginnings) {
        Some(nearest) => format!("write `{}:{nearest}*`", service.prefix),
        None => format!("write what actions of `{}` begin with", service.prefix),
    }
}

fn meant_service(prefix: &str, name: &str, catalog: &Catalog) -> String {
    if let Some(known) = aliases::prefix(prefix) {
        return format!("in policies it is called `{known}`: write `{known}:{name}`");
    }
    match catalog.nearest_services(prefix).as_slice() {
        [] => "write the prefix that the Service Authorization Reference has for the service".to_owned(),
        [only] => format!("write `{only}:{name}`"),
        nearest => format!("the nearest are {}", words::or(nearest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(action: &str) -> Option<(String, String)> {
        Unknown::of(action, &Catalog::builtin()).map(|unknown| (unknown.message, unknown.help))
    }

    #[test]
    fn what_aws_has_is_known() {
        for known in ["*", "s3:*", "s3:GetObject", "S3:getobject", "s3:Get*", "*:Get*", "s?:GetObject"] {
            assert_eq!(said(known), None, "{known}");
        }
    }

    #[test]
    fn what_it_has_not_is_named_with_what_was_meant() {
        for (action, message, help) in [
            ("s3:GetObjct", "AWS has no action `s3:GetObjct`", "the nearest are `s3:GetObject`"),
            ("s3:ListObjectVersions", "AWS has no action", "write `s3:ListBucketVersions`, which"),
            ("s3:Zzzzzzzzzzzzzzzz", "AWS has no action", "write one of the"),
            ("s3:Gett*", "no action of AWS's matches `s3:Gett*`", "write `s3:Get"),
            ("zz*:Get*", "no action of AWS's matches `zz*:Get*`", "write the prefix"),
            ("dynamodbb:GetItem", "AWS has no service `dynamodbb`", "write `dynamodb:GetItem`"),
            ("eventbridge:PutEvents", "AWS has no service", "in policies it is called `events`"),
        ] {
            let said = said(action).unwrap();
            assert!(said.0.starts_with(message) && said.1.starts_with(help), "{action}: {said:?}");
        }
    }
}
