//! A decision with its reasons.

use iamc_model::Operator;
use iamc_model::grants::Patterns;

use crate::context::Context;

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// An Allow matches, no Deny can.
    Allowed,
    /// Some, but not all that the request's pattern covers, is allowed.
    PartlyAllowed,
    /// It depends on what is not known.
    Conditional,
    /// A Deny matches.
    ExplicitlyDenied,
    /// No Allow can match.
    ImplicitlyDenied,
}

impl Decision {
    /// As contracts and JSON write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::PartlyAllowed => "partly-allowed",
            Self::Conditional => "conditional",
            Self::ExplicitlyDenied => "explicitly-denied",
            Self::ImplicitlyDenied => "implicitly-denied",
        }
    }
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The decision.
    pub decision: Decision,
    /// The statements that match, or could, in the order given.
    pub statements: Vec<Judged>,
    /// Where it is denied for want of an Allow: the Allows that came nearest, nearest first.
    pub near_misses: Vec<Judged>,
    /// Where no resource was asked for: the resource patterns of the Allows that match or could, with
    /// `not-` lists left out. Sorted and distinct.
    pub resources: Vec<String>,
    /// Where a pattern was asked for: an example of each decision among what it covers, allowed first.
    pub examples: Vec<Example>,
    /// Why it is conditional only because more could not be told; in words.
    pub doubts: Vec<String>,
    /// Whether documents that are not known leave the decision open.
    pub unknown_documents: bool,
}

/// What one statement says to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its index among the statements given.
    pub index: usize,
    /// What it says.
    pub outcome: Outcome,
    /// The parts that fail or are not known.
    pub unmet: Vec<Unmet>,
}

/// Whether a statement applies to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It does (to all of a pattern).
    Matched,
    /// It can: that depends on what is not known (or it does to some of a pattern).
    Conditional,
    /// It does not.
    Missed,
}

/// A part of a statement that fails or is not known to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmet {
    /// The action is not among these, or only some of the pattern is.
    Action {
        /// The statement's.
        wanted: Patterns,
        /// The request's.
        got: String,
        /// Whether it may hold all the same (for part of the pattern).
        open: bool,
    },
    /// The resource is not among these, or only some of the pattern is, or a variable is not known.
    Resource {
        /// The statement's.
        wanted: Patterns,
        /// The request's; none is any.
        got: Option<String>,
        /// Whether it may hold all the same.
        open: bool,
        /// Why IAM's own text leaves it open, where it does.
        doubt: Option<String>,
    },
    /// A condition does not hold, or is not known to.
    Condition {
        /// Its operator.
        operator: Operator,
        /// Its key, as written.
        key: String,
        /// Its values, as written.
        values: Vec<String>,
        /// The request's values; none where the key is absent or not known.
        got: Option<Vec<String>>,
        /// Whether it may hold all the same.
        open: bool,
        /// Why IAM's own text leaves it open, where it does.
        doubt: Option<String>,
        /// What would have to hold, in words: `aws:PrincipalTag/team is "ml"`.
        words: String,
    },
}

/// One request that a pattern covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What is decided of it.
    pub decision: Decision,
    /// Its action.
    pub action: String,
    /// Its resource.
    pub resource: String,
    /// The context that makes it so, beside the request's own.
    pub context: Context,
}
