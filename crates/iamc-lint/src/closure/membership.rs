//! Memberships that add nothing.

use std::collections::BTreeMap;

use iamc_graph::paths::{self, Node};
use iamc_model::graph::{Graph, GroupId, PolicyId, PrincipalId};
use iamc_model::{Diagnostic, Span, codes};

use super::gives::{Gift, Gifts, Gives, Until};
use crate::Subject;

/// A membership of one node, with what it gives.
struct Membership<'g> {
    to: Node,
    span: Span,
    gifts: Gifts<'g>,
}

/// A membership that adds nothing, and what gives as much.
struct Redundant {
    node: Node,
    to: Node,
    span: Span,
    by: Option<(Node, Span)>,
}

/// `redundant-membership` at each name in `groups` or `policies` by which nothing is held that the
/// others beside it do not give for as long. Those that are reported can all be removed together. What
/// is written once for several principals is reported where it adds nothing for any of them.
pub(crate) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let graph = subject.graph;
    let gives = Gives::new(graph, mentioned(subject));
    let several = nodes(graph).filter(|&node| paths::steps(graph, node).nth(1).is_some());
    let found: Vec<Redundant> =
        several.flat_map(|node| redundant(node, memberships(graph, &gives, node))).collect();
    let mut left: BTreeMap<Span, usize> = found.iter().map(|it| (it.span, 0)).collect();
    for step in nodes(graph).flat_map(|node| paths::steps(graph, node)) {
        left.entry(step.span).and_modify(|left| *left += 1);
    }
    found.iter().for_each(|it| *left.entry(it.span).or_default() -= 1);
    let everywhere = found.iter().filter(|it| left.get(&it.span) == Some(&0));
    everywhere.map(|redundant| report(redundant, graph)).collect()
}

/// The groups that assertions name, by id: to hold one then means something.
fn mentioned(subject: &Subject<'_>) -> Vec<bool> {
    let mut mentioned = vec![false; subject.graph.groups.len()];
    let assertions = subject.project.assertions.iter();
    let names = assertions.flat_map(|assertion| assertion.groups.iter().chain(&assertion.except_groups));
    for id in names.filter_map(|name| subject.graph.group_id(name)) {
        mentioned[id.0 as usize] = true;
    }
    mentioned
}

fn nodes(graph: &Graph) -> impl Iterator<Item = Node> {
    let groups = (0..graph.groups.len() as u32).map(|id| Node::Group(GroupId(id)));
    groups.chain((0..graph.principals.len() as u32).map(|id| Node::Principal(PrincipalId(id))))
}

/// The memberships of a node: policies, then groups, since what is held directly and by a group, too, is
/// best removed where it is direct; within each the last first.
fn memberships<'g>(graph: &'g Graph, gives: &Gives<'g>, node: Node) -> Vec<Membership<'g>> {
    let (policies, groups) = match node {
        Node::Principal(id) => (&graph.principal(id).policies, &graph.principal(id).groups),
        Node::Group(id) => (&graph.group(id).policies, &graph.group(id).groups),
        Node::Policy(_) => return vec![],
    };
    let policies = policies.iter().rev().map(|edge| Membership {
        to: Node::Policy(edge.to),
        span: edge.span,
        gifts: Gives::of_policy(edge),
    });
    let groups = groups.iter().rev().map(|edge| Membership {
        to: Node::Group(edge.to),
        span: edge.span,
        gifts: gives.of_group(edge),
    });
    policies.chain(groups).collect()
}

/// One after the other: what gives as much must not be redundant itself.
fn redundant(node: Node, mut memberships: Vec<Membership<'_>>) -> Vec<Redundant> {
    if are_disjoint(&memberships) {
        return vec![];
    }
    memberships.sort_by_key(|it| it.gifts.len());
    let mut kept: BTreeMap<Gift<'_>, Vec<(Until, usize)>> = BTreeMap::new();
    for (at, membership) in memberships.iter().enumerate() {
        let gifts = membership.gifts.iter();
        gifts.for_each(|&(gift, until)| kept.entry(gift).or_default().push((until, at)));
    }
    let mut found = Vec::new();
    for (at, membership) in memberships.iter().enumerate() {
        let other = |(gift, until): &(Gift<'_>, Until)| {
            let others = kept.get(gift)?.iter();
            others.filter(|(other, by)| by != &at && other >= until).map(|&(_, by)| by).next_back()
        };
        let others: Option<Vec<usize>> = membership.gifts.iter().map(other).collect();
        let Some(others) = others.filter(|others| !others.is_empty()) else { continue };
        let by = others.iter().all(|by| by == &others[0]).then(|| &memberships[others[0]]);
        found.push(Redundant {
            node,
            to: membership.to,
            span: membership.span,
            by: by.map(|by| (by.to, by.span)),
        });
        kept.values_mut().for_each(|others| others.retain(|(_, by)| *by != at));
    }
    found
}

/// Whether no two of them give the same.
fn are_disjoint(memberships: &[Membership<'_>]) -> bool {
    let gifts = memberships.iter().flat_map(|membership| &membership.gifts);
    let mut gifts: Vec<Gift<'_>> = gifts.map(|&(gift, _)| gift).collect();
    gifts.sort_unstable();
    gifts.is_sorted_by(|one, other| one < other)
}

fn report(redundant: &Redundant, graph: &Graph) -> Diagnostic {
    let Redundant { node, to, span, by } = *redundant;
    let name = to.name(graph);
    let message = match by {
        Some((by, _)) if by == to => format!("`{name}` is held twice"),
        Some((by, _)) if holds(graph, by, to) => {
            format!("`{name}` adds nothing: `{}` holds it", by.name(graph))
        }
        Some((by, _)) => format!("`{name}` adds nothing: `{}` gives all of it", by.name(graph)),
        None => format!("`{name}` adds nothing: the memberships beside it give all of it"),
    };
    let mut report = Diagnostic::new(&codes::REDUNDANT_MEMBERSHIP, message, span, "adds nothing");
    if let Some((_, place)) = by {
        report = report.also(place, "gives as much, for as long");
    }
    report
        .help(format!("remove it from {}", of(node, graph)))
        .subject(declaration(graph, node))
        .subject(declaration(graph, to))
}

fn holds(graph: &Graph, above: Node, below: Node) -> bool {
    paths::descendants(graph, above).contains(&below)
}

fn of(node: Node, graph: &Graph) -> String {
    match node {
        Node::Principal(id) => format!("{} `{}`", graph.principal(id).kind.noun(), node.name(graph)),
        Node::Group(_) | Node::Policy(_) => format!("group `{}`", node.name(graph)),
    }
}

fn declaration(graph: &Graph, node: Node) -> Span {
    match node {
        Node::Principal(id) => graph.principal(id).span,
        Node::Group(id) => graph.group(id).span,
        Node::Policy(PolicyId(id)) => graph.policies[id as usize].span,
    }
}
