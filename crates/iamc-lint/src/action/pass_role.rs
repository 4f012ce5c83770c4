//! The right to give a role to a service.

use iamc_catalog::{Catalog, covers};
use iamc_model::{Diagnostic, codes};

use crate::arn::Arn;
use crate::pattern::has_wildcard;
use crate::written::{Word, Written, WrittenAction, WrittenCondition};

const PASS_ROLE: &str = "iam:PassRole";

/// `pass-role` at an action that covers `iam:PassRole`, where it is allowed for roles by a pattern and no
/// condition says to which service. `*` on `*` is reported as that.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    if !written.is_allow() || !written.is_positive() || is_bound(written) {
        return vec![];
    }
    let Some(action) = written.actions.iter().find(|action| action.covers(PASS_ROLE)) else { return vec![] };
    if action.is_everything() && written.is_on_everything() {
        return vec![];
    }
    let passed = written.resources.iter().find(|resource| is_pattern_of_roles(&resource.value));
    passed.map(|resource| report(action, resource)).into_iter().collect()
}

/// Whether a condition names the services that get the roles.
fn is_bound(written: &Written<'_>) -> bool {
    let names = |condition: &WrittenCondition<'_>| {
        let is_any = |value: &Word| value.value.bytes().all(|byte| byte == b'*');
        !condition.operator.base.is_negated() && !condition.values.iter().any(is_any)
    };
    written.conditions.iter().any(|condition| condition.is_on("iam:PassedToService") && names(condition))
}

/// Whether a resource covers several roles.
fn is_pattern_of_roles(resource: &str) -> bool {
    if resource == "*" {
        return true;
    }
    let Some(arn) = Arn::of(resource) else { return false };
    let roles = arn.resource.strip_prefix("role/");
    let is_of_roles = roles.map_or_else(|| covers(arn.resource, "role/x"), has_wildcard);
    is_of_roles && covers(arn.service, "iam")
}

fn report(action: &WrittenAction<'_>, resource: &Word) -> Diagnostic {
    let covering = match action.is_pattern() {
        true => format!("`{}` covers `{PASS_ROLE}`", action.word),
        false => format!("`{PASS_ROLE}`"),
    };
    let (roles, label) = match is_every_role(&resource.value) {
        true => ("every role of the account", "every role"),
        false => ("each role of this name", "also roles that are yet to come"),
    };
    let message =
        format!("{covering} for {roles}: whoever holds it gives any service the rights of any of them");
    Diagnostic::new(&codes::PASS_ROLE, message, action.span, "passes roles").also(resource.span, label).help(
        "write the ARNs of the roles that are passed, or the service that gets them: \
         `conditions.StringEquals.\"iam:PassedToService\" = [\"ec2.amazonaws.com\"]`",
    )
}

fn is_every_role(resource: &str) -> bool {
    let roles = Arn::of(resource).map_or(resource, |arn| arn.resource.trim_start_matches("role"));
    roles.bytes().all(|byte| matches!(byte, b'*' | b'?' | b'/'))
}
