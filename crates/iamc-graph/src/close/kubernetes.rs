//! Kubernetes groups, which are inherited like policies, but know no time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use iamc_model::graph::{Graph, Group, GroupId, PrincipalId};
use iamc_model::{Diagnostic, Span, codes};

use crate::bounded::bounded_steps;
use crate::bounds::Bound;
use crate::closure::{Closure, ClosureId, Closures};
use crate::paths::{Holders, Node, Step};

/// The Kubernetes groups of a closure, each list sorted.
pub(super) struct Held {
    pub(super) permanent: Arc<[Arc<str>]>,
    /// Reached through bounded memberships alone.
    bounded: Vec<Arc<str>>,
}

/// What each closure holds, by its index.
pub(super) fn held(graph: &Graph, closures: &Closures<'_>) -> Vec<Held> {
    closures.iter().map(|closure| of(graph, closure)).collect()
}

fn of(graph: &Graph, closure: &Closure) -> Held {
    let mut bounds: BTreeMap<&str, Bound> = BTreeMap::new();
    for &(group, bound) in &closure.groups {
        for name in &graph.group(group).kubernetes_groups {
            let known = bounds.entry(name.as_str()).or_insert(bound);
            *known = bound.max(*known);
        }
    }
    let (permanent, bounded): (Vec<_>, Vec<_>) =
        bounds.into_iter().partition(|&(_, bound)| bound == Bound::Permanent);
    let names = |held: Vec<(&str, Bound)>| -> Vec<Arc<str>> {
        held.into_iter().map(|(name, _)| Arc::from(name)).collect()
    };
    Held { permanent: names(permanent).into(), bounded: names(bounded) }
}

/// `bounded-kubernetes-group` at each membership that bounds one.
pub(super) fn bounded(graph: &Graph, closures: &[ClosureId], held: &[Held]) -> Vec<Diagnostic> {
    let mut principals: BTreeMap<&str, Vec<PrincipalId>> = BTreeMap::new();
    for (id, closure) in (0..).map(PrincipalId).zip(closures) {
        for name in &held[closure.index()].bounded {
            principals.entry(name).or_default().push(id);
        }
    }
    if principals.is_empty() {
        return vec![];
    }
    let holders = Holders::of(graph);
    principals.iter().flat_map(|(name, principals)| at_edges(graph, &holders, name, principals)).collect()
}

fn at_edges(graph: &Graph, holders: &Holders, name: &str, principals: &[PrincipalId]) -> Vec<Diagnostic> {
    let groups = (0..).map(GroupId).zip(&graph.groups).filter(|(_, group)| place(group, name).is_some());
    let targets: BTreeSet<Node> = groups.map(|(id, _)| Node::Group(id)).collect();
    let mut steps = bounded_steps(graph, holders, principals, &targets);
    steps.dedup_by_key(|(_, step)| step.span);
    steps.into_iter().map(|(_, step)| report(graph, name, step, &targets)).collect()
}

fn place(group: &Group, name: &str) -> Option<Span> {
    group.kubernetes_groups.iter().find(|held| held.value == name).map(|held| held.span)
}

fn report(graph: &Graph, name: &str, step: Step<'_>, targets: &BTreeSet<Node>) -> Diagnostic {
    let message =
        format!("the Kubernetes group `{name}` is held for a time only, but Kubernetes cannot end it");
    let report = Diagnostic::new(
        &codes::BOUNDED_KUBERNETES_GROUP,
        message,
        step.span,
        "ends, and the Kubernetes group would not",
    )
    .help(format!("remove the `until`, or hold `{name}` through a group of its own without one"));
    let places = targets.iter().filter_map(|&target| match target {
        Node::Group(id) => place(graph.group(id), name),
        _ => None,
    });
    places.fold(report, |report, place| report.also(place, format!("`{name}` is held here")))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_group_is_bounded_where_every_path_is() {
        let files = "\
--- engineers.toml
[engineer]
Jane = ['Cluster', { name = 'OnCall', until = 2027-06-30 }]
John = [{ name = 'OnCall', until = 2027-06-30 }]
Mary = ['Later']
--- groups/a.toml
[group.Cluster]
kubernetes-groups = ['eng']
[group.Later]
groups = [{ name = 'OnCall', until = 2027-06-30 }]
[group.OnCall]
groups = ['Cluster']
--- iamc.toml
[project]
account = '123456789012'
[kubernetes.groups.eng]
cluster-role = 'view'
";
        let expected = "\
            bounded-kubernetes-group: { name = 'OnCall', until = 2027-06-30 } | 'eng'
            bounded-kubernetes-group: { name = 'OnCall', until = 2027-06-30 } | 'eng'";
        check(files, &expected.replace("{ name = 'OnCall', until = 2027-06-30 }", "'OnCall'"));
    }
}
