//! `[limits]`

use iamc_model::Spanned;
use iamc_model::settings::Limits;

use crate::read::{Reader, Value};

/// Reads the limits that are given over AWS's defaults.
pub(crate) fn limits<'a>(reader: &mut Reader<'a>, value: Value<'a>, limits: &mut Limits) {
    let Some(mut section) = reader.section(value, "`[limits]`", "[limits]") else { return };
    let mut read = |key, target: &mut Spanned<u32>| {
        if let Some(limit) = section.take(reader, key).and_then(|value| reader.integer(value, 1..=u32::MAX)) {
            *target = limit;
        }
    };
    read("managed-policies-per-role", &mut limits.managed_policies_per_role);
    read("managed-policy-characters", &mut limits.managed_policy_characters);
    read("account-managed-policies", &mut limits.account_managed_policies);
    read("account-roles", &mut limits.account_roles);
    read("account-instance-profiles", &mut limits.account_instance_profiles);
    section.finish(reader);
}
