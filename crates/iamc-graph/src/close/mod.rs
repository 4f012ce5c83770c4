//! A graph to grants: what each principal reaches and until when, with placeholders filled.

mod account;
mod attributes;
mod checks;
mod conditions;
mod kubernetes;
mod needs;
mod reports;
mod scope;
mod statement;
mod statements;
mod wanted;

use std::sync::Arc;

use iamc_model::grants::{Grant, StatementId};
use iamc_model::graph::{Graph, PolicyId, PrincipalId};
use iamc_model::{Diagnostic, Grants, Settings, diagnostic};
use rayon::prelude::*;

use crate::closure::Closures;
use crate::placeholder::Global;
use attributes::Attached;
use reports::Reports;
use scope::Scope;
use statements::Statements;
use wanted::Wanted;

/// What each principal has, and what was wrong with it. A statement that could not be made is left
/// out, and so is a principal whose own attributes could not.
pub fn close(settings: &Settings, graph: &Graph) -> (Grants, Vec<Diagnostic>) {
    let closures = Closures::of(graph);
    let kubernetes = kubernetes::held(graph, &closures);
    let global = Global::new(settings);
    let scopes: Vec<_> = graph.principals.iter().map(|principal| Scope::of(&global, principal)).collect();
    let mut wanted = Wanted::new(graph);
    let lists = wanted.by(&closures, &scopes);
    let (statements, attached) = rayon::join(
        || Statements::make(graph, wanted),
        || graph.principals.par_iter().zip(&scopes).map(attributes::fill).collect::<Vec<_>>(),
    );
    let mut reports = Reports::default();
    let mut principals = Vec::with_capacity(graph.principals.len());
    for ((index, scope), attached) in scopes.iter().enumerate().zip(attached) {
        let principal = &graph.principals[index];
        let list = statements.of(lists[index], principal, scope, &mut reports);
        let groups = Arc::clone(&kubernetes[closures.held()[index].index()].permanent);
        let id = PrincipalId(index as u32);
        match attached {
            Ok(attached) => principals.push(grant(id, graph, list, groups, attached)),
            Err(wrong) => {
                wrong.into_iter().for_each(|report| reports.add(report, Some(&principal.name)));
            }
        }
    }
    let everyone = Scope::of_everyone(&global);
    check_unheld(&everyone, graph, &closures, &statements, &mut reports);
    check_map_roles(settings, &everyone, &mut reports);
    let mut diagnostics: Vec<Diagnostic> = reports.finish().collect();
    diagnostics.extend(kubernetes::bounded(graph, closures.held(), &kubernetes));
    diagnostics.extend(account::required(settings, graph, &principals));
    diagnostic::sort(&mut diagnostics);
    (Grants { statements: statements.table, principals }, diagnostics)
}

fn grant(
    id: PrincipalId,
    graph: &Graph,
    statements: Arc<[StatementId]>,
    kubernetes_groups: Arc<[Arc<str>]>,
    attached: Attached,
) -> Grant {
    let principal = graph.principal(id);
    Grant {
        id,
        kind: principal.kind,
        name: Arc::clone(&principal.name),
        span: principal.span,
        statements,
        kubernetes_groups,
        path: attached.path,
        permissions_boundary: attached.permissions_boundary,
        managed_policy_arns: attached.managed_policy_arns,
        max_session_duration: principal.attributes.max_session_duration.as_ref().map(|seconds| seconds.value),
        tags: attached.tags,
        trust: attached.trust,
    }
}

/// Checks the policies that nobody holds, too, where no principal is needed for that.
fn check_unheld(
    scope: &Scope<'_>,
    graph: &Graph,
    closures: &Closures<'_>,
    statements: &Statements<'_>,
    reports: &mut Reports,
) {
    let held = closures.policies();
    let all = (0..graph.policies.len() as u32).into_par_iter().map(PolicyId);
    let unheld = all.filter(|id| !held[id.0 as usize]);
    let wrong: Vec<_> = unheld.flat_map_iter(|id| statements.wrong_for_everyone(id, scope)).collect();
    wrong.into_iter().for_each(|report| reports.add(report, None));
}

/// The ARNs of the ConfigMap's further entries hold what is the same for everyone.
fn check_map_roles(settings: &Settings, scope: &Scope<'_>, reports: &mut Reports) {
    for role in &settings.kubernetes.map_roles {
        let gaps = scope.fill(&role.role_arn).err().unwrap_or_default();
        let wrong = gaps.into_iter().filter_map(|(placeholder, gap)| scope.report(placeholder, gap));
        wrong.for_each(|report| reports.add(report, None));
    }
}
