//! What in the sources makes that a principal has something on one side and not, or not so, on the other.

mod edges;
mod entry;
mod policy;
mod statement;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeSet;

use iamc_graph::bounds::{self, Bound};
use iamc_graph::paths::{self, Node};
use iamc_model::Span;

use crate::comparison::{Comparison, One, Pair};
use crate::words;
use crate::{Cause, SideOf};
use edges::Edges;
use policy::Declarations;

pub(crate) use values::of_tag;

/// Finds causes.
pub(crate) struct Causes<'a> {
    comparison: Comparison<'a>,
    edges: Edges,
    declarations: Declarations<'a>,
}

impl SideOf {
    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Base => Self::Head,
            Self::Head => Self::Base,
        }
    }
}

impl Cause {
    /// None where nobody has written it.
    pub(crate) fn new(side: SideOf, span: Span, words: impl Into<String>) -> Option<Self> {
        (!span.is_builtin()).then(|| Self { side, span, words: words.into() })
    }
}

impl<'a> Causes<'a> {
    pub(crate) fn new(comparison: Comparison<'a>) -> Self {
        let declarations = Declarations::new(&comparison);
        Self { comparison, edges: Edges::new(&comparison), declarations }
    }

    /// Why a principal has, on `side`, the statement of a policy that it has not, or not so, on the other.
    pub(crate) fn of_policy(&self, pair: &Pair<'_>, policy: &str, side: SideOf) -> Vec<Cause> {
        let Some(here) = pair.on(side) else { return vec![] };
        let Some(there) = pair.on(side.other()) else { return arrival(here, side).into_iter().collect() };
        let graph = here.side.graph;
        let Some(id) = graph.policy_id(policy) else { return vec![] };
        let mut causes = match there.statement(policy) {
            None => self.of_arrival(here, Node::Policy(id), side),
            Some(_) => self.of_change(pair, policy, side),
        };
        if causes.is_empty() {
            causes = values::of_own_keys(pair);
        }
        if causes.is_empty() {
            causes.extend(Cause::new(side, graph.policy(id).span, format!("policy `{policy}`")));
        }
        tidy(causes)
    }

    /// Why a principal has a document attached on `side` that it has not, or not so, on the other.
    pub(crate) fn of_attached(&self, pair: &Pair<'_>, arn: &str, side: SideOf) -> Vec<Cause> {
        let Some(here) = pair.on(side) else { return vec![] };
        let Some(there) = pair.on(side.other()) else { return arrival(here, side).into_iter().collect() };
        let has = |one: &One<'_>| one.grant.managed_policy_arns.iter().any(|attached| attached == arn);
        let name = &here.grant.name;
        let words = match (side, has(there)) {
            (_, true) => format!("`{arn}` is attached to `{name}` on both sides"),
            (SideOf::Head, false) => format!("`{arn}` is now attached to `{name}`"),
            (SideOf::Base, false) => format!("`{arn}` is no longer attached to `{name}`"),
        };
        let texts = here.principal.attributes.managed_policy_arns.iter();
        let texts = texts.filter(|text| values::fill(text, here).as_deref() == Some(arn));
        let texts: Vec<_> = texts.collect();
        let mut causes = values::of_texts(pair, texts.iter().copied());
        causes.extend(texts.iter().filter_map(|text| Cause::new(side, text.span, words.as_str())));
        tidy(causes)
    }

    /// Why a principal has, on `side`, a Kubernetes group that it has not on the other.
    pub(crate) fn of_kubernetes_group(&self, pair: &Pair<'_>, name: &str, side: SideOf) -> Vec<Cause> {
        let Some(here) = pair.on(side) else { return vec![] };
        let there = self.comparison.side(side.other()).graph;
        let graph = here.side.graph;
        let mut causes = Vec::new();
        for node in paths::descendants(graph, here.node()) {
            let Node::Group(id) = node else { continue };
            let group = graph.group(id);
            let Some(written) = group.kubernetes_groups.iter().find(|written| written.value == name) else {
                continue;
            };
            let other = there.group_id(&group.name).map(|id| there.group(id));
            let is_there =
                other.is_some_and(|other| other.kubernetes_groups.iter().any(|other| other.value == name));
            let words = match side {
                SideOf::Head => format!("`{}` now gives `{name}`", group.name),
                SideOf::Base => format!("`{}` no longer gives `{name}`", group.name),
            };
            match is_there {
                true => causes.extend(self.edges.between(graph, here.node(), node, side)),
                false => causes.extend(Cause::new(side, written.span, words)),
            }
        }
        tidy(causes)
    }

