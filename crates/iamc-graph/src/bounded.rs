//! The memberships that make what is held a thing of time.

use std::collections::BTreeSet;

use iamc_model::graph::{Graph, PrincipalId};
use iamc_model::{Code, Span};

use crate::paths::{Holders, Node, Step, spread, steps};

/// The bounded memberships on the ways from `principals` to `targets`, each with the node in which it
/// is written, in the order of the files. A place that several principals share comes once for each.
pub(crate) fn bounded_steps<'g>(
    graph: &'g Graph,
    holders: &Holders,
    principals: &[PrincipalId],
    targets: &BTreeSet<Node>,
) -> Vec<(Node, Step<'g>)> {
    let leading = spread(targets.iter().copied(), |node| holders.direct(node).iter().copied());
    let on_the_way = |node| steps(graph, node).filter(|step| leading.contains(&step.to));
    let principals = principals.iter().map(|&principal| Node::Principal(principal));
    let entered = spread(principals, |node| on_the_way(node).map(|step| step.to));
    let written = entered.into_iter().flat_map(|node| on_the_way(node).map(move |step| (node, step)));
    let mut bounded: Vec<_> = written.filter(|(_, step)| step.until.is_some()).collect();
    bounded.sort_by_key(|&(node, step)| (step.span, node));
    bounded
}

/// Where a node silences a lint, for what it shares with others that may not.
pub(crate) fn silenced(graph: &Graph, node: Node, code: &Code) -> Option<Span> {
    let Node::Principal(id) = node else { return None };
    let silences = graph.principal(id).attributes.silence.iter().flatten();
    silences.filter(|silence| silence.lint.value == code.rule()).map(|silence| silence.lint.span).next()
}
