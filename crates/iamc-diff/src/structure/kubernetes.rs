//! The groups that a principal has in the cluster.

use std::collections::BTreeSet;

use crate::cause::Causes;
use crate::comparison::Pair;
use crate::words;
use crate::{Aspect, Change, Risk, SideOf};

/// Groups that it has on one side alone; of a principal that is gone they need no saying.
pub(super) fn changes(pair: &Pair<'_>, causes: &Causes<'_>) -> Vec<Change> {
    let groups = |side| -> BTreeSet<&str> {
        let one = pair.on(side);
        one.into_iter().flat_map(|one| one.grant.kubernetes_groups.iter()).map(AsRef::as_ref).collect()
    };
    let [base, head] = [groups(SideOf::Base), groups(SideOf::Head)];
    let change = |group: &&str, side, verb| {
        let words = format!("{verb} in the Kubernetes group {}", words::list(&[group]));
        let change = Change::new(Aspect::KubernetesGroups, words);
        change
            .because(causes.of_kubernetes_group(pair, group, side))
            .risk(Risk::ClusterAccess, side == SideOf::Head)
    };
    let new = head.difference(&base).map(|group| change(group, SideOf::Head, "is now"));
    let gone = base.difference(&head).map(|group| change(group, SideOf::Base, "is no longer"));
    if matches!(pair, Pair::Removed(_)) { vec![] } else { new.chain(gone).collect() }
}
