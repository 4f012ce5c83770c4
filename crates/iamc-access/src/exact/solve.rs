//! One question: actions first, then the resources of each class of actions, then the conditions of each
//! class of those. Of every class only what hits the fewest negatives is looked at.

use super::automaton::{Automaton, Element, Hits};
use super::bits::Bits;
use super::budget::Budget;
use super::conditions::{Choice, Condition, choose};
use super::elements::{drivers, only, region, unwanted, wanted};
use super::pattern::Pattern;
use super::place::Place;
use super::search::{End, Visitor, search};
use super::space::{List, Manner, Read, Space};

/// A statement of a [`Space`], as it is read.
pub(super) type Term = (usize, Manner);

/// Statements that have to match and statements that must not.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    pub(super) positives: Vec<Term>,
    pub(super) negatives: Vec<Term>,
    /// Whether the positives have to match and the negatives to miss with all values of the free keys,
    /// not with some.
    pub(super) for_all_values: bool,
    /// Variables of whose values nothing is held to be known: a positive may hold and a negative fail.
    pub(super) ignored: Vec<usize>,
}

/// How a question ended.
#[derive(Debug)]
pub(super) enum Solved {
    /// There is a request.
    Found(Box<Found>),
    /// There is none.
    None,
    /// It was too long.
    OverBudget,
}

/// A request, as short as there is one, and what it has to keep to.
#[derive(Debug)]
pub(super) struct Found {
    /// In lower case.
    pub(super) action: Word,
    pub(super) resource: Word,
    /// For each free key that matters, the class of its values.
    pub(super) classes: Vec<(usize, usize)>,
}

/// A word that was found.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// A word that is accepted, and hits no more than this, would do as well.
    pub(super) hits: Hits,
    pub(super) automaton: Automaton,
}

impl Word {
    /// Whether another word would do as well.
    pub(super) fn may_be(&self, other: &str) -> bool {
        self.automaton.run(other).is_some_and(|hits| is_subset(&hits, &self.hits))
    }
}

/// Answers a question.
pub(super) fn solve(space: &Space<'_>, query: &Query, place: &Place, budget: &Budget<'_>) -> Solved {
    if !budget.spend(1 + query.negatives.len()) {
        return Solved::OverBudget;
    }
    let Some(mut solver) = Solver::new(space, query, place, budget) else { return Solved::None };
    solver.actions();
    match solver.found {
        Some(found) => Solved::Found(Box::new(found)),
        None if solver.is_cut => Solved::OverBudget,
        None => Solved::None,
    }
}

/// So many patterns are compared, as far as their first wildcard, in the time of a step.
const COMPARED: usize = 16;

struct Solver<'s> {
    place: &'s Place,
    budget: &'s Budget<'s>,
    positives: Vec<Party<'s>>,
    negatives: Vec<Party<'s>>,
    /// The classes for which the conditions of the positives hold.
    domains: Vec<Bits>,
    /// Hits whose conditions cannot all fail.
    contradictions: Vec<Hits>,
    found: Option<Found>,
    /// Whether a part of the search was too long.
    is_cut: bool,
}

/// A statement that takes part.
struct Party<'s> {
    actions: &'s List,
    read: &'s Read,
    /// Of a negative: whether its conditions hold wherever those of the positives do.
    is_implied: bool,
}

impl<'s> Solver<'s> {
    /// None where it is plain that there is no such request.
    fn new(space: &'s Space<'_>, query: &Query, place: &'s Place, budget: &'s Budget<'s>) -> Option<Self> {
        let party = |&(statement, manner): &Term| {
            let prepared = &space.statements[statement];
            let read = prepared.read(manner)?;
            Some(Party { actions: &prepared.actions, read, is_implied: false })
        };
        let positives: Vec<Party<'s>> = query.positives.iter().map(party).collect::<Option<_>>()?;
        let mut domains = space.everything.clone();
        let is_ignored = |(variable, _): &Condition| query.ignored.contains(variable);
        let conditions = positives.iter().flat_map(|party| &party.read.conditions);
        for (variable, holds) in conditions.filter(|condition| !is_ignored(condition)) {
            domains[*variable].keep(holds);
        }
        if domains.iter().any(Bits::is_empty) {
            return None;
        }
        let mut negatives: Vec<Party<'s>> =
            query.negatives.iter().filter(|it| space.may_meet(query, it)).filter_map(party).collect();
        let may_hold = |it: &Condition| domains[it.0].meets(&it.1) && !is_ignored(it);
        negatives.retain(|party| party.read.conditions.iter().all(may_hold));
        for party in &mut negatives {
            let mut conditions = party.read.conditions.iter();
            party.is_implied =
                query.for_all_values || conditions.all(|(at, holds)| domains[*at].is_within(holds));
        }
        if query.for_all_values && domains != space.everything {
            return None;
        }
        let solver = Self {
            place,
            budget,
            positives,
            negatives,
            domains,
            contradictions: vec![],
            found: None,
            is_cut: false,
        };
        Some(solver)
    }

    /// Looks at every class of actions, until one will do.
    fn actions(&mut self) {
        let (budget, place) = (self.budget, self.place);
        let lists: Vec<_> = self.positives.iter().map(|party| party.actions).collect();
        let mut failed = Vec::new();
        for driver in drivers(&lists, &place.actions) {
            let Some(elements) = self.action_elements(driver) else { continue };
            let automaton = Automaton::new(&elements);
            let mut visitor = Actions { solver: self, failed: &mut failed, automaton: &automaton };
            let end = visit(&automaton, driver, budget, &mut visitor);
            self.is_cut |= end == End::OverBudget;
            if end == End::Found || self.budget.is_spent() {
                return;
            }
        }
    }

