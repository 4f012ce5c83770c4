//! iamc.toml

mod category;
mod kubernetes;
mod limits;
mod naming;

use iamc_model::check::is_account;
use iamc_model::declaration::Attributes;
use iamc_model::level::Level;
use iamc_model::{PrincipalKind, Settings, Spanned, codes};
use toml::de::DeTable;

use super::{params, principal, silence};
use crate::read::{Reader, Value};

const PARTITIONS: [&str; 3] = ["aws", "aws-cn", "aws-us-gov"];

/// The settings, with defaults for what is not given or wrong. Tables that are no settings are left.
pub(crate) fn settings<'a>(reader: &mut Reader<'a>, table: &'a DeTable<'a>) -> Settings {
    let mut settings = Settings::default();
    for value in reader.entries(table) {
        setting(reader, value, &mut settings);
    }
    settings
}

fn setting<'a>(reader: &mut Reader<'a>, value: Value<'a>, settings: &mut Settings) {
    match value.key.value {
        "project" => project(reader, value, settings),
        "variables" => {
            let variables = params::params(reader, value, "[variables]");
            settings.variables = variables.unwrap_or_default();
        }
        "naming" => naming::naming(reader, value, &mut settings.naming),
        "engineer-defaults" => {
            let trust = settings.engineer_defaults.trust.take();
            settings.engineer_defaults = defaults(reader, value, PrincipalKind::Engineer);
            settings.engineer_defaults.trust = settings.engineer_defaults.trust.take().or(trust);
        }
        "service-user-defaults" => {
            settings.service_user_defaults = defaults(reader, value, PrincipalKind::ServiceUser);
        }
        "role-defaults" => settings.role_defaults = defaults(reader, value, PrincipalKind::Role),
        "category" => {
            if let Some(categories) = category::categories(reader, value) {
                settings.categories = categories;
            }
        }
        "emit" => emit(reader, value, settings),
        "limits" => limits::limits(reader, value, &mut settings.limits),
        "kubernetes" => kubernetes::kubernetes(reader, value, &mut settings.kubernetes),
        "lints" => settings.lints = lints(reader, value),
        _ => {}
    }
}

fn project<'a>(reader: &mut Reader<'a>, value: Value<'a>, settings: &mut Settings) {
    let Some(mut section) = reader.section(value, "`[project]`", "[project]") else { return };
    let account = section.take(reader, "account");
    let partition = section.take(reader, "partition");
    section.finish(reader);
    settings.account = account.and_then(|value| self::account(reader, value));
    if let Some(partition) = partition.and_then(|value| self::partition(reader, value)) {
        settings.partition = partition;
    }
}

fn account<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Spanned<String>> {
    let account = reader.filled_string(value)?;
    let is_account = is_account(&account);
    if !is_account {
        let message = format!("`{}` is not an account id", account.value);
        reader.error(
            &codes::INVALID_VALUE,
            message,
            account.span,
            "not 12 digits",
            "write 12 digits in quotes",
        );
    }
    is_account.then_some(account)
}

fn partition<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Option<Spanned<String>> {
    let partitions = PARTITIONS.map(|partition| (partition, partition));
    let partition = reader.one_of(value, &partitions, "a partition of AWS's", "unknown partition")?;
    Some(Spanned::new(partition.value.to_owned(), partition.span))
}

fn defaults<'a>(reader: &mut Reader<'a>, value: Value<'a>, kind: PrincipalKind) -> Attributes {
    let what = match kind {
        PrincipalKind::Engineer => "`[engineer-defaults]`",
        PrincipalKind::ServiceUser => "`[service-user-defaults]`",
        PrincipalKind::Role => "`[role-defaults]`",
    };
    let Some(mut section) = reader.section(value, what, what.trim_matches('`')) else {
        return Attributes::default();
    };
    let attributes = principal::attributes(reader, &mut section, &principal::default_keys(kind));
    section.finish(reader);
    attributes.unwrap_or_default()
}

fn emit<'a>(reader: &mut Reader<'a>, value: Value<'a>, settings: &mut Settings) {
    let Some(mut section) = reader.section(value, "`[emit]`", "[emit]") else { return };
    let sids = section.take(reader, "sids");
    section.finish(reader);
    settings.sids = sids.and_then(|value| reader.boolean(value)).unwrap_or_default();
}

fn lints<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Vec<(Spanned<String>, Level)> {
    let Some(table) = reader.table(value, "[lints]") else { return vec![] };
    let entries = reader.entries(table);
    entries.filter_map(|entry| lint(reader, entry)).collect()
}

fn lint<'a>(reader: &mut Reader<'a>, entry: Value<'a>) -> Option<(Spanned<String>, Level)> {
    let lint = silence::lint(reader, entry.key);
    let levels = Level::ALL.map(|level| (level.name(), level));
    let level = reader.one_of(entry, &levels, "a level", "unknown level");
    Some((Spanned::new(lint?.rule().to_owned(), entry.key.span), level?.value))
}
