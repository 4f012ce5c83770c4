//! What one set of statements allows that another does not.
//!
//! A request is gained where an Allow that is new matches it, and no Deny of the new side and no Allow of
//! the old; or where a Deny of the old side that is gone denied it. What stands on both sides, pattern by
//! pattern, needs no search.

use iamc_model::declaration::Effect;
use iamc_model::grants::Patterns;

use super::domain;
use super::find::{Inquiry, Setting, holds};
use super::question::{ActionNames, Answer, Caps, Reading, Region, Witness};
use super::solve::{Query, Term};
use super::space::Given;
use crate::context::Context;
use crate::decide::Permissions;
use crate::glob::Glob;
use crate::judge::judge;
use crate::statement::Statement;
use crate::target::Target;

/// What a principal has on one side of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its statements.
    pub permissions: Permissions<'a>,
    /// What is known there: the principal's own keys, above all.
    pub context: &'a Context,
}

/// What is gained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gains {
    /// One for each Allow that is the cause of a gain, then one for each Deny with each Allow behind it.
    pub gains: Vec<Gain>,
    /// Why there may be more; in words. Without gains and doubts there is none.
    pub doubts: Vec<String>,
}

/// A request that is allowed after and not before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// The statement that is behind it.
    pub cause: Cause,
    /// The request.
    pub witness: Witness,
}

/// Why something is gained. Statements are counted as their side gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// This Allow of the side after allows it.
    Allow(usize),
    /// This Deny of the side before no longer denies it, and this Allow of the side after allows it.
    Undenied {
        /// Of the side before.
        deny: usize,
        /// Of the side after.
        allow: usize,
    },
}

/// What is allowed `after` and not `before`. What is lost is what is gained with the sides exchanged.
/// AWS's text is read alike on both sides, in either of its readings.
pub fn gains(before: Side<'_>, after: Side<'_>, caps: Caps, names: &dyn ActionNames) -> Gains {
    gains_within(
        &Region { action: "*", resources: vec!["*"], context: after.context },
        before,
        after,
        caps,
        names,
    )
}

/// [`gains`] among the requests of a region. What is known of the context is what the sides know.
pub fn gains_within(
    region: &Region<'_>,
    before: Side<'_>,
    after: Side<'_>,
    caps: Caps,
    names: &dyn ActionNames,
) -> Gains {
    let contexts = [before, after].map(|side| domain::complete(side.context));
    let [old, new] = [before, after].map(|side| side.permissions.statements);
    let changed = Changed::new([old, new], &contexts);
    let of = |statement, side: usize| Given { statement, context: &contexts[side] };
    let given =
        old.iter().map(|statement| of(statement, 0)).chain(new.iter().map(|statement| of(statement, 1)));
    let given = given.chain(changed.allows.iter().map(|(_, statement)| of(statement, 1)));
    let region = Region { context: &contexts[1], ..region.clone() };
    let setting = Setting { region: &region, names, caps };
    let inquiry = Inquiry::new(given, setting);
    let is_open = inquiry.space.statements.iter().any(|statement| statement.is_open);
    let comparison = Comparison { inquiry, is_open, sides: [old, new], contexts: &contexts };
    let mut gains = comparison.gains(&changed);
    if after.permissions.unknown_documents {
        gains.doubts.push("policies are attached whose documents are not known".to_owned());
    }
    gains
}

/// What is not plainly the same on both sides.
struct Changed {
    /// Allows of the side after, with their index, reduced to the actions that are not plainly allowed
    /// before.
    allows: Vec<(usize, Statement)>,
    /// Denies of the side before that are not plainly there after, by their index.
    denies: Vec<usize>,
}

impl Changed {
    fn new([old, new]: [&[&Statement]; 2], contexts: &[Context; 2]) -> Self {
        let of = |statements: &[&Statement], effect| -> Vec<(usize, Statement)> {
            let statements =
                statements.iter().enumerate().filter(|(_, statement)| statement.effect() == effect);
            statements.map(|(at, &statement)| (at, statement.clone())).collect()
        };
        let rest =
            |statement: &Statement, others: &[(usize, Statement)]| uncovered(statement, others, contexts);
        let (old_allows, new_denies) = (of(old, Effect::Allow), of(new, Effect::Deny));
        let allows = of(new, Effect::Allow).into_iter();
        let denies = of(old, Effect::Deny).into_iter();
        Self {
            allows: allows.filter_map(|(at, allow)| Some((at, rest(&allow, &old_allows)?))).collect(),
            denies: denies.filter(|(_, deny)| rest(deny, &new_denies).is_some()).map(|(at, _)| at).collect(),
        }
    }
}

