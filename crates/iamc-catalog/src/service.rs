//! A service: its actions, resource types and condition keys.

use std::cmp::Ordering;
use std::ops::Range;

use iamc_model::name;

use crate::action::{Action, LazyDetails};
use crate::index::Index;
use crate::key::ConditionKey;
use crate::resource::{self, ResourceType};
use crate::{format, pattern};

/// One service of AWS's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Service {
    /// `s3`
    pub prefix: String,
    /// Sorted by their names in lower case.
    pub actions: Vec<Action>,
    /// Sorted by name. A type whose ARNs have several shapes stands here once for each.
    pub resources: Vec<ResourceType>,
    /// The keys of this service and those of AWS's that it names, sorted by their names in lower case.
    pub keys: Vec<ConditionKey>,
    index: Index,
}

/// The access level of an action, as AWS classes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum AccessLevel {
    List,
    Read,
    Tagging,
    Write,
    PermissionsManagement,
}

impl AccessLevel {
    /// All levels.
    pub const ALL: [Self; 5] =
        [Self::List, Self::Read, Self::Tagging, Self::Write, Self::PermissionsManagement];

    /// As the catalogue's text writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Read => "read",
            Self::Tagging => "tagging",
            Self::Write => "write",
            Self::PermissionsManagement => "permissions-management",
        }
    }
}

impl Service {
    /// One of which nothing is known but the prefix.
    pub fn new(prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..Self::default() }
    }

    /// Reads a service from its lines, the first of which is `service NAME`.
    ///
    /// # Errors
    /// Fails with what is wrong with the first line that is not one of a service.
    pub fn parse(text: &str) -> Result<Self, String> {
        format::read_service(text, LazyDetails::read)
    }

    /// Puts actions, resource types and keys into their order, and relates the types to each other.
    pub fn sort(&mut self) {
        self.actions.sort_by(|a, b| order(&a.name, &b.name));
        self.resources.sort_by(|a, b| (&a.name, &a.arn).cmp(&(&b.name, &b.arn)));
        self.keys.sort_by(|a, b| order(&a.name, &b.name));
        resource::relate(&mut self.resources);
        self.index = Index::default();
    }

    /// An action by its name (`GetObject`), without regard to case.
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.action_index(name).map(|at| &self.actions[at])
    }

    /// Where an action stands in [`actions`](Self::actions), by its name without regard to case.
    pub fn action_index(&self, name: &str) -> Option<usize> {
        self.index.find(name, &self.actions)
    }

    /// The actions that a pattern (`Get*`) covers, without regard to case.
    pub fn matching(&self, pattern: &str) -> impl Iterator<Item = &Action> {
        self.matching_indices(pattern).map(|at| &self.actions[at])
    }

    /// Where in [`actions`](Self::actions) those stand that a pattern, or a name, covers, without regard to
    /// case.
    pub fn matching_indices(&self, pattern: &str) -> impl Iterator<Item = usize> {
        let wildcard = pattern.bytes().position(|byte| matches!(byte, b'*' | b'?'));
        let range = match wildcard {
            Some(end) => self.beginning(&pattern.as_bytes()[..end]),
            None => self.action_index(pattern).map_or(0..0, |at| at..at + 1),
        };
        range.filter(move |&at| wildcard.is_none() || pattern::covers(pattern, &self.actions[at].name))
    }

    /// Where those actions stand that begin so, without regard to case.
    fn beginning(&self, letters: &[u8]) -> Range<usize> {
        let compare = |action: &Action| {
            let start = action.name.bytes().take(letters.len()).map(|byte| byte.to_ascii_lowercase());
            start.cmp(letters.iter().map(u8::to_ascii_lowercase))
        };
        let start = self.actions.partition_point(|action| compare(action).is_lt());
        start..self.actions.partition_point(|action| compare(action).is_le())
    }

    /// The actions whose names are nearest to a misspelt one: three at most, the nearest first.
    pub fn nearest_actions(&self, word: &str) -> Vec<&str> {
        nearest_three(word, self.actions.iter().map(|action| action.name.as_str()))
    }

    /// The shapes of a resource type: none where there is no such type, several for a few.
    pub fn resource_types(&self, name: &str) -> &[ResourceType] {
        let start = self.resources.partition_point(|resource| resource.name.as_str() < name);
        let shapes = self.resources[start..].iter().take_while(|resource| resource.name == name);
        &self.resources[start..start + shapes.count()]
    }

    /// A condition key of this service, or of AWS's where the service names it, by its name without
    /// regard to case: `s3:ExistingObjectTag/team` finds `s3:ExistingObjectTag/${TagKey}`.
    pub fn key(&self, name: &str) -> Option<&ConditionKey> {
        let exact = self.keys.iter().find(|key| key.name.eq_ignore_ascii_case(name));
        exact.or_else(|| self.keys.iter().find(|key| key.is(name)))
    }

    /// The condition keys that an action knows, its own and those of its resource types, in no order and
    /// some of them more than once.
    fn known_to<'a>(&'a self, action: &'a Action) -> impl Iterator<Item = &'a str> {
        let of_types = action.resources().iter().flat_map(|resource| {
            let types = self.resource_types(&resource.name).iter().flat_map(|kind| &kind.keys);
            resource.keys.iter().chain(types)
        });
        action.keys().iter().chain(of_types).map(String::as_str)
    }

    /// Whether an action, or one of its resource types, knows a condition key.
    pub fn supports(&self, action: &Action, key: &str) -> bool {
        self.known_to(action).any(|known| pattern::stands_for(known, key))
    }
}

/// Compares names without regard to case.
fn order(a: &str, b: &str) -> Ordering {
    let length = a.len().min(b.len());
    let (a_start, b_start) = (&a.as_bytes()[..length], &b.as_bytes()[..length]);
    for (a, b) in a_start.iter().zip(b_start) {
        if a != b && !a.eq_ignore_ascii_case(b) {
            return a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase());
        }
    }
    a.len().cmp(&b.len())
}

/// The three candidates nearest to a word, the nearest first; only those near enough to be meant.
pub(crate) fn nearest_three<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut left: Vec<&str> = candidates.into_iter().collect();
    let mut found = Vec::new();
    while found.len() < 3 {
        let Some(nearest) = name::nearest(word, left.iter().copied()) else { break };
        left.retain(|candidate| *candidate != nearest);
        found.push(nearest);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;

    #[test]
    fn what_a_pattern_matches_is_found_by_its_beginning() {
        let catalog = Catalog::builtin();
        for pattern in
            ["*", "Get*", "DESCRIBEVPC*", "?et*s", "*Tags", "RunInstances", "runinstances*", "x", ""]
        {
            for service in ["ec2", "s3", "iam"].map(|name| catalog.service(name).unwrap()) {
                let found: Vec<&Action> = service.matching(pattern).collect();
                let is_covered = |action: &&Action| pattern::covers(pattern, &action.name);
                assert!(found.into_iter().eq(service.actions.iter().filter(is_covered)), "{pattern}");
            }
        }
    }

    #[test]
    fn names_are_in_order_by_their_letters() {
        let names = ["", "a", "AB", "b", "getBucket", "GetBucketAcl", "getbuckets", "GetObject", "z"];
        for (at, name) in names.iter().enumerate() {
            let orders = names.iter().map(|other| order(name, other));
            assert!(orders.eq((0..names.len()).map(|other| at.cmp(&other))), "{name}");
        }
    }
}