    fn action_elements(&self, driver: &'s Pattern) -> Option<Vec<Element<'s>>> {
        let mut elements = vec![only(driver)];
        elements.extend(region(&self.place.actions, driver)?);
        elements.extend(self.place.form.as_ref().map(only));
        for party in &self.positives {
            elements.extend(wanted(party.actions, driver)?);
        }
        for (tag, party) in self.negatives.iter().enumerate() {
            self.budget.spend(party.actions.patterns.len() / COMPARED);
            let is_final = party.is_implied && party.read.resources.is_everything();
            elements.extend(unwanted(party.actions, driver, is_final, tag)?);
        }
        Some(elements)
    }

    /// Looks at every class of resources, for actions that these negatives have, until one will do.
    fn resources(&mut self, hit: &Hits) -> Option<(Word, Vec<Bits>)> {
        let (budget, place) = (self.budget, self.place);
        let lists: Vec<_> = self.positives.iter().map(|party| &party.read.resources).collect();
        for driver in drivers(&lists, &place.resources) {
            let Some(elements) = self.resource_elements(driver, hit) else { continue };
            let automaton = Automaton::new(&elements);
            let mut visitor = Resources { solver: self, found: None };
            let end = visit(&automaton, driver, budget, &mut visitor);
            if let Some((text, hits, domains)) = visitor.found {
                return Some((Word { text, hits, automaton }, domains));
            }
            self.is_cut |= end == End::OverBudget;
        }
        None
    }

    fn resource_elements(&self, driver: &'s Pattern, hit: &Hits) -> Option<Vec<Element<'s>>> {
        let mut elements = vec![only(driver)];
        elements.extend(region(&self.place.resources, driver)?);
        for party in &self.positives {
            elements.extend(wanted(&party.read.resources, driver)?);
        }
        for &tag in hit {
            let party = &self.negatives[tag as usize];
            self.budget.spend(party.read.resources.patterns.len() / COMPARED);
            elements.extend(unwanted(&party.read.resources, driver, party.is_implied, tag as usize)?);
        }
        Some(elements)
    }

    /// Values with which the positives' conditions hold and none of these negatives' do.
    fn values(&mut self, hits: &Hits) -> Option<Vec<Bits>> {
        let negatives: Vec<&[Condition]> =
            hits.iter().map(|&tag| self.negatives[tag as usize].read.conditions.as_slice()).collect();
        match choose(self.domains.clone(), &negatives, self.budget) {
            Choice::Made(domains) => return Some(domains),
            Choice::None => self.contradictions.push(hits.clone()),
            Choice::OverBudget => self.is_cut = true,
        }
        None
    }

    /// The variables on which the request depends, with a class of values for each.
    fn classes(&self, hits: &Hits, domains: &[Bits]) -> Vec<(usize, usize)> {
        let hit = hits.iter().map(|&tag| &self.negatives[tag as usize]);
        let conditions = self.positives.iter().chain(hit).flat_map(|party| &party.read.conditions);
        let mut variables: Vec<usize> = conditions.map(|&(variable, _)| variable).collect();
        variables.sort_unstable();
        variables.dedup();
        let class = |variable: usize| Some((variable, domains[variable].first()?));
        variables.into_iter().filter_map(class).collect()
    }
}

struct Actions<'v, 's> {
    solver: &'v mut Solver<'s>,
    /// Negatives of actions of which no resource would do.
    failed: &'v mut Vec<Hits>,
    automaton: &'v Automaton,
}

impl Visitor for Actions<'_, '_> {
    fn visit(&mut self, hits: &Hits, word: &dyn Fn() -> String) -> bool {
        if self.is_hopeless(hits) {
            return false;
        }
        let Some((resource, domains)) = self.solver.resources(hits) else {
            self.failed.push(hits.clone());
            return false;
        };
        let classes = self.solver.classes(&resource.hits, &domains);
        let automaton = self.automaton.clone();
        let action = Word { text: word(), hits: hits.clone(), automaton };
        self.solver.found = Some(Found { action, resource, classes });
        true
    }

    fn is_hopeless(&self, hits: &Hits) -> bool {
        self.failed.iter().any(|failed| is_subset(failed, hits))
    }
}

struct Resources<'v, 's> {
    solver: &'v mut Solver<'s>,
    found: Option<(String, Hits, Vec<Bits>)>,
}

impl Visitor for Resources<'_, '_> {
    fn visit(&mut self, hits: &Hits, word: &dyn Fn() -> String) -> bool {
        if self.is_hopeless(hits) {
            return false;
        }
        let values = self.solver.values(hits);
        self.found = values.map(|domains| (word(), hits.clone(), domains));
        self.found.is_some()
    }

    fn is_hopeless(&self, hits: &Hits) -> bool {
        self.solver.contradictions.iter().any(|failed| is_subset(failed, hits))
    }
}

/// Shows the visitor the words of an automaton that follows a pattern.
fn visit(automaton: &Automaton, driver: &Pattern, budget: &Budget<'_>, visitor: &mut impl Visitor) -> End {
    let Some(word) = driver.literal() else { return search(automaton, budget, visitor) };
    match automaton.run(word) {
        Some(hits) if visitor.visit(&hits, &|| word.to_owned()) => End::Found,
        _ => End::Exhausted,
    }
}

/// Whether all of `a`, sorted, are in `b`, sorted.
fn is_subset(a: &Hits, b: &Hits) -> bool {
    a.iter().all(|it| b.binary_search(it).is_ok())
}
