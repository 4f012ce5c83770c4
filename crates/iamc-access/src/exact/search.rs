//! Breadth-first search over an automaton, which skips what explored states cover.

use std::collections::BTreeMap;

use super::automaton::{Automaton, Hits, State};
use super::budget::Budget;

/// Who looks at the words that are found.
pub(super) trait Visitor {
    /// Sees what an accepted word hits; says whether the search is over.
    fn visit(&mut self, hits: &Hits, word: &dyn Fn() -> String) -> bool;

    /// Whether a word that hits all of these is of no use, whatever else it hits.
    fn is_hopeless(&self, hits: &Hits) -> bool;
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The visitor has what it wants.
    Found,
    /// There is no more.
    Exhausted,
    /// It was too long.
    OverBudget,
}

/// Shows the visitor accepted words, shorter ones first, none of them empty: for each word that is
/// accepted one that hits no more was shown.
pub(super) fn search(automaton: &Automaton, budget: &Budget<'_>, visitor: &mut impl Visitor) -> End {
    let start = automaton.start();
    if automaton.is_dead(&start) || visitor.is_hopeless(&automaton.certain(&start)) {
        return End::Exhausted;
    }
    // The start covers nothing: it is reached by the empty word, which is not shown.
    let mut explored = Explored::default();
    explored.trail.push(Trace { state: start, from: None });
    let mut next = 0;
    while next < explored.trail.len() {
        let state = std::mem::take(&mut explored.trail[next].state);
        for c in automaton.symbols(&state) {
            let reached = automaton.step(&state, c);
            if !budget.spend(1 + state.len() + explored.rivals(&reached)) {
                return End::OverBudget;
            }
            if automaton.is_dead(&reached) || !explored.add(automaton, reached, (next, c)) {
                continue;
            }
            let last = explored.trail.len() - 1;
            if visitor.is_hopeless(&automaton.certain(&explored.trail[last].state)) {
                explored.trail.pop();
                continue;
            }
            let hits = automaton.accept(&explored.trail[last].state);
            if hits.is_some_and(|hits| visitor.visit(&hits, &|| explored.word(last))) {
                return End::Found;
            }
        }
        next += 1;
    }
    End::Exhausted
}

/// The states in the order in which they were reached, and how.
#[derive(Default)]
struct Explored {
    trail: Vec<Trace>,
    /// Good positions → the bad positions of what was reached with them, none covering another.
    antichains: BTreeMap<Vec<u32>, Vec<Vec<u32>>>,
}

struct Trace {
    state: State,
    /// The state before and the character that led here.
    from: Option<(usize, char)>,
}

impl Explored {
    /// How many states an added one is to be compared with.
    fn rivals(&self, state: &State) -> usize {
        self.antichains.get(&state.good).map_or(0, Vec::len)
    }

    /// Adds a state, unless an explored one covers it.
    fn add(&mut self, automaton: &Automaton, state: State, from: (usize, char)) -> bool {
        let antichain = self.antichains.entry(state.good.clone()).or_default();
        if antichain.iter().any(|explored| automaton.covers(explored, &state.bad)) {
            return false;
        }
        antichain.retain(|explored| !automaton.covers(&state.bad, explored));
        antichain.push(state.bad.clone());
        self.trail.push(Trace { state, from: Some(from) });
        true
    }

    /// The word that led to a state.
    fn word(&self, mut at: usize) -> String {
        let mut word = Vec::new();
        while let Some((before, c)) = self.trail[at].from {
            word.push(c);
            at = before;
        }
        word.iter().rev().collect()
    }
}
