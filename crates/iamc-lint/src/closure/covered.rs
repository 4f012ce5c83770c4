//! Statements that another of the same closure covers, for everybody who holds them.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use iamc_model::declaration::Effect;
use iamc_model::graph::PolicyId;
use iamc_model::{Diagnostic, codes};

use super::cancelled;
use super::cover::Cover;
use super::duplicate::classes;
use super::held::Origin;
use super::holdings::{Closure, Holdings};
use super::who;
use crate::{with_subjects, words};

/// `covered-statement` at each policy that adds nothing for any of its holders, as what they hold
/// besides allows, or denies, as much. What a Deny cancels altogether is reported as that.
pub(super) fn check(holdings: &Holdings<'_>) -> Vec<Diagnostic> {
    let search = Search { holdings, cover: Cover::new(holdings), classes: OnceCell::new() };
    let policies = holdings.policies();
    policies.filter_map(|(policy, statements)| search.check(policy, statements)).collect()
}

struct Search<'h, 'a> {
    holdings: &'h Holdings<'a>,
    cover: Cover<'h, 'a>,
    /// For each policy the first of those that are the same under another name.
    classes: OnceCell<Vec<PolicyId>>,
}

impl<'a> Search<'_, 'a> {
    fn check(&self, policy: PolicyId, statements: &[usize]) -> Option<Diagnostic> {
        let (closure, statement) = self.holdings.smallest_with(statements)?;
        self.covering(closure, statement, &[])?;
        let closures = self.holdings.closures_with(statements);
        let covering = self.covering_all(&closures)?;
        let is_cancelled = cancelled::denying(self.holdings, &self.cover, statements).is_some();
        (!is_cancelled).then(|| self.report(policy, &closures, &covering))
    }

    /// What covers a policy for all of its holders; none where some hold nothing that does.
    fn covering_all(&self, closures: &[(&Closure<'_>, usize)]) -> Option<BTreeSet<Origin<'a>>> {
        let mut covering = Vec::new();
        for &(closure, statement) in closures {
            let by = self.covering(closure, statement, &covering)?;
            if !covering.contains(&by) {
                covering.push(by);
            }
        }
        Some(covering.into_iter().map(|at| self.holdings.statements[at].origin).collect())
    }

    fn report(
        &self,
        policy: PolicyId,
        closures: &[(&Closure<'_>, usize)],
        covering: &BTreeSet<Origin<'a>>,
    ) -> Diagnostic {
        let subject = self.holdings.subject;
        let policy = subject.graph.policy(policy);
        let holders = who::holders(closures.iter().map(|(closure, _)| *closure));
        let names: Vec<&str> = covering.iter().map(|&origin| who::name(origin, subject.graph)).collect();
        let hold = if holders.len() > 1 { "hold" } else { "holds" };
        let says = if policy.effect == Effect::Allow { "allows" } else { "denies" };
        let message = format!(
            "`{}` adds nothing: {} {hold} {}, which {says} as much",
            policy.name,
            who::names(&holders),
            words::or(&names),
        );
        let report = Diagnostic::new(&codes::COVERED_STATEMENT, message, policy.span, "covered wholly")
            .help(format!("remove `{}`, or narrow what covers it", policy.name));
        let report = who::with_places(report, covering, "covers it", holders[0], subject);
        with_subjects(report, policy, subject)
    }

    /// A statement of the closure that covers this one; one of those that are known to cover others, if
    /// they will do.
    fn covering(&self, closure: &Closure<'_>, statement: usize, known: &[usize]) -> Option<usize> {
        let mut known = known.iter().copied().filter(|at| closure.statements.contains(at));
        known
            .find(|&at| self.is_covered(statement, at))
            .or_else(|| closure.statements.iter().copied().find(|&at| self.is_covered(statement, at)))
    }

    /// Of two that cover each other the one of the later name is covered; what is plainly one permission
    /// under two names is another rule's.
    fn is_covered(&self, statement: usize, by: usize) -> bool {
        if statement == by || !self.cover.covers_one(by, statement) {
            return false;
        }
        let origins = [statement, by].map(|at| self.holdings.statements[at].origin);
        let [Origin::Policy(own), Origin::Policy(other)] = origins else { return true };
        !self.cover.covers_one(statement, by) || other < own && !self.is_same(own, other)
    }

    /// Whether two policies are plainly one permission under two names.
    fn is_same(&self, one: PolicyId, other: PolicyId) -> bool {
        let classes = self.classes.get_or_init(|| classes(self.holdings.subject));
        classes[one.0 as usize] == classes[other.0 as usize]
    }
}
