//! Who was found, and what lets them.

use std::collections::{BTreeMap, BTreeSet};

use iamc_access::assume::{Reach, reach};
use iamc_access::{Decision, Precedents, Verdict};
use iamc_catalog::Catalog;
use iamc_effective::{Accesses, Names};
use iamc_graph::entrances::{Distances, Entrances};
use iamc_graph::paths::Node;
use iamc_model::Graph;
use iamc_model::grants::Grant;
use iamc_model::graph::PolicyId;

use super::Question;
use crate::compile::Compilation;
use crate::decisions::reason::{self, Source};
use crate::decisions::{Class, Classes, Examples, Roles};

/// Classes whose examples are tried on all others.
const PRECEDENTS: usize = 8;

/// All who were found.
pub(super) struct Findings<'a> {
    pub(super) compilation: &'a Compilation,
    /// How many were asked for.
    pub(super) asked: usize,
    /// Sorted by name.
    pub(super) found: Vec<Finding<'a>>,
    /// What was decided of each class of principals.
    pub(super) answers: Vec<Answer<'a>>,
}

/// A principal that was found.
pub(super) struct Finding<'a> {
    pub(super) grant: &'a Grant,
    /// What it comes to, by roles also.
    pub(super) decision: Decision,
    /// The groups by which it holds the policies that decide; none stands for itself.
    pub(super) by: BTreeSet<Option<&'a str>>,
    /// The roles that are assumed on the way, in their order. What is said of policies is of the last.
    pub(super) through: Vec<&'a str>,
    /// The number of its answer, or of the last role's.
    pub(super) answer: usize,
}

/// What was decided of principals between whom the request cannot tell the difference.
pub(super) struct Answer<'a> {
    pub(super) verdict: Verdict,
    /// What decides; nothing where nothing allows it. Sorted.
    pub(super) sources: Vec<Source<'a>>,
    /// What it depends on, in words.
    pub(super) notes: Vec<String>,
    /// ARNs of what is attached and not known.
    pub(super) unknown: Vec<&'a str>,
}

impl<'a> Findings<'a> {
    /// Decides for everybody, and keeps those who were asked for.
    pub(super) fn new(
        compilation: &'a Compilation,
        accesses: &'a Accesses<'a>,
        catalog: &Catalog,
        question: &Question<'_>,
    ) -> Self {
        let principals = &compilation.grants.principals;
        let classes = Classes::new(compilation, accesses, &question.asked, 0..principals.len());
        let precedents = precedents(&classes, catalog);
        let answers = classes.each(|class| {
            let permissions = class.access.permissions();
            let verdict = precedents.decide(permissions, &class.request, &Names(catalog));
            let examples = Examples { permissions, request: &class.request, catalog };
            Answer::new(compilation, class, examples.of(verdict))
        });
        let mut findings = Self { compilation, asked: 0, found: vec![], answers };
        let reached = findings.reached(&classes, accesses, question);
        let mut entrances = Holdings::new(&compilation.graph);
        for (at, reach) in reached.into_iter().enumerate() {
            if !question.is_about(principals[at].kind) {
                continue;
            }
            findings.asked += 1;
            if let Some(answer) = classes.of(last(at, &reach)).filter(|_| question.wants(reach.decision)) {
                let by = entrances.by(&principals[last(at, &reach)], &findings.answers[answer].sources);
                findings.found.push(Finding {
                    grant: &principals[at],
                    decision: reach.decision,
                    by,
                    through: reach.through.iter().map(|&role| principals[role].name.as_ref()).collect(),
                    answer,
                });
            }
        }
        findings
    }

    /// What each principal can do at best.
    fn reached(
        &self,
        classes: &Classes<'a>,
        accesses: &'a Accesses<'a>,
        question: &Question<'_>,
    ) -> Vec<Reach> {
        let own = |at| {
            let answer = classes.of(at).map(|class| self.answers[class].verdict.decision);
            answer.unwrap_or(Decision::ImplicitlyDenied)
        };
        let own: Vec<Decision> = (0..self.compilation.grants.principals.len()).map(own).collect();
        match question.args.direct {
            true => own.into_iter().map(|decision| Reach { decision, through: vec![] }).collect(),
            false => reach(&own, &Roles::new(self.compilation, accesses, &question.asked)),
        }
    }

    /// The answer that a finding rests on.
    pub(super) fn answer(&self, finding: &Finding<'_>) -> &Answer<'a> {
        &self.answers[finding.answer]
    }
}

impl Finding<'_> {
    /// Whether the roles can be assumed depends on what is not known, and with it what is decided.
    pub(super) fn depends_on_roles(&self, findings: &Findings<'_>) -> bool {
        self.decision != findings.answer(self).verdict.decision
    }
}

/// What tells the decision for some classes, picked evenly, so that it can be tried on the others.
fn precedents(classes: &Classes<'_>, catalog: &Catalog) -> Precedents {
    let mut precedents = Precedents::default();
    let step = classes.list.len().div_ceil(PRECEDENTS).max(1);
    for class in classes.list.iter().step_by(step) {
        precedents.learn(class.access.permissions(), &class.request, &Names(catalog));
    }
    precedents
}

/// The one who does it: the principal, or the last of the roles.
fn last(principal: usize, reach: &Reach) -> usize {
    reach.through.last().copied().unwrap_or(principal)
}

impl<'a> Answer<'a> {
    fn new(compilation: &Compilation, class: &Class<'a>, verdict: Verdict) -> Self {
        let sources = reason::sources(&class.access, &verdict);
        let notes = reason::notes(compilation, &class.access, &verdict);
        Self { verdict, sources, notes, unknown: class.access.unknown.clone() }
    }
}

/// By which of its memberships a principal holds a policy.
struct Holdings<'a> {
    graph: &'a Graph,
    entrances: Entrances<'a>,
    distances: BTreeMap<PolicyId, Distances<'a>>,
}

impl<'a> Holdings<'a> {
    fn new(graph: &'a Graph) -> Self {
        Self { graph, entrances: Entrances::of(graph), distances: BTreeMap::new() }
    }

    /// The groups at the beginnings of the shortest paths to some policies; none stands for itself.
    fn by(&mut self, grant: &Grant, sources: &[Source<'_>]) -> BTreeSet<Option<&'a str>> {
        let policies = sources.iter().filter_map(|source| match source {
            Source::Policy(id) => Some(*id),
            Source::Attached(_) => None,
        });
        let entrances = &self.entrances;
        let mut by = BTreeSet::new();
        for policy in policies {
            let distances = self.distances.entry(policy).or_insert_with(|| entrances.towards(policy));
            by.extend(distances.entrance(grant.id).map(|node| match node {
                Node::Group(group) => Some(self.graph.group(group).name.as_ref()),
                Node::Policy(_) | Node::Principal(_) => None,
            }));
        }
        by
    }
}
