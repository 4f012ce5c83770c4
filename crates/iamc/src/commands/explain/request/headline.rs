//! The first line of the answer, and the last.

use iamc_access::Decision;

use super::Answer;
use crate::answer;
use crate::report::printable;
use crate::stacks;

impl Answer<'_> {
    /// `allowed: JaneDoe may do s3:GetObject on arn:aws:s3:::ml-data/streaming/x`
    pub(super) fn headline(&self) -> String {
        let decision = self.view.paint.decision(self.verdict.decision);
        format!("{decision}: {}\n", printable(&self.sentence()))
    }

    fn sentence(&self) -> String {
        let name = self.name();
        let resource = self.asked.resource.as_deref();
        let what = match resource {
            Some(resource) => format!("{} on {resource}", self.asked.action),
            None => self.asked.action.clone(),
        };
        match (self.verdict.decision, resource) {
            (Decision::Allowed, Some(_)) => format!("{name} may do {what}"),
            (Decision::Allowed, None) => format!("{name} may do {what} on some resources"),
            (Decision::PartlyAllowed, _) => format!("{name} may do some of {what}, not all"),
            (Decision::Conditional, _) => {
                format!("whether {name} may do {what} depends on what is not known")
            }
            (Decision::ExplicitlyDenied, _) => format!("{name} may not do {what}: a Deny forbids it"),
            (Decision::ImplicitlyDenied, _) => format!("{name} may not do {what}: nothing allows it"),
        }
    }

    /// What the decision does not take into account.
    pub(super) fn left_out(&self) -> String {
        let text = answer::left_out(stacks::boundary(self.stack));
        format!("{}\n", self.view.paint.dim(&printable(&text)))
    }
}
