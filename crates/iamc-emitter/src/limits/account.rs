//! The account's quotas.

use iamc_model::{Diagnostic, Settings, Spanned, codes};

use crate::stack::{Identity, Stacks};

/// Stacks of an account and region, for which there is no setting.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
const STACKS: usize = 2000;

/// More resources of a kind than `[limits]` says that the account can hold.
pub(super) fn quotas(settings: &Settings, stacks: &Stacks) -> Vec<Diagnostic> {
    let limits = &settings.limits;
    let policies = stacks.stacks.iter().map(|stack| stack.policies.len()).sum();
    let roles = stacks.stacks.iter().filter(|stack| stack.role().is_some()).count();
    let is_engineer = |identity: &Identity| matches!(identity, Identity::Engineer { .. });
    let profiles = stacks.stacks.iter().filter(|stack| is_engineer(&stack.identity)).count();
    let counts = [
        ("managed policies", "account-managed-policies", policies, limits.account_managed_policies),
        ("roles", "account-roles", roles, limits.account_roles),
        ("instance profiles", "account-instance-profiles", profiles, limits.account_instance_profiles),
    ];
    let resources =
        counts.into_iter().filter_map(|(noun, key, count, limit)| report(noun, key, count, limit));
    resources.chain(stack_report(stacks.stacks.len())).collect()
}

fn stack_report(count: usize) -> Option<Diagnostic> {
    let message = format!("the project makes {count} stacks, where an account holds {STACKS}");
    let help = "have the quota raised, or divide the project among accounts";
    (count > STACKS).then(|| Diagnostic::without_place(&codes::ACCOUNT_QUOTA, message).help(help))
}

fn report(noun: &str, key: &str, count: usize, limit: Spanned<u32>) -> Option<Diagnostic> {
    let exceeded = count > limit.value as usize;
    let message = format!("the project makes {count} {noun}, where the account can hold {}", limit.value);
    exceeded.then(|| {
        Diagnostic::new(&codes::ACCOUNT_QUOTA, message, limit.span, "the account's quota")
            .help(format!("have the quota raised and set `{key}` in `[limits]` to what it is then"))
    })
}

#[cfg(test)]
mod tests {
    use iamc_model::Spanned;

    use super::*;

    use crate::testing::Case;

    #[test]
    fn stacks_have_a_quota_of_their_own() {
        assert!(stack_report(STACKS).is_none());
        let report = stack_report(STACKS + 1).unwrap();
        assert!(!report.is_error() && report.message.contains("makes 2001 stacks"));
    }

    #[test]
    fn quotas_are_warned_of_where_they_are_set() {
        let mut case = Case::default();
        let read = case.policy("ReadData", &["s3:GetObject"], &["*"]);
        case.engineer("JaneDoe", &[read]);
        case.engineer("JohnDoe", &[read]);
        case.settings.limits.account_managed_policies = Spanned::new(1, case.place("policies = 1"));
        case.settings.limits.account_roles = Spanned::new(2, case.place("roles = 2"));
        case.settings.limits.account_instance_profiles = Spanned::builtin(1);
        case.check(&[("account-quota", "policies = 1"), ("account-quota", "")]);
        assert!(case.reports().iter().all(|report| !report.is_error()));
    }
}
