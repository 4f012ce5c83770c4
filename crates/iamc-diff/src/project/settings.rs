//! Settings that concern more than one principal.

use std::collections::BTreeMap;

use iamc_model::settings::{Limits, Settings};
use iamc_model::{Spanned, Text};

use super::{Value, value, values};
use crate::{Aspect, Change, Risk};

/// Limits: one that is raised lets through what was an error.
pub(super) fn limits(base: &Limits, head: &Limits) -> Vec<Change> {
    let sides = named(base).into_iter().zip(named(head));
    sides.filter_map(|((name, was), (_, is))| limit(name, was, is)).collect()
}

fn named(limits: &Limits) -> [(&'static str, Spanned<u32>); 5] {
    [
        ("managed-policies-per-role", limits.managed_policies_per_role),
        ("managed-policy-characters", limits.managed_policy_characters),
        ("account-managed-policies", limits.account_managed_policies),
        ("account-roles", limits.account_roles),
        ("account-instance-profiles", limits.account_instance_profiles),
    ]
}

fn limit(name: &str, was: Spanned<u32>, is: Spanned<u32>) -> Option<Change> {
    let [base, head] = [was, is].map(|limit| (limit.value.to_string(), limit.span));
    let change = value(Aspect::Limits, &format!("the limit `{name}`"), Some(&base), Some(&head))?;
    Some(change.risk(Risk::WeakenedCheck, is.value > was.value))
}

/// The account, variables, names and categories.
pub(super) fn changes(base: &Settings, head: &Settings) -> Vec<Change> {
    let [of_base, of_head] = [base, head].map(project);
    let mut changes = values(Aspect::Settings, &of_base, &of_head, |key| format!("`{key}`"));
    let [of_base, of_head] = [base, head].map(variables);
    changes.extend(values(Aspect::Settings, &of_base, &of_head, |name| format!("the variable `{name}`")));
    let [of_base, of_head] = [base, head].map(categories);
    changes.extend(values(Aspect::Settings, &of_base, &of_head, |name| format!("the category `{name}`")));
    changes
}

fn project(settings: &Settings) -> BTreeMap<String, Value> {
    let naming = &settings.naming;
    let texts: [(&str, &Text); 9] = [
        ("engineer-role", &naming.engineer_role),
        ("engineer-instance-profile", &naming.engineer_instance_profile),
        ("engineer-policy", &naming.engineer_policy),
        ("engineer-stack", &naming.engineer_stack),
        ("service-user-policy", &naming.service_user_policy),
        ("service-user-group", &naming.service_user_group),
        ("service-user-stack", &naming.service_user_stack),
        ("role-policy", &naming.role_policy),
        ("role-stack", &naming.role_stack),
    ];
    let texts = texts.into_iter().map(|(key, text)| (format!("naming.{key}"), (text.to_string(), text.span)));
    let mut all: BTreeMap<String, Value> = texts.collect();
    let strings = [
        ("naming.engineer-pattern", Some(&naming.engineer_pattern)),
        ("project.account", settings.account.as_ref()),
        ("project.partition", Some(&settings.partition)),
    ];
    let strings = strings.into_iter().filter_map(|(key, value)| Some((key, value?)));
    all.extend(strings.map(|(key, value)| (key.to_owned(), (value.value.clone(), value.span))));
    all
}

fn variables(settings: &Settings) -> BTreeMap<String, Value> {
    let variables = settings.variables.iter();
    variables.map(|it| (it.name.value.clone(), (it.value.value.clone(), it.value.span))).collect()
}

fn categories(settings: &Settings) -> BTreeMap<String, Value> {
    let category = |category: &iamc_model::settings::Category| {
        let services: Vec<&str> = category.services.iter().map(|service| service.as_str()).collect();
        (category.name.value.clone(), (services.join(", "), category.name.span))
    };
    settings.categories.iter().map(category).collect()
}
