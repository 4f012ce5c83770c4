//! The account's quotas.

use iamc_model::{Diagnostic, Settings, Spanned, codes};

use crate::stack::{Identity, Stacks};

/// Stacks of an account and region, for which there is no setting.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
const STACKS: usize = 2000;

/// Resources of a kind that come near what `[limits]` says that the account can hold, or over it: it
/// holds others besides.
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
    let message = fullness("stacks", count, STACKS, "an account")?;
    let help = "have the quota raised, or divide the project among accounts";
    Some(Diagnostic::without_place(&codes::ACCOUNT_QUOTA, message).help(help))
}

fn report(noun: &str, key: &str, count: usize, limit: Spanned<u32>) -> Option<Diagnostic> {
    let message = fullness(noun, count, limit.value as usize, "the account")?;
    let report = Diagnostic::new(&codes::ACCOUNT_QUOTA, message, limit.span, "the account's quota");
    Some(report.help(format!("have the quota raised and set `{key}` in `[limits]` to what it is then")))
}

/// What is said from 80 % of a quota on.
fn fullness(noun: &str, count: usize, limit: usize, holder: &str) -> Option<String> {
    let percent = count * 100 / limit.max(1);
    match count > limit {
        true => Some(format!("the project makes {count} {noun}, where {holder} can hold {limit}")),
        false if percent >= 80 => Some(format!(
            "the project makes {count} {noun}, {percent} % of the {limit} that {holder} can hold"
        )),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use iamc_model::Spanned;

    use super::*;

    use crate::testing::Case;

    #[test]
    fn stacks_have_a_quota_of_their_own() {
        assert!(stack_report(STACKS * 8 / 10 - 1).is_none());
        let report = stack_report(STACKS * 8 / 10).unwrap();
        assert!(!report.is_error() && report.message.contains("makes 1600 stacks, 80 % of the 2000"));
        assert!(stack_report(STACKS + 1).unwrap().message.contains("makes 2001 stacks, where"));
    }

    #[test]
    fn quotas_are_warned_of_where_they_are_set() {
        let mut case = Case::default();
        let read = case.policy("ReadData", &["s3:GetObject"], &["*"]);
        case.engineer("JaneDoe", &[read]);
        case.engineer("JohnDoe", &[read]);
        case.settings.limits.account_managed_policies = Spanned::new(1, case.place("policies = 1"));
        case.settings.limits.account_roles = Spanned::new(3, case.place("roles = 3"));
        case.settings.limits.account_instance_profiles = Spanned::builtin(2);
        case.check(&[("account-quota", "policies = 1"), ("account-quota", "")]);
        assert!(case.reports().iter().all(|report| !report.is_error()));
        assert!(
            case.reports()
                .iter()
                .any(|report| report.message.contains("2 instance profiles, 100 % of the 2"))
        );
    }
}
