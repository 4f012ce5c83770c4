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

use std::sync::Arc;

use iamc_model::grants::{Grant, StatementId};
use iamc_model::graph::{Graph, PolicyId, PrincipalId};
use iamc_model::{Diagnostic, Grants, Settings, diagnostic};

use crate::closure::{ClosureId, Closures};
use crate::placeholder::Global;
use attributes::Attached;
use reports::Reports;
use scope::Scope;
use statements::Statements;

/// What each principal has, and what was wrong with it. A statement that could not be made is left
/// out, and so is a principal whose own attributes could not.
pub fn close(settings: &Settings, graph: &Graph) -> (Grants, Vec<Diagnostic>) {
    let mut closures = Closures::new(graph);
    let held: Vec<ClosureId> = graph.principals.iter().map(|principal| closures.of(principal)).collect();
    let kubernetes = kubernetes::held(graph, &closures);
    let mut reports = Reports::default();
    let mut statements = Statements::new(graph);
    let global = Global::new(settings);
    let mut principals = Vec::with_capacity(graph.principals.len());
    for ((index, principal), &closure) in (0..).zip(&graph.principals).zip(&held) {
        let scope = Scope::of(&global, principal);
        let list = statements.of((closure, closures.get(closure)), principal, &scope, &mut reports);
        let Some(attached) = attributes::fill(principal, &scope, &mut reports) else { continue };
        let groups = Arc::clone(&kubernetes[closure.index()].permanent);
        principals.push(grant(PrincipalId(index), graph, list, groups, attached));
    }
    let everyone = Scope::of_everyone(&global);
    check_unheld(&everyone, graph, &closures, &statements, &mut reports);
    check_map_roles(settings, &everyone, &mut reports);
    let mut diagnostics: Vec<Diagnostic> = reports.finish().collect();
    diagnostics.extend(kubernetes::bounded(graph, &held, &kubernetes));
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
    let all = (0..graph.policies.len() as u32).map(PolicyId);
    for id in all.filter(|id| !held[id.0 as usize]) {
        statements.wrong_for_everyone(id, scope).into_iter().for_each(|report| reports.add(report, None));
    }
}

/// The ARNs of the ConfigMap's further entries hold what is the same for everyone.
fn check_map_roles(settings: &Settings, scope: &Scope<'_>, reports: &mut Reports) {
    for role in &settings.kubernetes.map_roles {
        let gaps = scope.fill(&role.role_arn).err().unwrap_or_default();
        let wrong = gaps.into_iter().filter_map(|(placeholder, gap)| scope.report(placeholder, gap));
        wrong.for_each(|report| reports.add(report, None));
    }
}
