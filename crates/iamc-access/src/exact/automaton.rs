//! The product of many patterns' automata, made as it is walked.

use super::pattern::{Pattern, Reach, Step};

/// Patterns of which one has to match, and what is wanted of that.
#[derive(Debug, Clone)]
pub(super) struct Element<'p> {
    /// The alternatives.
    pub(super) patterns: Vec<&'p Pattern>,
    /// What is wanted.
    pub(super) want: Want,
}

/// What is wanted of an element. A tag names it among what a word hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// That it matches.
    Match,
    /// That it does not.
    Miss,
    /// Better if it does not; else it is hit.
    Avoid(u32),
    /// Better if it does; else it is hit.
    Prefer(u32),
    /// Both are of interest; if it does, it is hit.
    Tell(u32),
}

impl Want {
    /// Whether a state with more of its positions is at least as good.
    fn is_good(self) -> bool {
        matches!(self, Self::Match | Self::Prefer(_))
    }
}

/// Elements with their patterns laid out as positions, one for each step.
#[derive(Debug, Clone)]
pub(super) struct Automaton {
    positions: Vec<Position>,
    elements: Vec<Want>,
    /// The position that stands for an element that matches whatever follows.
    forever: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Position {
    part: Part,
    element: u32,
    /// The first position of its pattern.
    start: u32,
    is_folded: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Step(Step),
    End,
    Forever,
}

/// Where a word has led: sorted positions, told apart by whether more of them are better. A position
/// that is neither (both outcomes are of interest) stands among the good: equal ones are compared only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct State {
    pub(super) good: Vec<u32>,
    pub(super) bad: Vec<u32>,
}

impl State {
    /// How much there is to do for one step.
    pub(super) fn len(&self) -> usize {
        self.good.len() + self.bad.len()
    }
}

/// Tags, sorted and distinct.
pub(super) type Hits = Vec<u32>;

