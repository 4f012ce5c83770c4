//! Who can come to act as which role, and what that adds to what they may do.
//!
//! Within an account a role is assumed by whoever its trust policy names, or, where that names the
//! account, by whoever also has the right to `sts:AssumeRole` on it; a Deny of one's own blocks both.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html>

mod reach;
mod trust;

use iamc_model::declaration::Effect;

use crate::decide::{Permissions, Request, decide};
use crate::verdict::{Decision, Judged, Outcome, Verdict};

pub use reach::{Reach, Ways, reach};
pub use trust::{Identity, Trust, Trustee, trustees};

/// The action that has to be allowed.
pub const ASSUME_ROLE: &str = "sts:AssumeRole";

/// Whether somebody can do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Never.
    Never,
    /// That depends on what is not known.
    Possibly,
    /// Always.
    Surely,
}

impl Certainty {
    fn of(decision: Decision) -> Self {
        match decision {
            Decision::Allowed => Self::Surely,
            Decision::PartlyAllowed | Decision::Conditional => Self::Possibly,
            Decision::ExplicitlyDenied | Decision::ImplicitlyDenied => Self::Never,
        }
    }
}

/// Somebody's own right to act as a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    /// Whether its policies allow it.
    pub allowed: Certainty,
    /// Whether they do not deny it.
    pub undenied: Certainty,
}

impl Right {
    /// What follows from all statements for a request for [`ASSUME_ROLE`] on the role's ARN.
    pub fn of(permissions: Permissions<'_>, request: &Request) -> Self {
        let verdict = decide(permissions, request);
        Self { allowed: Certainty::of(verdict.decision), undenied: undenied(&verdict, permissions) }
    }

    /// Whether with this right one can act as a role that trusts so.
    pub fn with(self, trust: Trust) -> Certainty {
        let by_account = trust.by_account.min(self.allowed);
        trust.by_name.min(self.undenied).max(by_account)
    }
}

fn undenied(verdict: &Verdict, permissions: Permissions<'_>) -> Certainty {
    let is_deny = |index: usize| {
        permissions.statements.get(index).is_some_and(|statement| statement.effect() == Effect::Deny)
    };
    let can_deny = |judged: &Judged| judged.outcome != Outcome::Missed && is_deny(judged.index);
    match verdict.decision {
        Decision::ExplicitlyDenied => Certainty::Never,
        _ if verdict.unknown_documents || verdict.statements.iter().any(can_deny) => Certainty::Possibly,
        _ => Certainty::Surely,
    }
}
