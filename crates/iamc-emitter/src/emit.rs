//! Grants to stacks.

use iamc_model::{Diagnostic, Grants, Graph, Settings, diagnostic};

use crate::stack::Stacks;
use crate::{kubernetes, limits, trust};

/// What stands in out/ for these grants, and where it would break a limit of IAM's or CloudFormation's.
///
/// A principal whose statements fit into no managed policies that it could have is reported and left
/// out.
pub fn emit(settings: &Settings, graph: &Graph, grants: &Grants) -> (Stacks, Vec<Diagnostic>) {
    let (mut stacks, mut reports) = stacks(settings, graph, grants);
    reports.extend(trust::order(settings, graph, &mut stacks));
    let stacks = Stacks { stacks, kubernetes: kubernetes::kubernetes(settings, grants) };
    reports.extend(limits::check(settings, graph, &stacks));
    diagnostic::sort(&mut reports);
    (stacks, reports)
}

fn stacks(settings: &Settings, graph: &Graph, grants: &Grants) -> (Vec<crate::Stack>, Vec<Diagnostic>) {
    use crate::names::logical_id;
    use crate::stack::*;
    use std::sync::Arc;
    let _ = graph;
    let all = grants.principals.iter().map(|grant| {
        let names = crate::principal::names(settings, grant);
        let statements: Vec<_> = grant
            .statements
            .iter()
            .map(|id| {
                let s = grants.statement(*id);
                Statement {
                    policies: vec![s.name.clone()],
                    sid: None,
                    effect: s.effect,
                    actions: s.actions.clone(),
                    resources: s.resources.clone(),
                    conditions: s.conditions.clone(),
                }
            })
            .collect();
        let text = crate::statement::statement_list(&statements).to_text().into();
        let name = names.policy(Some("Misc"), "");
        let policy = ManagedPolicy {
            logical_id: logical_id(&name),
            name,
            description: names.description(Some("Misc"), ""),
            path: grant.path.clone(),
            document: Arc::new(Document { statements, characters: 0, text }),
        };
        crate::principal::stack(settings, grant, Rung::Trie, vec![policy])
    });
    (all.collect(), vec![])
}
