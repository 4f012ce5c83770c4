//! What is wrong with `resources`, and which actions work on them.

mod action_fits;
mod fault;
mod fit;
mod kind;
mod malformed;
mod needs_star;
mod redundant;
mod resource_fits;
mod types;

use iamc_catalog::Catalog;
use iamc_model::Diagnostic;

use crate::StatementRule;
use crate::written::{Word, Written};
use fault::Fault;
use types::{Judged, Types};

/// The rules on resources.
pub(crate) const RULES: &[StatementRule] = &[check, redundant::check];

/// What is wrong with each ARN; where nothing is, which actions and resources do not fit each other.
fn check(written: &Written<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let types = Types::of(written);
    let resources: Vec<Judged<'_>> = written.resources.iter().map(|word| Judged::of(word, &types)).collect();
    let judged = resources.iter().filter(|resource| resource.word.value != "*");
    let faults: Vec<(&Word, Fault<'_>)> = judged
        .filter_map(|resource| {
            Some((resource.word, fault::of(resource, written.partition, &types, catalog)?))
        })
        .collect();
    if faults.is_empty() {
        return fit::check(written, &resources, &types);
    }
    let report = |(resource, fault)| report(resource, fault, written, catalog);
    faults.into_iter().map(report).collect()
}

fn report(resource: &Word, fault: Fault<'_>, written: &Written<'_>, catalog: &Catalog) -> Diagnostic {
    match fault {
        Fault::Service(service) => kind::no_service(resource, service, written, catalog),
        Fault::Kind(service) => kind::no_type(resource, service, written, catalog),
        fault => malformed::report(resource, fault, written, catalog),
    }
}
