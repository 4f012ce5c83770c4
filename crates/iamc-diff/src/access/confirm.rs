//! What the plain evaluator says to an example, on both sides.

use iamc_access::exact::{Side, Witness};
use iamc_access::{Context, Decision, Request, decide};

/// The two sides before the evaluator of concrete requests.
pub(super) struct Judges<'s> {
    before: Side<'s>,
    after: Side<'s>,
}

impl<'s> Judges<'s> {
    pub(super) fn new([before, after]: [Side<'s>; 2]) -> Self {
        Self { before, after }
    }

    /// Whether a request is allowed more surely after than before.
    pub(super) fn confirm(&self, witness: &Witness) -> bool {
        rank(decided(self.before, witness)) < rank(decided(self.after, witness))
    }
}

fn decided(side: Side<'_>, witness: &Witness) -> Decision {
    let mut context: Context = witness.context.clone();
    context.extend(side.context);
    context.set_exact(true);
    let (action, resource) = (witness.action.clone(), Some(witness.resource.clone()));
    decide(side.permissions, &Request { action, resource, context }).decision
}

fn rank(decision: Decision) -> u8 {
    match decision {
        Decision::ExplicitlyDenied | Decision::ImplicitlyDenied => 0,
        Decision::PartlyAllowed | Decision::Conditional => 1,
        Decision::Allowed => 2,
    }
}
