//! The text of the catalogue: a line for each thing, its parts divided by blanks.
//!
//! ```text
//! iamc-services 1 2026-09-26 from … (what follows the date is for people)
//! partition aws-cn cn-north-1 cn-northwest-1
//! prefix saml sts                                 (the keys `saml:…` stand with service `sts`)
//! key aws:TagKeys string*                         (before any service: a global key; * is multivalued)
//! service s3
//! key s3:prefix string
//! resource bucket arn:${Partition}:s3:::${BucketName} aws:ResourceTag/${TagKey}
//! action ListBucket list s3:prefix >bucket! s3:key +iam:PassRole
//! ```
//!
//! In an action `>bucket` is a resource type, with `!` one that it always needs; a key, and after `+`
//! an action that it depends on, belong to the resource type before them, or to the action where none
//! is. A blank in the name of a resource type is written `~`.

use std::fmt;

use crate::action::{Action, ActionDetails, ActionResource, LazyDetails};
use crate::key::{ConditionKey, KeyType};
use crate::region::Partition;
use crate::resource::ResourceType;
use crate::service::{AccessLevel, Service};

/// What stands before the services.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// AWS's partitions.
    pub partitions: Vec<Partition>,
    /// Prefixes of condition keys that are no service's, with the service that knows them; sorted.
    pub prefixes: Vec<(String, String)>,
    /// The keys of all services, sorted by name.
    pub keys: Vec<ConditionKey>,
}

/// Takes the line into the head.
pub(crate) fn read_head_line(head: &mut Head, line: &str) -> Result<(), String> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "partition" => {
            let (name, regions) = rest.split_once(' ').unwrap_or((rest, ""));
            let regions = regions.split_whitespace().map(str::to_owned).collect();
            head.partitions.push(Partition { name: name.to_owned(), regions });
        }
        "prefix" => {
            let (prefix, service) = rest.split_once(' ').ok_or("`prefix` wants a prefix and a service")?;
            head.prefixes.push((prefix.to_owned(), service.to_owned()));
        }
        "key" => head.keys.push(read_key(rest)?),
        "service" => return Err("a service without a name".to_owned()),
        _ => return Err(unexpected(word)),
    }
    Ok(())
}

/// Takes the line into the service; `details` keeps what an action works on.
pub(crate) fn read_line<'text>(
    service: &mut Service,
    line: &'text str,
    details: impl Fn(&'text str) -> LazyDetails,
) -> Result<(), String> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "key" => service.keys.push(read_key(rest)?),
        "resource" => service.resources.push(read_resource(rest)?),
        "action" => service.actions.push(read_action(rest, details)?),
        _ => return Err(unexpected(word)),
    }
    Ok(())
}

fn read_action<'text>(
    line: &'text str,
    details: impl Fn(&'text str) -> LazyDetails,
) -> Result<Action, String> {
    let (name, rest) = line.split_once(' ').ok_or("`action` wants a name and an access level")?;
    let (level, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let found = AccessLevel::ALL.into_iter().find(|known| known.name() == level);
    let level = found.ok_or_else(|| format!("`{level}` is no access level"))?;
    Ok(Action::with(name, level, details(words)))
}

/// What an action works on: the words behind its level.
pub(crate) fn read_details(words: &str) -> ActionDetails {
    let mut parts = words.split('>');
    let (keys, dependents) = read_words(parts.next().unwrap_or_default().split_ascii_whitespace());
    ActionDetails { resources: parts.map(read_action_resource).collect(), keys, dependents }
}

fn read_action_resource(part: &str) -> ActionResource {
    let mut words = part.split_ascii_whitespace();
    let word = words.next().unwrap_or_default();
    let (name, required) = word.strip_suffix('!').map_or((word, false), |name| (name, true));
    let (keys, dependents) = read_words(words);
    ActionResource { name: name.replace('~', " "), required, keys, dependents }
}

/// Keys, and after `+` the actions that are depended on.
fn read_words<'text>(words: impl Iterator<Item = &'text str>) -> (Vec<String>, Vec<String>) {
    let (mut keys, mut dependents) = (Vec::new(), Vec::new());
    for word in words {
        match word.strip_prefix('+') {
            Some(dependent) => dependents.push(dependent.to_owned()),
            None => keys.push(word.to_owned()),
        }
    }
    (keys, dependents)
}

fn read_resource(line: &str) -> Result<ResourceType, String> {
    let mut words = line.split_ascii_whitespace();
    let (Some(name), Some(arn)) = (words.next(), words.next()) else {
        return Err("`resource` wants a name and an ARN".to_owned());
    };
    let keys = words.map(str::to_owned).collect();
    Ok(ResourceType::new(name.replace('~', " "), arn.to_owned(), keys))
}

fn unexpected(word: &str) -> String {
    format!("a line cannot begin with `{word}` here")
}

/// Reads a service from its lines, the first of which is `service NAME`.
pub(crate) fn read_service<'text>(
    text: &'text str,
    details: impl Fn(&'text str) -> LazyDetails,
) -> Result<Service, String> {
    let (first, lines) = text.split_once('\n').unwrap_or((text, ""));
    let prefix = first.strip_prefix("service ").ok_or_else(|| unexpected(first))?;
    let mut service = Service::new(prefix);
    lines.lines().try_for_each(|line| read_line(&mut service, line, &details))?;
    service.sort();
    Ok(service)
}

fn read_key(line: &str) -> Result<ConditionKey, String> {
    let (name, kind) = line.split_once(' ').ok_or("`key` wants a name and a type")?;
    let (kind, multivalued) = kind.strip_suffix('*').map_or((kind, false), |kind| (kind, true));
    let found = KeyType::ALL.into_iter().find(|known| known.name() == kind);
    let kind = found.ok_or_else(|| format!("`{kind}` is no type of a condition key"))?;
    Ok(ConditionKey { name: name.to_owned(), kind, multivalued })
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Partition { name, regions } in &self.partitions {
            writeln!(f, "partition {name} {}", regions.join(" "))?;
        }
        for (prefix, service) in &self.prefixes {
            writeln!(f, "prefix {prefix} {service}")?;
        }
        self.keys.iter().try_for_each(|key| writeln!(f, "{key}"))
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "service {}", self.prefix)?;
        self.keys.iter().try_for_each(|key| writeln!(f, "{key}"))?;
        self.resources.iter().try_for_each(|resource| writeln!(f, "{resource}"))?;
        self.actions.iter().try_for_each(|action| writeln!(f, "{action}"))
    }
}

impl fmt::Display for ConditionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.multivalued { "*" } else { "" };
        write!(f, "key {} {}{star}", self.name, self.kind.name())
    }
}

impl fmt::Display for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "resource {} {}", self.name.replace(' ', "~"), self.arn)?;
        self.keys.iter().try_for_each(|key| write!(f, " {key}"))
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "action {} {}", self.name, self.level.name())?;
        let ActionDetails { resources, keys, dependents } = self.details();
        write_words(f, keys, dependents)?;
        resources.iter().try_for_each(|resource| {
            let required = if resource.required { "!" } else { "" };
            write!(f, " >{}{required}", resource.name.replace(' ', "~"))?;
            write_words(f, &resource.keys, &resource.dependents)
        })
    }
}

fn write_words(f: &mut fmt::Formatter<'_>, keys: &[String], dependents: &[String]) -> fmt::Result {
    keys.iter().try_for_each(|key| write!(f, " {key}"))?;
    dependents.iter().try_for_each(|dependent| write!(f, " +{dependent}"))
}
