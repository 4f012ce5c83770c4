//! Denials that are reached through bounded memberships alone: they have no bound.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::declaration::Effect;
use iamc_model::graph::{Graph, PolicyId, PrincipalId};
use iamc_model::{Diagnostic, codes};

use crate::bounded::{bounded_steps, silenced};
use crate::bounds::Bound;
use crate::closure::Closures;
use crate::paths::{Holders, Node, Step};

/// `bounded-deny` at each membership that would bound a Deny. The policy can silence it, and the group
/// or principal in which the membership is written.
pub(super) fn check(graph: &Graph, closures: &Closures<'_>) -> Vec<Diagnostic> {
    let bounded: Vec<Vec<PolicyId>> = closures
        .iter()
        .map(|closure| {
            let bounded = closure.policies.iter().filter(|&&(_, bound)| bound != Bound::Permanent);
            bounded.map(|&(id, _)| id).filter(|&id| graph.policy(id).effect == Effect::Deny).collect()
        })
        .collect();
    let mut principals: BTreeMap<PolicyId, Vec<PrincipalId>> = BTreeMap::new();
    for (id, closure) in (0..).map(PrincipalId).zip(closures.held()) {
        bounded[closure.index()].iter().for_each(|&policy| principals.entry(policy).or_default().push(id));
    }
    if principals.is_empty() {
        return vec![];
    }
    let holders = Holders::of(graph);
    let at_edges = |(policy, principals): (PolicyId, Vec<PrincipalId>)| {
        let mut steps = bounded_steps(graph, &holders, &principals, &BTreeSet::from([Node::Policy(policy)]));
        steps.dedup_by_key(|&mut (node, step)| (step.span, silenced(graph, node, &codes::BOUNDED_DENY)));
        steps.into_iter().map(move |(node, step)| report(graph, policy, node, step)).collect::<Vec<_>>()
    };
    principals.into_iter().flat_map(at_edges).collect()
}

fn report(graph: &Graph, policy: PolicyId, node: Node, step: Step<'_>) -> Diagnostic {
    let policy = graph.policy(policy);
    let message = format!("`{}` denies, and goes on to deny when this membership has run out", policy.name);
    Diagnostic::new(&codes::BOUNDED_DENY, message, step.span, "bounds what allows, and no Deny")
        .also(policy.span, "the Deny")
        .help(format!("remove the `until`, or hold `{}` without one", policy.name))
        .subject(node.span(graph))
        .subject(policy.span)
}

#[cfg(test)]
mod tests {
    use crate::testing::{check_lints, run};

    #[test]
    fn a_deny_that_every_path_bounds() {
        let files = "\
--- engineers.toml
[engineer]
Jane = { groups = [{ name = 'OnCall', until = 2027-06-30 }] }
John = { groups = [{ name = 'OnCall', until = 2027-06-30 }, 'Guardrails'] }
--- groups/a.toml
[group.OnCall]
groups = ['Guardrails']
[group.Guardrails]
policies = ['Keep']
--- policies/a.toml
[policy.Keep]
effect = 'Deny'
actions = ['s3:DeleteObject']
resources = ['*']
";
        check_lints(files, "bounded-deny: 'OnCall' | Keep");
    }

    #[test]
    fn many_memberships_in_a_deep_chain() {
        let engineers = (0..200).map(|at| format!("E{at} = [{{ name = 'G{at}', until = 2027-06-30 }}]\n"));
        let groups = (1..2_000).map(|at| format!("[group.G{}]\ngroups = ['G{at}']\n", at - 1));
        let run = run(&format!(
            "--- engineers.toml\n[engineer]\n{}--- groups/a.toml\n{}[group.G1999]\npolicies = ['Keep']\n\
             --- policies/a.toml\n[policy.Keep]\neffect = 'Deny'\nactions = ['s3:Get*']\nresources = ['*']\n",
            engineers.collect::<String>(),
            groups.collect::<String>(),
        ));
        let lints = crate::lint(&run.project, &run.graph, &run.grants);
        assert_eq!(lints.iter().filter(|lint| lint.code == &iamc_model::codes::BOUNDED_DENY).count(), 200);
    }
}
