//! The account's quotas.

use iamc_model::{Diagnostic, Settings, Spanned, codes};

use crate::stack::{Identity, Stacks};

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
    counts.into_iter().filter_map(|(noun, key, count, limit)| report(noun, key, count, limit)).collect()
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

    use crate::testing::Case;

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