/// The statement with the actions that no other plainly has on the same resources and under no more
/// conditions; none where there are no such.
fn uncovered(
    statement: &Statement,
    others: &[(usize, Statement)],
    contexts: &[Context; 2],
) -> Option<Statement> {
    let is_same_key = |key: &String| contexts[0].get(key) == contexts[1].get(key);
    if !statement.keys().iter().all(is_same_key) {
        return Some(statement.clone());
    }
    let others: Vec<&Statement> = others
        .iter()
        .map(|(_, other)| other)
        .filter(|other| other.services().may_meet(statement.services()))
        .filter(|other| has_no_more_conditions(other, statement))
        .collect();
    if others
        .iter()
        .any(|other| other.actions() == statement.actions() && other.resources() == statement.resources())
    {
        return None;
    }
    let Patterns { negated, patterns } = statement.actions();
    if *negated || statement.resources().negated {
        return Some(statement.clone());
    }
    let globs = patterns.iter().zip(statement.action_globs());
    let is_uncovered = |glob: &Glob| {
        let mut resources = statement.resources().patterns.iter();
        !resources.all(|resource| others.iter().any(|other| names(other, glob, resource)))
    };
    let patterns: Vec<String> =
        globs.filter(|(_, glob)| is_uncovered(glob)).map(|(written, _)| written.clone()).collect();
    let actions = Patterns { negated: false, patterns };
    (!actions.patterns.is_empty()).then(|| {
        let (resources, conditions) = (statement.resources().clone(), statement.conditions().clone());
        Statement::new(statement.effect(), actions, resources, conditions)
    })
}

fn has_no_more_conditions(statement: &Statement, than: &Statement) -> bool {
    statement.conditions().iter().all(|(operator, keys)| {
        let others = than.conditions().get(operator);
        keys.iter().all(|(key, values)| others.and_then(|keys| keys.get(key)) == Some(values))
    })
}

/// Whether the statement plainly has these actions on this resource, as it is written.
fn names(statement: &Statement, action: &Glob, resource: &String) -> bool {
    let is_listed = !statement.actions().negated && !statement.resources().negated;
    is_listed
        && statement.action_globs().iter().any(|glob| glob.covers(action))
        && statement.resources().patterns.iter().any(|pattern| pattern == resource || pattern == "*")
}

struct Comparison<'a> {
    /// The statements of the side before, of the side after, and the reduced Allows.
    inquiry: Inquiry<'a>,
    /// Whether some of them rest on variables that are not known.
    is_open: bool,
    sides: [&'a [&'a Statement]; 2],
    contexts: &'a [Context; 2],
}

impl Comparison<'_> {
    fn gains(&self, changed: &Changed) -> Gains {
        let [old, new] = self.sides;
        let reduced = |index: usize| old.len() + new.len() + index;
        let indices = |side: usize, effect| {
            let statements = self.sides[side].iter().enumerate();
            statements.filter(move |(_, it)| it.effect() == effect).map(|(at, _)| at)
        };
        let denies: Vec<usize> = indices(1, Effect::Deny).map(|at| old.len() + at).collect();
        let negatives: Vec<usize> = denies.iter().copied().chain(indices(0, Effect::Allow)).collect();
        let mut gains = Gains { gains: vec![], doubts: vec![] };
        for (index, &(allow, _)) in changed.allows.iter().enumerate() {
            gains.add(Cause::Allow(allow), self.ask(&[reduced(index)], &negatives));
        }
        for &deny in &changed.denies {
            for allow in indices(1, Effect::Allow) {
                gains.add(Cause::Undenied { deny, allow }, self.ask(&[old.len() + allow, deny], &denies));
            }
        }
        gains.doubts.sort_unstable();
        gains.doubts.dedup();
        gains
    }

    /// A request that all of the positives match and none of the negatives, in either reading of AWS's
    /// text.
    fn ask(&self, positives: &[usize], negatives: &[usize]) -> Answer {
        match self.ask_in(Reading::Wide, positives, negatives) {
            Answer::None => self.ask_in(Reading::Narrow, positives, negatives),
            answer => answer,
        }
    }

    /// What rests on variables that are not known is taken to match where it has to, and to miss where it
    /// must not.
    fn ask_in(&self, reading: Reading, positives: &[usize], negatives: &[usize]) -> Answer {
        let terms = |list: &[usize], if_open| -> Vec<Term> {
            let reading =
                |at: usize| if self.inquiry.space.statements[at].is_open { if_open } else { reading };
            list.iter().map(|&at| (at, reading(at))).collect()
        };
        let (positives, negatives) = (terms(positives, Reading::Wide), terms(negatives, Reading::Narrow));
        match self.inquiry.ask(&Query { positives, negatives, ..Query::default() }) {
            Answer::Witness(witness) if self.is_open && !self.is_gained(&witness) => {
                Answer::Unknown("it depends on policy variables whose values are not known".to_owned())
            }
            answer => answer,
        }
    }

    /// Whether a request is allowed after and not before, in one reading.
    fn is_gained(&self, witness: &Witness) -> bool {
        [Reading::Wide, Reading::Narrow].iter().any(|&reading| {
            let [before, after] = [0, 1].map(|side| self.is_allowed(side, witness, reading));
            after && !before
        })
    }

    fn is_allowed(&self, side: usize, witness: &Witness, reading: Reading) -> bool {
        let mut context = witness.context.clone();
        context.extend(&self.contexts[side]);
        domain::settle(&mut context);
        let resource = Some(Glob::literal(&witness.resource));
        let target = Target { resource, ..Target::new(&witness.action, None) };
        let matches = |effect| {
            let mut statements = self.sides[side].iter().filter(|statement| statement.effect() == effect);
            statements.any(|statement| holds(judge(statement, &target, &context), reading))
        };
        matches(Effect::Allow) && !matches(Effect::Deny)
    }
}

impl Gains {
    fn add(&mut self, cause: Cause, answer: Answer) {
        match answer {
            Answer::Witness(witness) => self.gains.push(Gain { cause, witness }),
            Answer::Unknown(doubt) => self.doubts.push(doubt),
            Answer::None => {}
        }
    }
}
