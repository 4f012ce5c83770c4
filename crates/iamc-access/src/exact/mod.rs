//! Exact answers over all requests at once: is there a request (action, resource, context) that these
//! statements match and those do not?
//!
//! Actions and resources are patterns, so regular languages: a search over the lazy product of their
//! automata, which passes over states that an explored one covers. Conditions are, for each key, a finite
//! number of classes of values: a search over them with backtracking. What is found is confirmed by the
//! evaluator of concrete requests; what cannot be told is said to be unknown, never denied.

mod automaton;
mod bits;
mod budget;
mod changed;
mod classes;
mod compare;
mod conditions;
mod domain;
mod elements;
mod find;
mod guess;
mod judgement;
mod pattern;
mod place;
mod question;
mod search;
mod solve;
mod space;
mod witness;

pub use compare::{Cause, Gain, Gains, Side, gains, gains_within};
pub use find::find;
pub use judgement::{Judgement, grants_any, judge_open};
pub use question::{ActionNames, Answer, Caps, NoNames, Premise, Question, Reading, Region, Witness};

#[cfg(test)]
mod tests;