impl Automaton {
    /// Lays the elements out.
    pub(super) fn new(elements: &[Element<'_>]) -> Self {
        let mut automaton = Self {
            positions: vec![],
            elements: elements.iter().map(|it| it.want).collect(),
            forever: vec![],
        };
        for (element, it) in elements.iter().enumerate() {
            automaton.forever.push(automaton.positions.len() as u32);
            automaton.push(Part::Forever, element, automaton.positions.len(), false);
            it.patterns.iter().for_each(|pattern| automaton.lay(pattern, element));
        }
        automaton
    }

    fn lay(&mut self, pattern: &Pattern, element: usize) {
        let start = self.positions.len();
        for &step in &pattern.steps {
            self.push(Part::Step(step), element, start, pattern.is_folded);
        }
        self.push(Part::End, element, start, pattern.is_folded);
    }

    fn push(&mut self, part: Part, element: usize, start: usize, is_folded: bool) {
        self.positions.push(Position { part, element: element as u32, start: start as u32, is_folded });
    }

    fn at(&self, position: u32) -> Position {
        self.positions[position as usize]
    }

    /// Where the empty word leads.
    pub(super) fn start(&self) -> State {
        let mut active = Vec::new();
        for (at, position) in self.positions.iter().enumerate() {
            if position.start as usize == at && position.part != Part::Forever {
                self.enter(at as u32, &mut active);
            }
        }
        self.divide(self.reduce(active))
    }

    /// Where one more character leads.
    pub(super) fn step(&self, state: &State, c: char) -> State {
        let lower = lower(c);
        let mut active = Vec::with_capacity(state.len());
        for &position in state.good.iter().chain(&state.bad) {
            self.take(position, c, lower, &mut active);
        }
        self.divide(self.reduce(active))
    }

    fn take(&self, position: u32, c: char, lower: char, active: &mut Vec<u32>) {
        let Position { part, is_folded, .. } = self.at(position);
        match part {
            Part::Forever => active.push(position),
            Part::End => {}
            Part::Step(Step::Literal(literal)) if literal == if is_folded { lower } else { c } => {
                self.enter(position + 1, active);
            }
            Part::Step(Step::Literal(_)) => {}
            Part::Step(Step::One(reach)) if passes(reach, c) => self.enter(position + 1, active),
            Part::Step(Step::Many(reach)) if passes(reach, c) => self.enter(position, active),
            Part::Step(Step::One(_) | Step::Many(_)) => {}
        }
    }

    /// The position and those behind it that need no character.
    fn enter(&self, mut position: u32, active: &mut Vec<u32>) {
        loop {
            active.push(position);
            match self.at(position).part {
                Part::Step(Step::Many(reach)) => {
                    position += 1;
                    if reach == Reach::Anything && self.at(position).part == Part::End {
                        active.push(self.forever[self.at(position).element as usize]);
                    }
                }
                _ => return,
            }
        }
    }

    /// Leaves out what others stand for: in one pattern all before the last `*` that was reached, and
    /// all of an element that matches whatever follows.
    fn reduce(&self, mut active: Vec<u32>) -> Vec<u32> {
        active.sort_unstable();
        active.dedup();
        let mut kept = Vec::with_capacity(active.len());
        let mut passed = u32::MAX..u32::MAX;
        for &position in active.iter().rev() {
            if passed.contains(&position) {
                continue;
            }
            let Position { part, start, element, .. } = self.at(position);
            match part {
                Part::Step(Step::Many(_)) => passed = start..position,
                Part::Forever => {
                    while kept.last().is_some_and(|&last| self.at(last).element == element) {
                        kept.pop();
                    }
                }
                _ => {}
            }
            kept.push(position);
        }
        kept.reverse();
        kept
    }

    fn divide(&self, active: Vec<u32>) -> State {
        let is_good = |&position: &u32| match self.want(position) {
            want @ (Want::Match | Want::Prefer(_)) => want.is_good(),
            Want::Tell(_) => true,
            Want::Miss | Want::Avoid(_) => false,
        };
        let (good, bad) = active.into_iter().partition(is_good);
        State { good, bad }
    }

    fn want(&self, position: u32) -> Want {
        self.elements[self.at(position).element as usize]
    }

    /// Whether whatever `other` can still become, `bad` positions in mind, `state` can become too.
    pub(super) fn covers(&self, bad: &[u32], other: &[u32]) -> bool {
        let has = |position: u32| other.binary_search(&position).is_ok();
        bad.iter().all(|&it| has(it) || has(self.forever[self.at(it).element as usize]))
    }

    /// The characters worth a step: those that a wanted pattern waits for, a colon where it ends a
    /// field, and one that nothing waits for.
    pub(super) fn symbols(&self, state: &State) -> Vec<char> {
        let mut symbols = Vec::new();
        state.good.iter().for_each(|&position| self.waits_for(position, &mut symbols));
        let mut avoidable = Vec::new();
        state.bad.iter().for_each(|&position| self.waits_for(position, &mut avoidable));
        let is_waited_for = |c: &char| {
            let c = lower(*c);
            symbols.iter().chain(&avoidable).any(|&waited| lower(waited) == c)
        };
        match OTHERS.chars().chain('\u{C0}'..='\u{FF}').find(|c| !is_waited_for(c)) {
            Some(other) => symbols.push(other),
            None => symbols.append(&mut avoidable),
        }
        let is_in_field = |&position: &u32| {
            matches!(self.at(position).part, Part::Step(Step::One(Reach::Field) | Step::Many(Reach::Field)))
        };
        if state.good.iter().chain(&state.bad).any(is_in_field) {
            symbols.push(':');
        }
        symbols.sort_unstable();
        symbols.dedup();
        symbols
    }

    fn waits_for(&self, position: u32, symbols: &mut Vec<char>) {
        let Position { part: Part::Step(Step::Literal(c)), is_folded, .. } = self.at(position) else {
            return;
        };
        symbols.push(c);
        if is_folded {
            symbols.extend(c.to_uppercase());
        }
    }

    /// Whether no further character can lead to a match.
    pub(super) fn is_dead(&self, state: &State) -> bool {
        let mut alive = state.good.iter().map(|&position| self.at(position).element).peekable();
        let wanted = |(_, want): &(usize, &Want)| **want == Want::Match;
        let mut wanted = self.elements.iter().enumerate().filter(wanted);
        let is_lost = wanted.any(|(element, _)| {
            while alive.next_if(|&it| (it as usize) < element).is_some() {}
            alive.peek() != Some(&(element as u32))
        });
        is_lost
            || state
                .bad
                .iter()
                .any(|&position| self.at(position).part == Part::Forever && self.want(position) == Want::Miss)
    }

    /// What the word that led here hits, if it matches what has to match and misses what must not.
    pub(super) fn accept(&self, state: &State) -> Option<Hits> {
        let matched = self.ended(state, |part| matches!(part, Part::End | Part::Forever));
        let hits = self.elements.iter().zip(&matched).map(|(want, &matched)| match want {
            Want::Match => matched.then_some(None),
            Want::Miss => (!matched).then_some(None),
            Want::Avoid(tag) | Want::Tell(tag) => Some(matched.then_some(*tag)),
            Want::Prefer(tag) => Some((!matched).then_some(*tag)),
        });
        hits.collect::<Option<Vec<_>>>().map(sorted)
    }

    /// What every word that begins with the one that led here hits.
    pub(super) fn certain(&self, state: &State) -> Hits {
        let forever = self.ended(state, |part| part == Part::Forever);
        let alive = self.ended(state, |_| true);
        let hits = self.elements.iter().zip(forever).zip(alive).map(|((want, forever), alive)| match want {
            Want::Avoid(tag) => forever.then_some(*tag),
            Want::Prefer(tag) => (!alive).then_some(*tag),
            Want::Match | Want::Miss | Want::Tell(_) => None,
        });
        sorted(hits.collect())
    }

    /// For each element whether one of its active positions is such a part.
    fn ended(&self, state: &State, is_such: impl Fn(Part) -> bool) -> Vec<bool> {
        let mut ended = vec![false; self.elements.len()];
        for &position in state.good.iter().chain(&state.bad) {
            let Position { part, element, .. } = self.at(position);
            ended[element as usize] |= is_such(part);
        }
        ended
    }

    /// What a word hits, if it is accepted.
    pub(super) fn run(&self, word: &str) -> Option<Hits> {
        let mut state = self.start();
        for c in word.chars() {
            state = self.step(&state, c);
        }
        self.accept(&state)
    }
}

/// What stands for any other character, the most readable first; never a colon, a wildcard or what
/// begins a variable.
const OTHERS: &str =
    "xyzabcdefghijklmnopqrstuvwXYZABCDEFGHIJKLMNOPQRSTUVW0123456789-_./+=,@~#!%&'();<>[]^`| \"\\";

fn sorted(hits: Vec<Option<u32>>) -> Hits {
    let mut hits: Hits = hits.into_iter().flatten().collect();
    hits.sort_unstable();
    hits.dedup();
    hits
}

fn passes(reach: Reach, c: char) -> bool {
    reach == Reach::Anything || c != ':'
}

/// One character in lower case, as folded patterns want it.
pub(super) fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}
