//! The right to give a role to a service.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes};

use crate::written::{Word, Written, WrittenAction, has_wildcard};

const PASS_ROLE: &str = "iam:PassRole";

/// `pass-role` at an action that covers `iam:PassRole`, where it is allowed for every role of the
/// account, or for roles by a pattern without saying to which service. `*` on `*` is reported as that.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    if !written.is_allow() || !written.is_positive() {
        return vec![];
    }
    let Some(action) = written.actions.iter().find(|action| action.covers(PASS_ROLE)) else { return vec![] };
    let is_full_access = action.is_everything() && written.is_on_everything();
    let passed =
        written.resources.iter().find_map(|resource| Some((resource, passed_by(resource, written)?)));
    let found = passed.filter(|_| !is_full_access);
    found.into_iter().map(|(resource, passed)| report(action, resource, passed)).collect()
}

/// Which roles can be passed.
enum Passed {
    Every,
    ByPattern,
}

fn passed_by(resource: &Word, written: &Written<'_>) -> Option<Passed> {
    let roles = roles_of(&resource.value)?;
    let is_bound = written.conditions.iter().any(|condition| condition.is_on("iam:PassedToService"));
    match (is_every(roles), has_wildcard(roles)) {
        (true, _) => Some(Passed::Every),
        (false, true) if !is_bound => Some(Passed::ByPattern),
        _ => None,
    }
}

/// The part of a resource that says which roles it stands for: `web-*` of `…:role/web-*`.
fn roles_of(resource: &str) -> Option<&str> {
    let last = resource.splitn(6, ':').last()?;
    let is_of_iam =
        resource.split(':').nth(2).is_none_or(|service| service == "iam" || has_wildcard(service));
    let roles = match last.strip_prefix("role/") {
        Some(roles) => Some(roles),
        None => has_wildcard(last).then_some(last).filter(|last| iamc_catalog::covers(last, "role/x")),
    };
    roles.filter(|_| is_of_iam)
}

fn is_every(roles: &str) -> bool {
    roles.bytes().all(|byte| matches!(byte, b'*' | b'?' | b'/'))
}

fn report(action: &WrittenAction<'_>, resource: &Word, passed: Passed) -> Diagnostic {
    let covering = if action.is_pattern() {
        format!("`{}` covers `{PASS_ROLE}`", action.word)
    } else {
        format!("`{PASS_ROLE}`")
    };
    let (message, label, help) = match passed {
        Passed::Every => (
            format!(
                "{covering}, for every role of the account: whoever holds it can give a service the rights of any"
            ),
            "every role",
            "write the ARNs of the roles that are passed, and the service with \
             `conditions.StringEquals.\"iam:PassedToService\" = [\"ec2.amazonaws.com\"]`",
        ),
        Passed::ByPattern => (
            format!("{covering}, for roles by a pattern and to any service"),
            "each role of this name, also those that are yet to come",
            "write the service that gets the role: \
             `conditions.StringEquals.\"iam:PassedToService\" = [\"ec2.amazonaws.com\"]`",
        ),
    };
    Diagnostic::new(&codes::PASS_ROLE, message, action.span, "passes roles")
        .also(resource.span, label)
        .help(help)
}
