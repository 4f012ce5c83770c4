//! What one set of statements allows that another does not.
//!
//! A request is gained where an Allow that is new matches it, and no Deny of the new side and no Allow of
//! the old; or where a Deny of the old side that is gone denied it. What stands on both sides, pattern by
//! pattern, needs no search.

use std::collections::BTreeSet;

use iamc_model::declaration::Effect;

use super::budget::Budget;
use super::changed::Changed;
use super::domain;
use super::find::{Inquiry, Setting, holds};
use super::question::{ActionNames, Answer, Caps, Reading, Region, Witness};
use super::solve::{Query, Term};
use super::space::{Given, Manner, Prepared};
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
    /// Whether it is gained however AWS's text is read; else one reading gives it and another may not.
    pub is_sure: bool,
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
/// AWS's text is read alike on both sides, in either of its readings; a request that is gained in both is
/// preferred.
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
    let sides = [before, after].map(|side| side.permissions.statements);
    let budget = Budget::new(caps.all_steps);
    let changed = Changed::new(sides, &contexts, &budget);
    let region = Region { context: &contexts[1], ..region.clone() };
    let setting = Setting { region: &region, names, steps: caps.steps, budget: &budget };
    let mut gains = Comparison::new(sides, &contexts, &changed, setting).gains(&changed);
    if after.permissions.unknown_documents {
        gains.doubts.push("policies are attached whose documents are not known".to_owned());
    }
    gains
}

/// What is hard to tell gets its steps once all is told that this part of them tells.
const HARD: u64 = 16;

