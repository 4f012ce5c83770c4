//! What the cluster is told besides who is in which group: the entries of the settings, and the roles
//! that groups are bound to.

use std::collections::BTreeMap;

use iamc_model::settings::{KubernetesGroup, MapRole, Settings};

use super::{Value, values};
use crate::{Aspect, Change, Risk};

/// User names, mapped roles and bindings.
pub(super) fn changes(base: &Settings, head: &Settings) -> Vec<Change> {
    let [of_base, of_head] = [base, head].map(username);
    let mut changes = values(Aspect::Kubernetes, &of_base, &of_head, |key| format!("`{key}`"));
    let [of_base, of_head] = [base, head].map(mapped);
    changes.extend(gaining(&of_base, &of_head, "the mapped role"));
    let [of_base, of_head] = [base, head].map(bound);
    changes.extend(gaining(&of_base, &of_head, "the cluster role of"));
    changes
}

/// What is new or another gives access to the cluster, which iamc does not decide.
fn gaining(base: &BTreeMap<String, Value>, head: &BTreeMap<String, Value>, what: &str) -> Vec<Change> {
    let [gone, kept] = [false, true].map(|kept| -> BTreeMap<String, Value> {
        let some = base.iter().filter(|(key, _)| head.contains_key(*key) == kept);
        some.map(|(key, value)| (key.clone(), value.clone())).collect()
    });
    let what = |key: &str| format!("{what} `{key}`");
    let new = values(Aspect::Kubernetes, &kept, head, what);
    let new = new.into_iter().map(|change| change.risk(Risk::ClusterAccess, true));
    new.chain(values(Aspect::Kubernetes, &gone, &BTreeMap::new(), what)).collect()
}

fn username(settings: &Settings) -> BTreeMap<String, Value> {
    let username = &settings.kubernetes.username;
    BTreeMap::from([("kubernetes.username".to_owned(), (username.to_string(), username.span))])
}

fn mapped(settings: &Settings) -> BTreeMap<String, Value> {
    let entry = |entry: &MapRole| {
        let groups: Vec<&str> = entry.groups.iter().map(|group| group.as_str()).collect();
        let text = format!("{} in {}", entry.username.value, groups.join(", "));
        (entry.role_arn.to_string(), (text, entry.role_arn.span))
    };
    settings.kubernetes.map_roles.iter().map(entry).collect()
}

fn bound(settings: &Settings) -> BTreeMap<String, Value> {
    let entry = |group: &KubernetesGroup| {
        let namespace = group.namespace.as_ref().map(|namespace| format!(" in {}", namespace.value));
        let text = format!("{}{}", group.cluster_role.value, namespace.unwrap_or_default());
        (group.name.value.clone(), (text, group.name.span))
    };
    settings.kubernetes.groups.iter().map(entry).collect()
}
