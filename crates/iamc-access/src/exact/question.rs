//! What is asked of the exact engine, and what it answers.

use crate::context::Context;
use crate::decide::Request;
use crate::statement::Statement;

/// Is there a request in the region that all of the positives match and none of the negatives does?
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// Statements that have to match, whatever their effect.
    pub positives: Vec<Premise<'a>>,
    /// Statements that must not match, whatever their effect.
    pub negatives: Vec<Premise<'a>>,
    /// The requests among which one is sought.
    pub region: Region<'a>,
    /// How much may be spent on the search.
    pub caps: Caps,
}

/// A statement in one of its readings.
#[derive(Debug, Clone, Copy)]
pub struct Premise<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// How it is read.
    pub reading: Reading,
}

/// How a statement is read where IAM's own text leaves a doubt, or where a policy variable is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// It matches whatever it can match.
    Wide,
    /// It matches only what it surely matches.
    Narrow,
}

/// Requests: all whose action and resource the patterns cover, with every context that agrees with what
/// is given.
#[derive(Debug, Clone)]
pub struct Region<'a> {
    /// A pattern of actions.
    pub action: &'a str,
    /// Patterns of resources, of which one has to cover the resource; `*` is any resource that there is:
    /// any ARN, and `*` itself, on which actions without resources are decided.
    pub resources: Vec<&'a str>,
    /// What is known of the context; a key that is unknown may have any values, or none.
    pub context: &'a Context,
}

impl<'a> Region<'a> {
    /// What a request covers. One without a resource covers any.
    pub fn of(request: &'a Request) -> Self {
        let resource = request.resource.as_deref().unwrap_or("*");
        Self { action: &request.action, resources: vec![resource], context: &request.context }
    }
}

/// Bounds on a search, in steps of its automata and of its choice of values: the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Steps for each question.
    pub steps: u64,
    /// Steps for all questions of a comparison, or of a decision, together.
    pub all_steps: u64,
}

impl Caps {
    /// A question ends within about a fifth of a second, all together within about one.
    pub const DEFAULT: Self = Self { steps: 1_000_000, all_steps: 5_000_000 };
}

impl Default for Caps {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What the engine found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// There is such a request; the evaluator of concrete requests has confirmed it.
    Witness(Witness),
    /// There is none.
    None,
    /// It could not be told, for this reason: the search was too long, or it is outside of what can be
    /// decided exactly.
    Unknown(String),
}

impl Answer {
    /// The request, if there is one.
    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Self::Witness(witness) => Some(witness),
            Self::None | Self::Unknown(_) => None,
        }
    }

    /// The request itself, if there is one.
    pub fn into_witness(self) -> Option<Witness> {
        match self {
            Self::Witness(witness) => Some(witness),
            Self::None | Self::Unknown(_) => None,
        }
    }
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// An action, one that AWS has where one of those would do.
    pub action: String,
    /// A resource.
    pub resource: String,
    /// The context keys on which it depends, beside what was given. Keys that have to be absent are said
    /// to be so.
    pub context: Context,
    /// Whether the action is one that AWS has.
    pub is_known_action: bool,
}

/// The names of the actions that AWS has, so that examples are of the world. Without them any name that
/// fits is an example.
pub trait ActionNames {
    /// Those that a pattern covers, sorted.
    fn matching(&self, pattern: &str) -> Vec<String>;
}

/// No names are known.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNames;

impl ActionNames for NoNames {
    fn matching(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}
