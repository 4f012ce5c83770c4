//! Grants to stacks.

use iamc_model::grants::Grant;
use iamc_model::{Diagnostic, Grants, Graph, Settings, diagnostic};
use rayon::prelude::*;

use crate::documents::Documents;
use crate::overfull::Reporter;
use crate::stack::{Stack, Stacks};
use crate::{kubernetes, limits, principal, trust};

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

fn stacks(settings: &Settings, graph: &Graph, grants: &Grants) -> (Vec<Stack>, Vec<Diagnostic>) {
    let documents = Documents::new(settings, grants);
    let reporter = Reporter { settings, graph, grants };
    let stack = |grant: &Grant| {
        let names = principal::names(settings, grant);
        match documents.policies(&names, grant) {
            Ok((rung, policies)) => {
                let reports = reporter.attached(grant).into_iter().collect();
                (Some(principal::stack(&names, grant, rung, policies)), reports)
            }
            Err(overfull) => (None, reporter.reports(grant, overfull)),
        }
    };
    let (stacks, reports): (Vec<Option<Stack>>, Vec<Vec<Diagnostic>>) =
        grants.principals.par_iter().map(stack).unzip();
    (stacks.into_iter().flatten().collect(), reports.into_iter().flatten().collect())
}