struct Comparison<'a> {
    /// The statements of the side before, of the side after, and the reduced Allows.
    inquiry: Inquiry<'a>,
    /// Whether some of them rest on variables that are not known.
    is_open: bool,
    /// Whether some of them say more in one reading of AWS's text than in another; what rests on variables
    /// that are not known shows that only once they have values.
    has_doubts: bool,
    /// The statements of each side that may matter, as it counts them.
    sides: [Vec<(usize, &'a Statement)>; 2],
    contexts: &'a [Context; 2],
}

/// Whether a request is gained: one that all of the positives match and none of the negatives.
struct Suspect {
    cause: Cause,
    positives: Vec<usize>,
}

impl<'a> Comparison<'a> {
    fn new(
        sides: [&'a [&'a Statement]; 2],
        contexts: &'a [Context; 2],
        changed: &'a Changed,
        setting: Setting<'a>,
    ) -> Self {
        let sides = sides.map(|statements| {
            let statements = statements.iter().copied().enumerate();
            statements.filter(|(_, statement)| changed.may_concern(statement)).collect::<Vec<_>>()
        });
        let [before, after] = contexts;
        let contexts_of = [before, if before == after { before } else { after }];
        let of = |side: usize| move |statement| Given { statement, context: contexts_of[side] };
        let [old, new] = [0, 1].map(|side| sides[side].iter().map(|&(_, it)| it).map(of(side)));
        let reduced = changed.allows.iter().map(|(_, statement)| statement).map(of(1));
        let inquiry = Inquiry::new(old.chain(new).chain(reduced), setting);
        let is_open = inquiry.space.statements.iter().any(|statement| statement.is_open);
        let has_doubts = inquiry.space.statements.iter().any(Prepared::has_doubts);
        Self { inquiry, is_open, has_doubts, sides, contexts }
    }

    /// Asks of everything that may be the cause of a gain; again, with more steps, of what could not be
    /// told at once, so that what is hard to tell hides nothing else.
    fn gains(&mut self, changed: &Changed) -> Gains {
        let denies: Vec<usize> = self.places(1, Effect::Deny).map(|(place, ..)| place).collect();
        let allows = self.places(0, Effect::Allow).map(|(place, ..)| place);
        let negatives: Vec<usize> = denies.iter().copied().chain(allows).collect();
        let mut suspects = self.suspects(changed);
        let mut gains = Vec::new();
        let mut doubts = BTreeSet::new();
        let steps = self.inquiry.setting.steps;
        for steps in [steps / HARD, steps] {
            self.inquiry.setting.steps = steps;
            doubts.clear();
            suspects.retain(|&Suspect { cause, ref positives }| {
                let negatives = if matches!(cause, Cause::Allow(_)) { &negatives } else { &denies };
                let (answer, is_sure) = self.ask(positives, negatives);
                let is_unknown = matches!(answer, Answer::Unknown(_));
                match answer {
                    Answer::Witness(witness) => gains.push(Gain { cause, witness, is_sure }),
                    Answer::Unknown(doubt) => _ = doubts.insert(doubt),
                    Answer::None => {}
                }
                is_unknown
            });
        }
        gains.sort_by_key(|gain| gain.cause);
        Gains { gains, doubts: doubts.into_iter().collect() }
    }

    fn suspects(&self, changed: &Changed) -> Vec<Suspect> {
        let [old, new] = [0, 1].map(|side| self.sides[side].len());
        let allows = changed.allows.iter().enumerate();
        let mut suspects: Vec<Suspect> = allows
            .map(|(index, &(allow, _))| Suspect {
                cause: Cause::Allow(allow),
                positives: vec![old + new + index],
            })
            .collect();
        let denies = self.places(0, Effect::Deny).filter(|(_, deny, _)| changed.denies.contains(deny));
        for (deny_place, deny, denied) in denies {
            let allows =
                self.places(1, Effect::Allow).filter(|(.., allowing)| allowing.may_share_action(denied));
            suspects.extend(allows.map(|(allow_place, allow, _)| Suspect {
                cause: Cause::Undenied { deny, allow },
                positives: vec![allow_place, deny_place],
            }));
        }
        suspects
    }

    /// The statements of a side: where each stands in the inquiry, and as its side counts it.
    fn places(&self, side: usize, effect: Effect) -> impl Iterator<Item = (usize, usize, &'a Statement)> {
        let first = if side == 0 { 0 } else { self.sides[0].len() };
        let statements = self.sides[side].iter().enumerate();
        let statements = statements.map(move |(at, &(index, statement))| (first + at, index, statement));
        statements.filter(move |(.., statement)| statement.effect() == effect)
    }

    /// A request that all of the positives match and none of the negatives, and whether that is so in all
    /// readings of AWS's text; such a one if there is one.
    fn ask(&self, positives: &[usize], negatives: &[usize]) -> (Answer, bool) {
        let answer = match self.ask_in(View::WIDE, positives, negatives) {
            Answer::None if self.has_doubts => self.ask_in(View::NARROW, positives, negatives),
            answer => answer,
        };
        let Answer::Witness(found) = &answer else { return (answer, false) };
        let is_plain = !self.has_doubts && !self.is_open;
        if is_plain || self.is_gained(found, View::SURE) {
            return (answer, true);
        }
        match self.ask_in(View::SURE, positives, negatives) {
            sure @ Answer::Witness(_) => (sure, true),
            Answer::None | Answer::Unknown(_) => (answer, false),
        }
    }

    /// What rests on variables that are not known is taken to match where it has to, and to miss where it
    /// must not.
    fn ask_in(&self, view: View, positives: &[usize], negatives: &[usize]) -> Answer {
        let terms = |list: &[usize], doubts, variables| -> Vec<Term> {
            list.iter().map(|&at| (at, Manner { doubts, variables })).collect()
        };
        let positives = terms(positives, view.positives, Reading::Wide);
        let negatives = terms(negatives, view.negatives, Reading::Narrow);
        match self.inquiry.ask(&Query { positives, negatives, ..Query::default() }) {
            Answer::Witness(witness) if self.is_open && !self.is_gained_in_some(&witness, view) => {
                Answer::Unknown("it depends on policy variables whose values are not known".to_owned())
            }
            answer => answer,
        }
    }

    /// Whether a request is gained as it was asked for, or in another reading.
    fn is_gained_in_some(&self, witness: &Witness, view: View) -> bool {
        match view {
            View::SURE => self.is_gained(witness, view),
            _ => [View::WIDE, View::NARROW].iter().any(|&view| self.is_gained(witness, view)),
        }
    }

    /// Whether a request is allowed after and not before.
    fn is_gained(&self, witness: &Witness, view: View) -> bool {
        let View { positives, negatives } = view;
        self.is_allowed(1, witness, [positives, negatives])
            && !self.is_allowed(0, witness, [negatives, positives])
    }

    /// Whether one side allows a request, its Allows and its Denies read so.
    fn is_allowed(&self, side: usize, witness: &Witness, [allows, denies]: [Reading; 2]) -> bool {
        let mut context = witness.context.clone();
        context.extend(&self.contexts[side]);
        domain::settle(&mut context);
        let resource = Some(Glob::literal(&witness.resource));
        let target = Target { resource, ..Target::new(&witness.action, None) };
        let matches = |effect, reading| {
            let mut statements = self.places(side, effect);
            statements.any(|(.., statement)| holds(judge(statement, &target, &context), reading))
        };
        matches(Effect::Allow, allows) && !matches(Effect::Deny, denies)
    }
}

/// How statements are read that have to match, and that must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct View {
    positives: Reading,
    negatives: Reading,
}

impl View {
    const WIDE: Self = Self { positives: Reading::Wide, negatives: Reading::Wide };
    const NARROW: Self = Self { positives: Reading::Narrow, negatives: Reading::Narrow };
    /// Whatever the reading, those match, and these do not.
    const SURE: Self = Self { positives: Reading::Narrow, negatives: Reading::Wide };
}
