//! Memberships that are not the same on both sides.

use std::collections::BTreeMap;

use iamc_graph::paths::{self, Node, Step};
use iamc_model::graph::{GroupId, PrincipalId};
use iamc_model::{Graph, Span, Timestamp};

use crate::comparison::Comparison;
use crate::{Cause, Side, SideOf, words};

/// By the node in which each is written, on both sides. What has another `until` stands on both.
pub(super) struct Edges {
    base: Written,
    head: Written,
}

/// Holder → what it holds, and what is to be said of that.
type Written = BTreeMap<Node, Vec<(Node, Cause)>>;

impl Edges {
    pub(super) fn new(comparison: &Comparison<'_>) -> Self {
        let mut edges = Self { base: Written::new(), head: Written::new() };
        let head = comparison.head;
        let principals = (0..head.graph.principals.len() as u32).map(|id| Node::Principal(PrincipalId(id)));
        let groups = (0..head.graph.groups.len() as u32).map(|id| Node::Group(GroupId(id)));
        for node in principals.chain(groups) {
            if let Some(before) = named_alike(head.graph, node, comparison.base.graph) {
                edges.compare(comparison, before, node);
            }
        }
        edges
    }

    /// Whether there are none.
    pub(super) fn are_same(&self) -> bool {
        self.base.is_empty() && self.head.is_empty()
    }

    /// The memberships of one node that is on both sides.
    fn compare(&mut self, comparison: &Comparison<'_>, before: Node, after: Node) {
        let (old, new) = (held(comparison.base.graph, before), held(comparison.head.graph, after));
        for (name, (to, step)) in &new {
            let holder = Holder { side: comparison.head, node: after, place: step.span };
            let was = old.get(name);
            let words = match was {
                Some((_, was)) if was.until == step.until => continue,
                Some((_, was)) => holder.says_until(name.1, was.until, step.until),
                None => holder.says_new(name.1, step.until),
            };
            let span = step.until_span.filter(|_| was.is_some()).unwrap_or(step.span);
            let Some(cause) = Cause::new(SideOf::Head, span, words) else { continue };
            if let Some((to, _)) = was {
                self.base.entry(before).or_default().push((*to, cause.clone()));
            }
            self.head.entry(after).or_default().push((*to, cause));
        }
        for (name, (to, step)) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            let holder = Holder { side: comparison.base, node: before, place: step.span };
            let cause = Cause::new(SideOf::Base, step.span, holder.says_gone(name.1));
            self.base.entry(before).or_default().extend(cause.map(|cause| (*to, cause)));
        }
    }

    /// Those on the ways from one node of `side` to another.
    pub(super) fn between(&self, graph: &Graph, from: Node, to: Node, side: SideOf) -> Vec<Cause> {
        let written = match side {
            SideOf::Base => &self.base,
            SideOf::Head => &self.head,
        };
        let between = paths::between(graph, from, to);
        let edges = between.iter().filter_map(|node| written.get(node)).flatten();
        edges.filter(|(to, _)| between.contains(to)).map(|(_, cause)| cause.clone()).collect()
    }
}

/// The node of another graph that has the same name.
fn named_alike(graph: &Graph, node: Node, other: &Graph) -> Option<Node> {
    match node {
        Node::Principal(id) => other.principal_id(&graph.principal(id).name).map(Node::Principal),
        Node::Group(id) => other.group_id(&graph.group(id).name).map(Node::Group),
        Node::Policy(id) => other.policy_id(&graph.policy(id).name).map(Node::Policy),
    }
}

/// What is written in a node, by whether it is a policy and its name; of two memberships in one the
/// longer.
fn held(graph: &Graph, node: Node) -> BTreeMap<(bool, &str), (Node, Step<'_>)> {
    let mut held: BTreeMap<(bool, &str), (Node, Step<'_>)> = BTreeMap::new();
    for step in paths::steps(graph, node) {
        let name = (matches!(step.to, Node::Policy(_)), step.to.name(graph));
        let is_longer = |known: &(Node, Step<'_>)| match (known.1.until, step.until) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(known), Some(until)) => until > known,
        };
        if held.get(&name).is_none_or(is_longer) {
            held.insert(name, (step.to, step));
        }
    }
    held
}

/// Who is spoken of.
struct Holder<'a> {
    side: Side<'a>,
    node: Node,
    /// Where the membership is written: in the node, or in its defaults.
    place: Span,
}

impl Holder<'_> {
    fn name(&self) -> String {
        match self.defaults() {
            Some(defaults) => format!("`[{defaults}-defaults]`"),
            None => format!("`{}`", self.node.name(self.side.graph)),
        }
    }

    /// The kind of principals in whose defaults the membership is written.
    fn defaults(&self) -> Option<&'static str> {
        let Node::Principal(id) = self.node else { return None };
        let kind = self.side.graph.principal(id).kind;
        let defaults = self.side.project.settings.defaults(kind);
        let mut members = defaults.groups.iter().chain(&defaults.policies).flatten();
        members.any(|member| member.name.span == self.place).then(|| kind.key())
    }

    fn verb(&self, new: bool) -> &'static str {
        match (self.node, new) {
            (Node::Principal(_), true) => "now holds",
            (Node::Principal(_), false) => "no longer holds",
            (_, true) => "now includes",
            (_, false) => "no longer includes",
        }
    }

    fn says_new(&self, what: &str, until: Option<Timestamp>) -> String {
        let until = until.map(|until| format!(" {}", words::bound(Some(until)))).unwrap_or_default();
        format!("{} {} `{what}`{until}", self.name(), self.verb(true))
    }

    fn says_gone(&self, what: &str) -> String {
        format!("{} {} `{what}`", self.name(), self.verb(false))
    }

    fn says_until(&self, what: &str, was: Option<Timestamp>, until: Option<Timestamp>) -> String {
        let (was, until) = (words::bound(was), words::bound(until));
        format!("{} {} `{what}` {until}, not {was}", self.name(), self.verb(true))
    }
}
