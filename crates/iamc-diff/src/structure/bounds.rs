//! Until when policies are held that are held on both sides.

use std::collections::BTreeMap;

use iamc_graph::bounds::{self, Bound};
use iamc_graph::paths::Node;
use iamc_model::declaration::Effect;

use crate::cause::Causes;
use crate::comparison::{One, Pair};
use crate::words::{self, bound_of};
use crate::{Aspect, Change};

/// One for all policies that were held until one time, and now are until another.
pub(super) fn changes(pair: &Pair<'_>, causes: &Causes<'_>) -> Vec<Change> {
    let Pair::Both(base, head) = pair else { return vec![] };
    let has_changed = changed_conditions(base, head);
    if has_changed.is_empty() {
        return vec![];
    }
    let [old, new] = [base, head].map(held);
    let mut moved: BTreeMap<(Bound, Bound), Vec<&str>> = BTreeMap::new();
    for name in has_changed {
        if let (Some(&was), Some(&is)) = (old.get(name), new.get(name))
            && was != is
        {
            moved.entry((was, is)).or_default().push(name);
        }
    }
    let change = |((was, is), policies): ((Bound, Bound), Vec<&str>)| {
        let (verb, was, is) = (if policies.len() == 1 { "is" } else { "are" }, bound_of(was), bound_of(is));
        let words = format!("{} {verb} held {is}, not {was}", words::list(&policies));
        let mut because: Vec<_> = policies.iter().flat_map(|policy| causes.of_bound(pair, policy)).collect();
        because.sort();
        because.dedup();
        Change::new(Aspect::TimeBound, words).because(because)
    };
    moved.into_iter().map(change).collect()
}

/// Allows that both have, and not under the same conditions.
fn changed_conditions<'a>(base: &One<'a>, head: &One<'a>) -> Vec<&'a str> {
    let allows = head.statements().filter(|statement| statement.effect == Effect::Allow);
    let has_changed = allows.filter(|statement| {
        let other = base.statement(&statement.name);
        other.is_some_and(|other| other.conditions != statement.conditions)
    });
    has_changed.map(|statement| statement.name.as_ref()).collect()
}

/// The policies that a principal holds, with their bounds.
fn held<'a>(one: &One<'a>) -> BTreeMap<&'a str, Bound> {
    let graph = one.side.graph;
    let policy = |(node, bound)| match node {
        Node::Policy(id) => Some((graph.policy(id).name.as_ref(), bound)),
        Node::Group(_) | Node::Principal(_) => None,
    };
    bounds::reached(graph, one.node()).into_iter().filter_map(policy).collect()
}
