//! What is asked of the exact engine.

use std::collections::BTreeSet;

use iamc_access::exact::{self, Caps, Cause, Gain, Gains, Region, Side, Witness};
use iamc_access::{Context, Decision, Permissions, Statement, decide_single, doubts_single};
use iamc_catalog::Catalog;
use iamc_effective::Names;
use iamc_model::Timestamp;
use iamc_model::declaration::Effect;

/// The time of a request.
const CURRENT_TIME: &str = "aws:CurrentTime";

/// What is allowed after and not before?
#[derive(Clone, Copy)]
pub(crate) struct Inquiry<'q> {
    pub(crate) before: &'q [&'q Statement],
    pub(crate) after: &'q [&'q Statement],
    /// What is known of the principal on each side.
    pub(crate) contexts: [&'q Context; 2],
    /// A Deny of what is not asked about.
    pub(crate) fence: Option<&'q Statement>,
    /// The time at which a request is made whose time does not matter.
    pub(crate) now: Timestamp,
    pub(crate) catalog: &'q Catalog,
}

impl<'q> Inquiry<'q> {
    /// What is gained, of all requests.
    pub(crate) fn gains(&self) -> Gains {
        self.gains_within("*", vec!["*"])
    }

    /// What is gained, of what an action and resources cover.
    pub(crate) fn gains_within(&self, action: &str, resources: Vec<&str>) -> Gains {
        let after: Vec<&Statement> = self.after.iter().copied().chain(self.fence).collect();
        let region = Region { action, resources, context: self.contexts[1] };
        let [before, after] = [side(self.before, self.contexts[0]), side(&after, self.contexts[1])];
        exact::gains_within(&region, before, after, Caps::default(), &Names(self.catalog))
    }

    /// Of parts of an Allow those that are gained; and why there may be more.
    pub(super) fn parts_of_allow(&self, parts: &[Statement]) -> (Vec<Option<Gain>>, Vec<String>) {
        let before = of_effect(self.before, Effect::Allow);
        self.parts(&before, parts, |cause| match cause {
            Cause::Allow(part) => Some(part),
            Cause::Undenied { .. } => None,
        })
    }

    /// Of parts of Allows those that a Deny of the side before denied.
    pub(super) fn parts_of_denied(
        &self,
        deny: usize,
        parts: &[Statement],
    ) -> (Vec<Option<Gain>>, Vec<String>) {
        self.parts(&[self.before[deny]], parts, |cause| match cause {
            Cause::Allow(_) => None,
            Cause::Undenied { allow, .. } => Some(allow),
        })
    }

    fn parts(
        &self,
        before: &[&Statement],
        parts: &[Statement],
        part_of: impl Fn(Cause) -> Option<usize>,
    ) -> (Vec<Option<Gain>>, Vec<String>) {
        let denies = of_effect(self.after, Effect::Deny);
        let after: Vec<&Statement> = parts.iter().chain(denies).collect();
        let Gains { gains, doubts } = Inquiry { before, after: &after, ..*self }.gains();
        let mut found = vec![None; parts.len()];
        for gain in gains {
            if let Some(part) = part_of(gain.cause) {
                found[part] = Some(gain);
            }
        }
        (found, doubts)
    }

    /// How surely the evaluator of single requests says that a request is allowed after and not before;
    /// none where it is no more allowed after than before.
    pub(super) fn confirms(&self, witness: &Witness) -> Option<Sureness> {
        let sides = [side(self.before, self.contexts[0]), side(self.after, self.contexts[1])];
        let request = (witness.action.as_str(), witness.resource.as_str());
        let known = sides.map(|side| self.known(side, witness));
        let decisions = [0, 1].map(|at| rank(decide_single(sides[at].permissions, request, &known[at])));
        match decisions {
            [0, 2] => Some(Sureness::Sure),
            [before, after] if before < after => {
                let doubts = [0, 1].map(|at| doubts_single(sides[at].permissions, request, &known[at]));
                let doubts: BTreeSet<String> = doubts.into_iter().flatten().collect();
                Some(Sureness::Open(doubts.into_iter().collect()))
            }
            _ => None,
        }
    }

    /// All that is known of the request that a witness is.
    fn known(&self, side: Side<'_>, witness: &Witness) -> Context {
        let mut context = Context::new();
        context.set(CURRENT_TIME, [self.now.to_string()]);
        context.extend(&witness.context);
        context.extend(side.context);
        context.set_exact(true);
        context
    }
}

/// How surely a request is gained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sureness {
    /// However AWS's own text is read.
    Sure,
    /// That depends on what AWS leaves open, in words.
    Open(Vec<String>),
}

fn side<'s>(statements: &'s [&'s Statement], context: &'s Context) -> Side<'s> {
    Side { permissions: Permissions { statements, unknown_documents: false }, context }
}

fn of_effect<'s>(statements: &[&'s Statement], effect: Effect) -> Vec<&'s Statement> {
    statements.iter().filter(|statement| statement.effect() == effect).copied().collect()
}

/// How surely it is allowed.
fn rank(decision: Decision) -> u8 {
    match decision {
        Decision::ExplicitlyDenied | Decision::ImplicitlyDenied => 0,
        Decision::PartlyAllowed | Decision::Conditional => 1,
        Decision::Allowed => 2,
    }
}
