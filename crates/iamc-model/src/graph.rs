//! A project with its names resolved: ids and edges. Ids are indices into tables that are sorted by
//! name, so that what is iterated by id never depends on files.

use std::sync::Arc;

use crate::condition::Operator;
use crate::declaration::{Attributes, Effect, List, Param, PrincipalKind};
use crate::source::{Span, Spanned};
use crate::text::Text;
use crate::time::Timestamp;

/// Index into [`Graph::policies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId(pub u32);

/// Index into [`Graph::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u32);

/// Index into [`Graph::principals`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrincipalId(pub u32);

/// Policies, groups and principals with the edges between them. Free of cycles: an edge that closes
/// one has been reported and left out, as has one to a name that does not exist.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Sorted by name.
    pub policies: Vec<Policy>,
    /// Sorted by name.
    pub groups: Vec<Group>,
    /// Sorted by name, all kinds together: they share one set of names.
    pub principals: Vec<Principal>,
}

impl Graph {
    /// The policy of an id.
    pub fn policy(&self, id: PolicyId) -> &Policy {
        &self.policies[id.0 as usize]
    }

    /// The group of an id.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0 as usize]
    }

    /// The principal of an id.
    pub fn principal(&self, id: PrincipalId) -> &Principal {
        &self.principals[id.0 as usize]
    }

    /// The id of a policy's name.
    pub fn policy_id(&self, name: &str) -> Option<PolicyId> {
        let at = self.policies.binary_search_by(|policy| policy.name.as_ref().cmp(name)).ok()?;
        Some(PolicyId(at as u32))
    }

    /// The id of a group's name.
    pub fn group_id(&self, name: &str) -> Option<GroupId> {
        let at = self.groups.binary_search_by(|group| group.name.as_ref().cmp(name)).ok()?;
        Some(GroupId(at as u32))
    }

    /// The id of a principal's name.
    pub fn principal_id(&self, name: &str) -> Option<PrincipalId> {
        let at = self.principals.binary_search_by(|principal| principal.name.as_ref().cmp(name)).ok()?;
        Some(PrincipalId(at as u32))
    }
}

/// A policy with its template and its `for-each` expanded. What placeholders remain are filled for
/// each principal.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The full name.
    pub name: Arc<str>,
    /// Names the declaration: the place of its name.
    pub span: Span,
    /// For people.
    pub description: Option<Spanned<String>>,
    /// The template that it is made from: its name where it is declared.
    pub template: Option<Spanned<Arc<str>>>,
    /// `Allow` or `Deny`.
    pub effect: Effect,
    /// `actions` or `not-actions`: those of the declaration.
    pub actions: Arc<List<Spanned<String>>>,
    /// `resources` or `not-resources`.
    pub resources: List<Text>,
    /// All have to hold; no operator has one key twice.
    pub conditions: Vec<Condition>,
    /// Placeholders that the template's `with` or the `for-each` has filled: a principal's `params`
    /// that give one of them too are an error.
    pub filled: Vec<Filled>,
}

/// An operator and key with its values.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The operator.
    pub operator: Operator,
    /// The key, as written.
    pub key: Spanned<String>,
    /// Alternatives.
    pub values: Vec<Text>,
}

/// A placeholder that was filled before any principal was known.
#[derive(Debug, Clone)]
pub struct Filled {
    /// Its name, where it stands.
    pub placeholder: Spanned<String>,
    /// The place of what filled it.
    pub by: Span,
}

/// A group with its edges.
#[derive(Debug, Clone)]
pub struct Group {
    /// The name.
    pub name: Arc<str>,
    /// Names the declaration: the place of its name.
    pub span: Span,
    /// For people.
    pub description: Option<Spanned<String>>,
    /// Edges to policies, as written.
    pub policies: Vec<Edge<PolicyId>>,
    /// Edges to groups, as written.
    pub groups: Vec<Edge<GroupId>>,
    /// Kubernetes groups of whoever holds it.
    pub kubernetes_groups: Vec<Spanned<String>>,
}

/// A membership: from the group or principal that it stands in to `to`.
#[derive(Debug, Clone)]
pub struct Edge<T> {
    /// What is held.
    pub to: T,
    /// The first instant at which it no longer holds; none is permanent.
    pub until: Option<Timestamp>,
    /// Where that is written.
    pub until_span: Option<Span>,
    /// Why, for people.
    pub reason: Option<String>,
    /// Where the name is written.
    pub span: Span,
}

/// A principal with its `for-each` expanded and its defaults applied.
#[derive(Debug, Clone)]
pub struct Principal {
    /// Which kind.
    pub kind: PrincipalKind,
    /// The full name.
    pub name: Arc<str>,
    /// Names the declaration: the place of its name.
    pub span: Span,
    /// Edges to groups, as written.
    pub groups: Vec<Edge<GroupId>>,
    /// Edges to policies, as written.
    pub policies: Vec<Edge<PolicyId>>,
    /// `params` and the `for-each` entry together.
    pub params: Vec<Param>,
    /// What it says of itself, defaults applied; `groups`, `policies` and `params` stand above.
    pub attributes: Attributes,
}
