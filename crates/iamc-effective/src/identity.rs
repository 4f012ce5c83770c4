//! What is known of a principal in every request that it makes.

use iamc_access::Context;
use iamc_emitter::{Identity, Stack};
use iamc_model::Settings;
use iamc_model::grants::Grant;

/// The key of the principal's ARN; not known where the account is not set.
pub const PRINCIPAL_ARN: &str = "aws:PrincipalArn";
/// The key of the principal's account; not known where that is not set.
pub const PRINCIPAL_ACCOUNT: &str = "aws:PrincipalAccount";

/// The ARN of the role or user of a stack; none where the account is not set.
fn arn(settings: &Settings, stack: &Stack) -> Option<String> {
    match &stack.identity {
        Identity::Engineer { role, .. } | Identity::Role { role } => {
            resource_arn(settings, "role", &role.path, &role.name)
        }
        Identity::ServiceUser { user, .. } => resource_arn(settings, "user", &user.path, &user.name),
    }
}

/// The ARN of something of IAM's in the project's account; none where that is not set.
fn resource_arn(settings: &Settings, kind: &str, path: &str, name: &str) -> Option<String> {
    let account = settings.account.as_ref()?;
    Some(format!("arn:{}:iam::{}:{kind}{path}{name}", settings.partition.value, account.value))
}

/// The principal's own context keys: its ARN and account, which are not known where the account is not
/// set, its type, the tags that its stack gives it, and a user's name, which a role does not have.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
pub fn context(settings: &Settings, stack: &Stack, grant: &Grant) -> Context {
    let mut context = Context::new();
    match arn(settings, stack) {
        Some(arn) => context.set(PRINCIPAL_ARN, [arn]),
        None => context.set_unknown(PRINCIPAL_ARN),
    }
    match &settings.account {
        Some(account) => context.set(PRINCIPAL_ACCOUNT, [account.value.as_str()]),
        None => context.set_unknown(PRINCIPAL_ACCOUNT),
    }
    for (key, value) in &grant.tags {
        context.set(&format!("aws:PrincipalTag/{key}"), [value.as_str()]);
    }
    match &stack.identity {
        Identity::ServiceUser { user, .. } => {
            context.set("aws:PrincipalType", ["User"]);
            context.set("aws:username", [user.name.as_str()]);
        }
        Identity::Engineer { .. } | Identity::Role { .. } => {
            context.set("aws:PrincipalType", ["AssumedRole"]);
            context.set_absent("aws:username");
        }
    }
    context
}
