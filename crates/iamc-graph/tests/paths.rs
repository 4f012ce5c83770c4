//! Paths agree with the most obvious way to list them, and their number with their count.

use std::collections::BTreeSet;
use std::sync::Arc;

use iamc_graph::paths::{Node, Step, ancestors, between, descendants, find, steps, until};
use iamc_model::declaration::{Effect, List};
use iamc_model::graph::{Edge, Graph, Group, GroupId, Policy, PolicyId};
use iamc_model::source::FileId;
use iamc_model::{Span, Timestamp};
use proptest::prelude::*;

fn edge<T>(to: T, day: Option<i64>) -> Edge<T> {
    let until = day.map(|day| Timestamp(day * Timestamp::DAY));
    Edge { to, until, until_span: None, reason: None, span: Span::BUILTIN }
}

fn group(number: usize, groups: &[(usize, Option<i64>)], policies: &[usize]) -> Group {
    Group {
        name: Arc::from(format!("G{number:02}")),
        span: Span { file: FileId(0), start: number as u32, end: number as u32 },
        description: None,
        policies: policies.iter().map(|&to| edge(PolicyId(to as u32), None)).collect(),
        groups: groups.iter().map(|&(to, day)| edge(GroupId(to as u32), day)).collect(),
        kubernetes_groups: vec![],
    }
}

fn policy(number: usize) -> Policy {
    Policy {
        name: Arc::from(format!("P{number}")),
        span: Span::BUILTIN,
        description: None,
        template: None,
        effect: Effect::Allow,
        actions: List { negated: false, items: vec![] }.into(),
        resources: List { negated: false, items: vec![] },
        conditions: vec![],
        filled: vec![],
    }
}

/// Graphs in which group `i` holds groups with greater numbers only, often by several edges.
fn graph() -> impl Strategy<Value = Graph> {
    (1..8usize).prop_flat_map(|groups| {
        let held = move |number: usize| {
            let below = if number + 1 < groups {
                prop::collection::vec((number + 1..groups, prop::option::of(1..5i64)), 0..4).boxed()
            } else {
                Just(vec![]).boxed()
            };
            (below, prop::collection::vec(0..2usize, 0..3))
        };
        let all: Vec<_> = (0..groups).map(held).collect();
        all.prop_map(|all| {
            let groups =
                all.iter().enumerate().map(|(number, (groups, policies))| group(number, groups, policies));
            Graph { groups: groups.collect(), policies: vec![policy(0), policy(1)], principals: vec![] }
        })
    })
}

/// The nodes that a path enters, each with the number of the edge among its holder's.
type Key = Vec<(Node, usize)>;

/// Every path with its key, in order.
fn naive(graph: &Graph, from: Node, to: Node) -> Vec<(Key, Vec<Step<'_>>)> {
    if from == to {
        return vec![(vec![], vec![])];
    }
    let mut all = Vec::new();
    for (number, step) in steps(graph, from).enumerate() {
        for (mut key, mut path) in naive(graph, step.to, to) {
            key.insert(0, (step.to, number));
            path.insert(0, step);
            all.push((key, path));
        }
    }
    all.sort_by_key(|(key, _)| (key.len(), key.clone()));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn paths_are_listed_shortest_first_and_counted(graph in graph(), limit in 0..6usize) {
        let first = Node::Group(GroupId(0));
        let last = Node::Group(GroupId(graph.groups.len() as u32 - 1));
        for to in [Node::Policy(PolicyId(0)), last, first] {
            let naive: Vec<Vec<Step<'_>>> = naive(&graph, first, to).into_iter().map(|(_, path)| path).collect();
            let all = find(&graph, first, to, usize::MAX);
            prop_assert_eq!(all.total, naive.len() as u64);
            prop_assert_eq!(&all.paths, &naive);
            let some = find(&graph, first, to, limit);
            prop_assert_eq!(&some.paths[..], &naive[..limit.min(naive.len())]);
            prop_assert_eq!(some.total, all.total);
            assert_between(&graph, first, to);
        }
    }

    #[test]
    fn who_reaches_is_reached(graph in graph()) {
        let groups = (0..graph.groups.len() as u32).map(|id| Node::Group(GroupId(id)));
        let nodes: Vec<Node> = groups.chain([Node::Policy(PolicyId(0)), Node::Policy(PolicyId(1))]).collect();
        for &one in &nodes {
            let above: BTreeSet<Node> =
                nodes.iter().copied().filter(|&other| descendants(&graph, other).contains(&one)).collect();
            prop_assert_eq!(above, ancestors(&graph, one));
        }
    }
}

/// What lies between two nodes is what stands on the ways that are listed, or is the target.
fn assert_between(graph: &Graph, from: Node, to: Node) {
    let found = find(graph, from, to, usize::MAX);
    let ends = (found.total > 0).then_some([from, to]).into_iter().flatten();
    let on_the_way = found.paths.iter().flatten().map(|step| step.to);
    assert_eq!(between(graph, from, to), ends.chain(on_the_way).collect());
}

/// 2⁸⁰ paths are counted up to what a number holds, and the first ten of them listed.
#[test]
fn a_ladder_is_not_walked() {
    let rung = |number: usize| match number {
        0..80 => group(number, &[(number + 1, Some(3)), (number + 1, None)], &[]),
        _ => group(number, &[], &[0]),
    };
    let graph = Graph { groups: (0..=80).map(rung).collect(), policies: vec![policy(0)], principals: vec![] };
    let found = find(&graph, Node::Group(GroupId(0)), Node::Policy(PolicyId(0)), 10);
    assert_eq!((found.total, found.paths.len()), (u64::MAX, 10));
    assert!(found.paths.iter().all(|path| path.len() == 81));
    assert_eq!(until(&found.paths[0]), Some(Timestamp(3 * Timestamp::DAY)));
}
