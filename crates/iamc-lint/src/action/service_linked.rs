//! The right to make roles that are linked to services.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes};

use crate::pattern::has_wildcard;
use crate::written::{Written, WrittenAction};

const CREATE: &str = "iam:CreateServiceLinkedRole";

/// `service-linked-role` at an action that covers `iam:CreateServiceLinkedRole`, where neither
/// the resource nor a condition says for which services. A service of its own or all of IAM is not asked
/// after: it can make any role.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let is_bound = || written.conditions.iter().any(|condition| condition.is_on("iam:AWSServiceName"));
    if !written.is_allow() || !written.is_positive() || is_bound() {
        return vec![];
    }
    let making = written.actions.iter().find(|action| action.covers(CREATE) && !is_wider(action));
    let is_open = |_: &&WrittenAction<'_>| written.resources.iter().any(|resource| is_open(&resource.value));
    making.filter(is_open).map(report).into_iter().collect()
}

fn is_wider(action: &WrittenAction<'_>) -> bool {
    action.is_everything() || action.is_whole_service()
}

/// Whether a resource covers the linked roles of every service:
/// `arn:aws:iam::*:role/aws-service-role/SERVICE/NAME`.
fn is_open(resource: &str) -> bool {
    let path = resource.splitn(6, ':').nth(5).unwrap_or("*");
    let service = path.strip_prefix("role/aws-service-role/").unwrap_or(path).split('/').next();
    service.is_some_and(has_wildcard) || path == "role/*"
}

fn report(action: &WrittenAction<'_>) -> Diagnostic {
    let message = match action.is_pattern() {
        true => format!("`{}` covers `{CREATE}`, which here makes the role of any service", action.word),
        false => format!("`{CREATE}` here makes the role of any service"),
    };
    Diagnostic::new(&codes::SERVICE_LINKED_ROLE, message, action.span, "makes a role for any service").help(
        "write the service: `conditions.StringEquals.\"iam:AWSServiceName\" = [\"autoscaling.amazonaws.com\"]`",
    )
}
