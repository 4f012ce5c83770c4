//! What a cluster would take for another than is meant.

use std::collections::BTreeMap;

use iamc_model::settings::KubernetesGroup;
use iamc_model::{Diagnostic, Settings, codes};

use crate::kubernetes::given;
use crate::stack::Stacks;

/// Entries of `[[kubernetes.map-role]]` that map a role once more, and groups of which
/// no binding can bear the name.
pub(super) fn clashes(settings: &Settings, stacks: &Stacks) -> Vec<Diagnostic> {
    let Some(kubernetes) = &stacks.kubernetes else { return vec![] };
    let Some(account) = &settings.account else { return vec![] };
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    kubernetes.roles.iter().for_each(|role| *counts.entry(role.arn.to_ascii_lowercase()).or_default() += 1);
    let twice = settings.kubernetes.map_roles.iter().filter_map(|entry| {
        let role =
            given(settings, account, entry).filter(|role| counts[&role.arn.to_ascii_lowercase()] > 1)?;
        let message = format!("the role `{}` is mapped more than once", role.arn);
        let report =
            Diagnostic::new(&codes::NAME_CLASH, message, entry.role_arn.span, "mapped elsewhere, too");
        Some(report.help("leave one entry; those of the project's own principals are made by iamc"))
    });
    twice.chain(settings.kubernetes.groups.iter().filter_map(unbindable)).collect()
}

/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names>
fn unbindable(group: &KubernetesGroup) -> Option<Diagnostic> {
    let wrong = group.name.chars().find(|&character| matches!(character, '/' | '%'))?;
    let message =
        format!("no binding can have a name with `{wrong}`, as the group `{}` has", group.name.value);
    let report =
        Diagnostic::new(&codes::INVALID_RESOURCE_NAME, message, group.name.span, "names the binding");
    Some(report.help("use letters, digits, `-`, `.` and `:`"))
}
