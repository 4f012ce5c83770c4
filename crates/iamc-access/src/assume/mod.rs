//! Who can come to act as which role, and what that adds to what they may do.
//!
//! Within an account a role is assumed by whoever its trust policy names, or, where that names the
//! account, by whoever also has the right to `sts:AssumeRole` on it; a Deny of one's own blocks both.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html>

mod reach;
mod trust;

use iamc_model::declaration::Effect;
use iamc_model::grants::TrustStatement;

use crate::context::Context;
use crate::decide::{Permissions, Request, decide};
use crate::verdict::{Decision, Outcome, Verdict};

pub use reach::{Reach, Ways, reach};
use trust::Trusted;
pub use trust::{Identity, is_named};

/// The action that has to be allowed.
pub const ASSUME_ROLE: &str = "sts:AssumeRole";

/// Somebody who may want to act as a role.
#[derive(Debug, Clone, Copy)]
pub struct Actor<'a> {
    /// Its name.
    pub identity: Identity<'a>,
    /// What it may do itself.
    pub permissions: Permissions<'a>,
    /// What is known of its requests.
    pub context: &'a Context,
}

/// A role, in the account of those who want to act as it.
#[derive(Debug, Clone, Copy)]
pub struct Role<'a> {
    /// Its name.
    pub identity: Identity<'a>,
    /// Its trust policy.
    pub trust: &'a [TrustStatement],
}

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

/// Whether an actor can act as a role.
pub fn can_assume(actor: &Actor<'_>, role: &Role<'_>) -> Certainty {
    let request = Request {
        action: ASSUME_ROLE.to_owned(),
        resource: Some(role.identity.arn()),
        context: actor.context.clone(),
    };
    let trusted = Trusted::by(role.trust, actor.identity, &request);
    if trusted == Trusted::NOT {
        return Certainty::Never;
    }
    let own = decide(actor.permissions, &request);
    let by_account = trusted.by_account.min(Certainty::of(own.decision));
    trusted.by_name.min(undenied(&own, &actor.permissions)).max(by_account)
}

/// Whether no Deny of the actor's own stands in the way.
fn undenied(own: &Verdict, permissions: &Permissions<'_>) -> Certainty {
    let is_deny = |index: usize| {
        permissions.statements.get(index).is_some_and(|statement| statement.effect() == Effect::Deny)
    };
    let mut denies =
        own.statements.iter().filter(|judged| judged.outcome != Outcome::Missed && is_deny(judged.index));
    match own.decision {
        Decision::ExplicitlyDenied => Certainty::Never,
        _ if own.unknown_documents || denies.next().is_some() => Certainty::Possibly,
        _ => Certainty::Surely,
    }
}