    /// Why a policy is held until another time: the memberships that have changed on the ways to it.
    pub(crate) fn of_bound(&self, pair: &Pair<'_>, policy: &str) -> Vec<Cause> {
        let on = |side: SideOf| {
            let one = pair.on(side)?;
            let id = one.side.graph.policy_id(policy)?;
            Some(self.edges.between(one.side.graph, one.node(), Node::Policy(id), side))
        };
        tidy([SideOf::Base, SideOf::Head].into_iter().filter_map(on).flatten().collect())
    }

    /// A policy that is held on `side` alone.
    fn of_arrival(&self, here: &One<'_>, policy: Node, side: SideOf) -> Vec<Cause> {
        let graph = here.side.graph;
        let mut causes = self.edges.between(graph, here.node(), policy, side);
        let Node::Policy(id) = policy else { return causes };
        let policy = graph.policy(id);
        if self.comparison.side(side.other()).graph.policy_id(&policy.name).is_none() {
            let words = match side {
                SideOf::Head => format!("policy `{}` is new", policy.name),
                SideOf::Base => format!("policy `{}` is gone", policy.name),
            };
            causes.extend(Cause::new(side, policy.span, words));
        }
        causes
    }

    /// A policy that is held on both sides, and does not say the same.
    fn of_change(&self, pair: &Pair<'_>, policy: &str, side: SideOf) -> Vec<Cause> {
        let mut causes = self.declarations.changes(policy, side);
        let on = |side| pair.on(side).and_then(|one| Some((one, one.side.graph.policy_id(policy)?)));
        let policies = [side, side.other()].into_iter().filter_map(on);
        let policies: Vec<_> = policies.map(|(one, id)| one.side.graph.policy(id)).collect();
        let resources = policies.iter().flat_map(|policy| &policy.resources.items);
        let values = policies.iter().flat_map(|policy| policy.conditions.iter().flat_map(|it| &it.values));
        causes.extend(values::of_texts(pair, resources.chain(values)));
        if !self.edges.are_same() && has_other_bound(pair, policy) {
            causes.extend(self.of_bound(pair, policy));
        }
        causes
    }
}

/// Whether a policy is held until another time than it was.
fn has_other_bound(pair: &Pair<'_>, policy: &str) -> bool {
    let bound = |one: &One<'_>| -> Option<Bound> {
        let policy = Node::Policy(one.side.graph.policy_id(policy)?);
        bounds::reached(one.side.graph, one.node()).get(&policy).copied()
    };
    pair.base().and_then(bound) != pair.head().and_then(bound)
}

/// The principal itself is new, or gone.
fn arrival(one: &One<'_>, side: SideOf) -> Option<Cause> {
    let what = match side {
        SideOf::Head => "new",
        SideOf::Base => "gone",
    };
    let words = format!("{} `{}` is {what}", one.grant.kind.noun(), one.grant.name);
    Cause::new(side, one.principal.span, words)
}

/// Each once, what stands at the head first.
fn tidy(causes: Vec<Cause>) -> Vec<Cause> {
    let causes: BTreeSet<Cause> = causes.into_iter().collect();
    let (head, base): (Vec<Cause>, Vec<Cause>) = causes.into_iter().partition(|it| it.side == SideOf::Head);
    head.into_iter().chain(base).collect()
}

/// What is said of a value that has changed, at the head, or where it is gone, at the base.
pub(crate) fn of_value<'v>(what: &str, [base, head]: [Option<(&'v str, Span)>; 2]) -> Option<Cause> {
    let text = |side: Option<(&'v str, Span)>| side.map(|(text, _)| text);
    if text(base) == text(head) {
        return None;
    }
    let words = words::from_to(what, text(base), text(head));
    match (base, head) {
        (_, Some((_, span))) if !span.is_builtin() => Cause::new(SideOf::Head, span, words),
        (Some((_, span)), _) => Cause::new(SideOf::Base, span, words),
        _ => None,
    }
}
