//! Classes of actions: those that the same statements name.

use super::automaton::{Automaton, Element, Hits, Want};
use super::budget::Budget;
use super::place::Place;
use super::search::{End, Visitor, search};
use super::space::{List, Space};

/// How the search for an action ended.
pub(super) enum Class {
    /// This one, in lower case, is such.
    Found(String),
    None,
    OverBudget,
}

/// An action that is such, where one that fewer of `helping` and more of `hindering` name is such even
/// more.
pub(super) fn worst_action(
    space: &Space<'_>,
    place: &Place,
    [helping, hindering]: [&[usize]; 2],
    budget: &Budget<'_>,
    is_such: impl FnMut(&str) -> bool,
) -> Class {
    let patterns = place.actions.iter().collect();
    let mut elements = vec![Element { patterns, want: Want::Match }];
    let form = place.form.as_ref();
    elements.extend(form.map(|form| Element { patterns: vec![form], want: Want::Match }));
    elements.extend(helping.iter().map(|&at| element(&space.statements[at].actions, at, true)));
    elements.extend(hindering.iter().map(|&at| element(&space.statements[at].actions, at, false)));
    let mut worst = Worst { is_such, others: vec![], found: None };
    let end = search(&Automaton::new(&elements), budget, &mut worst);
    match worst.found {
        Some(action) => Class::Found(action),
        None if end == End::OverBudget => Class::OverBudget,
        None => Class::None,
    }
}

fn element(list: &List, tag: usize, is_better_missed: bool) -> Element<'_> {
    let tag = tag as u32;
    let want = if is_better_missed == list.is_negated { Want::Prefer(tag) } else { Want::Avoid(tag) };
    Element { patterns: list.patterns.iter().collect(), want }
}

struct Worst<F> {
    is_such: F,
    /// What actions that are not such hit.
    others: Vec<Hits>,
    found: Option<String>,
}

impl<F: FnMut(&str) -> bool> Visitor for Worst<F> {
    fn visit(&mut self, hits: &Hits, word: &dyn Fn() -> String) -> bool {
        if self.is_hopeless(hits) {
            return false;
        }
        let word = word();
        match (self.is_such)(&word) {
            true => self.found = Some(word),
            false => self.others.push(hits.clone()),
        }
        self.found.is_some()
    }

    fn is_hopeless(&self, hits: &Hits) -> bool {
        self.others.iter().any(|other| other.iter().all(|it| hits.binary_search(it).is_ok()))
    }
}
