//! What is not plainly the same on both sides of a comparison. What is, pattern by pattern, needs no search.

use std::collections::BTreeSet;

use iamc_model::declaration::Effect;
use iamc_model::grants::Patterns;

use super::budget::Budget;
use crate::context::Context;
use crate::glob::Glob;
use crate::statement::Statement;

/// What may be gained by.
pub(super) struct Changed {
    /// Allows of the side after, with their index, reduced to the actions that are not plainly allowed
    /// before.
    pub(super) allows: Vec<(usize, Statement)>,
    /// Denies of the side before that are not plainly there after, by their index.
    pub(super) denies: BTreeSet<usize>,
    /// The parts of those that are not there after.
    undenied: Vec<Statement>,
}

impl Changed {
    /// What the side after has beyond the side before; where it is too much to look at, all of it.
    pub(super) fn new([old, new]: [&[&Statement]; 2], contexts: &[Context; 2], budget: &Budget<'_>) -> Self {
        let beyond = |statements: &[&Statement], others: &[&Statement], effect| {
            let others =
                others.iter().filter(|other| other.effect() == effect).map(|it| Listed::new(it)).collect();
            let others = Others { statements: others, contexts, budget };
            let statements = statements.iter().enumerate().filter(|(_, it)| it.effect() == effect);
            statements.filter_map(|(at, it)| Some((at, others.leave(it)?))).collect::<Vec<_>>()
        };
        let (denies, undenied) = beyond(old, new, Effect::Deny).into_iter().unzip();
        Self { allows: beyond(new, old, Effect::Allow), denies, undenied }
    }

    /// Whether a statement may have a part in a gain.
    pub(super) fn may_concern(&self, statement: &Statement) -> bool {
        let mut changed = self.allows.iter().map(|(_, allow)| allow).chain(&self.undenied);
        changed.any(|changed| changed.may_share_action(statement))
    }
}

/// The statements of the other side.
struct Others<'a> {
    statements: Vec<Listed<'a>>,
    contexts: &'a [Context; 2],
    budget: &'a Budget<'a>,
}

impl Others<'_> {
    /// The statement with the actions that no other plainly has on the same resources and under no more
    /// conditions; none where there are no such.
    fn leave(&self, statement: &Statement) -> Option<Statement> {
        if !self.is_known_alike(statement) {
            return Some(statement.clone());
        }
        let others = self.with_no_more_conditions(statement);
        if others.iter().any(|other| other.is_on_the_same(statement)) {
            return None;
        }
        let Patterns { negated, patterns } = statement.actions();
        if *negated || statement.resources().negated || !self.budget.spend(cost(statement, &others)) {
            return Some(statement.clone());
        }
        let resources = statement.resources().patterns.iter();
        let having: Vec<Vec<&Listed<'_>>> = resources
            .map(|resource| others.iter().copied().filter(|other| other.has_resource(resource)).collect())
            .collect();
        let is_named =
            |action: &Glob| having.iter().all(|others| others.iter().any(|it| it.has_action(action)));
        let globs = patterns.iter().zip(statement.action_globs());
        let patterns: Vec<String> =
            globs.filter(|(_, glob)| !is_named(glob)).map(|(written, _)| written.clone()).collect();
        (!patterns.is_empty()).then(|| {
            let actions = Patterns { negated: false, patterns };
            let (resources, conditions) = (statement.resources().clone(), statement.conditions().clone());
            Statement::new(statement.effect(), actions, resources, conditions)
        })
    }

    /// Whether the same is known, on both sides, of what the statement depends on.
    fn is_known_alike(&self, statement: &Statement) -> bool {
        let [before, after] = self.contexts;
        before == after || statement.keys().iter().all(|key| before.get(key) == after.get(key))
    }

    fn with_no_more_conditions(&self, statement: &Statement) -> Vec<&Listed<'_>> {
        let others = self.statements.iter();
        let others = others.filter(|other| other.statement.services().may_meet(statement.services()));
        others.filter(|other| has_no_more_conditions(other.statement, statement)).collect()
    }
}

fn has_no_more_conditions(statement: &Statement, than: &Statement) -> bool {
    statement.conditions().iter().all(|(operator, keys)| {
        let others = than.conditions().get(operator);
        keys.iter().all(|(key, values)| others.and_then(|keys| keys.get(key)) == Some(values))
    })
}

/// What it costs to look for each resource, and each action on it, in each of the others.
fn cost(statement: &Statement, others: &[&Listed<'_>]) -> usize {
    let (actions, resources) = (statement.action_globs().len(), statement.resources().patterns.len());
    let wildcards = |other: &Listed<'_>| actions * (1 + other.wildcards.len());
    let listed = others.iter().map(|other| other.statement.resources().patterns.len() + wildcards(other));
    1 + resources * listed.sum::<usize>() / COMPARED
}

/// So many patterns are compared in the time of a step.
const COMPARED: usize = 16;

/// A statement with its actions in order.
struct Listed<'s> {
    statement: &'s Statement,
    words: BTreeSet<&'s Glob>,
    wildcards: Vec<&'s Glob>,
}

impl<'s> Listed<'s> {
    fn new(statement: &'s Statement) -> Self {
        let (words, wildcards): (Vec<_>, Vec<_>) =
            statement.action_globs().iter().partition(|glob| glob.is_literal());
        Self { statement, words: words.into_iter().collect(), wildcards }
    }

    fn is_on_the_same(&self, other: &Statement) -> bool {
        self.statement.actions() == other.actions() && self.statement.resources() == other.resources()
    }

    /// Whether it plainly lists a resource, as it is written.
    fn has_resource(&self, resource: &String) -> bool {
        let is_listed = !self.statement.actions().negated && !self.statement.resources().negated;
        let mut patterns = self.statement.resources().patterns.iter();
        is_listed && patterns.any(|pattern| pattern == resource || pattern == "*")
    }

    /// Whether it plainly lists an action.
    fn has_action(&self, action: &Glob) -> bool {
        self.words.contains(action) || self.wildcards.iter().any(|pattern| pattern.covers(action))
    }
}
