//! The limits of IAM and CloudFormation on names, tags, attachments, trust, templates and the account.
//! How managed policies are kept under theirs is the matter of `pack`.

mod account;
mod attachments;
mod bytes;
mod clashes;
mod kubernetes;
mod names;
mod resources;
mod sizes;
mod tags;

use iamc_model::{Diagnostic, Graph, Settings};
use rayon::prelude::*;

use crate::stack::{Stack, Stacks};

/// Everything in these stacks that AWS would not take.
pub(crate) fn check(settings: &Settings, graph: &Graph, stacks: &Stacks) -> Vec<Diagnostic> {
    let mut reports = names::patterns(settings);
    reports.par_extend(stacks.stacks.par_iter().flat_map_iter(|stack| of_stack(settings, graph, stack)));
    reports.extend(sizes::trusts(graph, stacks));
    reports.extend(clashes::logical_ids(settings, graph, stacks));
    reports.extend(clashes::names(settings, graph, stacks));
    reports.extend(kubernetes::clashes(settings, stacks));
    reports.extend(account::quotas(settings, stacks));
    reports
}

/// What can be said of a stack without the others.
fn of_stack(settings: &Settings, graph: &Graph, stack: &Stack) -> Vec<Diagnostic> {
    let principal = graph.principal(stack.id);
    let mut reports = names::names(settings, principal, stack);
    reports.extend(tags::tags(principal, stack));
    reports.extend(attachments::attachments(settings, principal, stack));
    reports.extend(sizes::template(principal, stack));
    reports
}
