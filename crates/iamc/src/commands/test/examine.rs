//! Whether an assertion holds: what is decided for each of its subjects, and what should be.

use std::collections::BTreeMap;

use iamc_access::{Decision, decide_with};
use iamc_catalog::Catalog;
use iamc_effective::{Accesses, Names};
use iamc_model::Diagnostic;
use iamc_model::assertion::{AssertDecl, Expectation};

use super::never;
use super::report;
use super::subjects::Subjects;
use crate::compile::Compilation;
use crate::decisions::Classes;
use crate::decisions::reason::{self, Source};
use crate::request::Asked;

/// Tries assertions.
pub(super) struct Examiner<'a> {
    pub(super) compilation: &'a Compilation,
    pub(super) accesses: &'a Accesses<'a>,
    pub(super) catalog: &'a Catalog,
    subjects: Subjects<'a>,
}

/// Subjects for whom an assertion fails in the same way.
#[derive(Debug)]
pub(super) struct Failed<'a> {
    pub(super) way: Way<'a>,
    /// By their numbers in the grants; never empty.
    pub(super) principals: Vec<usize>,
}

/// How an assertion fails.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way<'a> {
    /// Another decision than was expected.
    Decided(Decided<'a>),
    /// Something is possible that never should be.
    Possible(Possible<'a>),
    /// It cannot be told whether something is possible that never should be.
    Unknown {
        /// Why.
        reason: String,
        /// The roles that would be assumed, in their order.
        through: Vec<usize>,
    },
}

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decided<'a> {
    pub(super) decision: Decision,
    pub(super) sources: Vec<Source<'a>>,
    pub(super) notes: Vec<String>,
}

/// A request that may be allowed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Possible<'a> {
    /// The roles that are assumed on the way, in their order.
    pub(super) through: Vec<usize>,
    pub(super) sources: Vec<Source<'a>>,
    pub(super) action: String,
    pub(super) resource: String,
    /// Keys with their values, beside what was given.
    pub(super) context: Vec<(String, Vec<String>)>,
}

impl<'a> Examiner<'a> {
    pub(super) fn new(
        compilation: &'a Compilation,
        accesses: &'a Accesses<'a>,
        catalog: &'a Catalog,
    ) -> Self {
        let subjects = Subjects::new(&compilation.graph, &compilation.grants);
        Self { compilation, accesses, catalog, subjects }
    }

    /// What is wrong with an assertion; nothing where it holds.
    pub(super) fn examine(&self, assertion: &AssertDecl) -> Vec<Diagnostic> {
        let subjects = self.subjects.of(assertion);
        if subjects.is_empty() {
            return vec![report::vacuous(assertion)];
        }
        let asked = Asked::of_assertion(assertion);
        let ways = match assertion.expect.value {
            Expectation::Never => never::possible(self, assertion, &asked, &subjects),
            _ => self.decided(assertion, &asked, &subjects),
        };
        let mut found = report::failures(self, assertion, &grouped(ways));
        found.extend(iamc_lint::of_assertion(assertion, self.catalog));
        found
    }

    /// The subjects for whom something else is decided than was expected.
    fn decided(&self, assertion: &AssertDecl, asked: &Asked, subjects: &[usize]) -> Vec<(usize, Way<'a>)> {
        let classes = Classes::new(self.compilation, self.accesses, asked, subjects.iter().copied());
        let ways = classes.list.iter().map(|class| {
            let verdict = decide_with(class.access.permissions(), &class.request, &Names(self.catalog));
            let is_met = meets(verdict.decision, assertion.expect.value);
            (!is_met).then(|| {
                let sources = reason::sources(&class.access, &verdict);
                let notes = reason::notes(self.compilation, &class.access, &verdict);
                Way::Decided(Decided { decision: verdict.decision, sources, notes })
            })
        });
        let ways: Vec<Option<Way<'a>>> = ways.collect();
        let way = |subject: usize| Some((subject, ways[classes.of(subject)?].clone()?));
        subjects.iter().filter_map(|&subject| way(subject)).collect()
    }
}

/// Those who fail in the same way together, most first.
fn grouped(ways: Vec<(usize, Way<'_>)>) -> Vec<Failed<'_>> {
    let mut grouped: BTreeMap<Way<'_>, Vec<usize>> = BTreeMap::new();
    for (principal, way) in ways {
        grouped.entry(way).or_default().push(principal);
    }
    let failed = grouped.into_iter().map(|(way, principals)| Failed { way, principals });
    let mut failed: Vec<Failed<'_>> = failed.collect();
    failed.sort_by_key(|failed| std::cmp::Reverse(failed.principals.len()));
    failed
}

fn meets(decision: Decision, expected: Expectation) -> bool {
    match expected {
        Expectation::Allowed => decision == Decision::Allowed,
        Expectation::PartlyAllowed => decision == Decision::PartlyAllowed,
        Expectation::Conditional => decision == Decision::Conditional,
        Expectation::ExplicitlyDenied => decision == Decision::ExplicitlyDenied,
        Expectation::ImplicitlyDenied => decision == Decision::ImplicitlyDenied,
        Expectation::Denied | Expectation::Never => {
            matches!(decision, Decision::ExplicitlyDenied | Decision::ImplicitlyDenied)
        }
    }
}
