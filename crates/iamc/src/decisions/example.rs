//! Examples as somebody could make them: of actions that work on the resource, where one would do.

use iamc_access::{Context, Permissions, Request, Verdict, decide_single};
use iamc_catalog::Catalog;
use iamc_effective as effective;
use iamc_model::grants::Patterns;

/// What is asked, and of whom.
#[derive(Clone, Copy)]
pub(crate) struct Examples<'a> {
    /// What the one who asks may do.
    pub(crate) permissions: Permissions<'a>,
    /// Of which the examples are some.
    pub(crate) request: &'a Request,
    /// What AWS has.
    pub(crate) catalog: &'a Catalog,
}

impl Examples<'_> {
    /// A verdict with likelier examples. Of one action there is no other.
    pub(crate) fn of(self, mut verdict: Verdict) -> Verdict {
        if !self.request.action.contains(['*', '?']) {
            return verdict;
        }
        for example in &mut verdict.examples {
            example.action = self.likelier(&example.action, &example.resource, &example.context);
        }
        verdict
    }

    /// An action of which the same is decided on the same resource: itself, where it works on that.
    pub(crate) fn likelier(self, action: &str, resource: &str, beside: &Context) -> String {
        let Self { permissions, request, catalog } = self;
        let mut context = request.context.clone();
        context.extend(beside);
        context.set_exact(true);
        let decide = |action: &str| decide_single(permissions, (action, resource), &context);
        let asked = Patterns { negated: false, patterns: vec![request.action.clone()] };
        let mut likelier = effective::likelier(action, resource, &[&asked], catalog).into_iter();
        let decided = decide(action);
        likelier.find(|likelier| decide(likelier) == decided).unwrap_or_else(|| action.to_owned())
    }
}
