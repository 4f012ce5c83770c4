//! Whether all that one statement says is said by others.

use std::cell::RefCell;
use std::collections::BTreeMap;

use iamc_access::exact::{Answer, Caps, NoNames, Premise, Question, Reading, Region, Side, find, gains};
use iamc_access::{Context, Permissions, Statement};
use iamc_catalog::covers;
use iamc_model::condition::{BaseOperator, Operator};
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

use super::held::Held;
use super::holdings::Holdings;
use crate::pattern;

/// Steps for one question; beyond them nothing is covered.
const CAPS: Caps = Caps { steps: 200_000, ..Caps::DEFAULT };

/// Answers each question once.
pub(super) struct Cover<'h, 'a> {
    statements: &'h [Held<'a>],
    known: RefCell<BTreeMap<(Vec<usize>, usize), bool>>,
}

impl<'h, 'a> Cover<'h, 'a> {
    pub(super) fn new(holdings: &'h Holdings<'a>) -> Self {
        Self { statements: &holdings.statements, known: RefCell::default() }
    }

    /// Whether every request that the narrow one matches is matched by one of the wide ones, whatever
    /// their effects are. In doubt it is not.
    pub(super) fn covers(&self, wide: &[usize], narrow: usize) -> bool {
        let key = (wide.to_vec(), narrow);
        if let Some(&known) = self.known.borrow().get(&key) {
            return known;
        }
        let wide: Vec<&Held<'_>> = wide.iter().map(|&at| &self.statements[at]).collect();
        let covers = is_covered(&wide, &self.statements[narrow]);
        self.known.borrow_mut().insert(key, covers);
        covers
    }

    /// Whether Denies leave nothing of an Allow. ARNs are compared field by field, as real ones are, where
    /// the Allow's can be.
    pub(super) fn cancels(&self, denies: &[usize], allow: usize) -> bool {
        let held = &self.statements[allow];
        if !has_fields(held) {
            return self.covers(denies, allow);
        }
        let by_field = |at: usize| {
            let held = &self.statements[at];
            let excepts = held.resources.negated && has_fields(held);
            let reading = if excepts { Reading::Wide } else { Reading::Narrow };
            Premise { statement: held.ready(), reading }
        };
        let context = Context::new();
        let question = Question {
            positives: vec![by_field(allow)],
            negatives: denies.iter().map(|&at| by_field(at)).collect(),
            region: Region { action: "*", resources: vec!["*"], context: &context },
            caps: CAPS,
        };
        find(&question, &NoNames) == Answer::None
    }

    /// Whether one covers another; what plainly is not so is not asked.
    pub(super) fn covers_one(&self, wide: usize, narrow: usize) -> bool {
        may_cover(&self.statements[wide], &self.statements[narrow]) && self.covers(&[wide], narrow)
    }

    /// Whether a statement can have a part in covering another.
    pub(super) fn may_help(&self, wide: usize, narrow: usize) -> bool {
        let [wide, narrow] = [wide, narrow].map(|at| &self.statements[at]);
        let first = &narrow.actions.patterns[0];
        has_no_other_keys(wide.conditions, narrow.conditions)
            && (narrow.actions.negated || wide.ready().may_concern(first, None))
    }
}

fn is_covered(wide: &[&Held<'_>], narrow: &Held<'_>) -> bool {
    let allow = |held: &Held<'_>| held.with_effect(Effect::Allow);
    let wide: Vec<Statement> = wide.iter().map(|&held| allow(held)).collect();
    let (wide, narrow): (Vec<&Statement>, Statement) = (wide.iter().collect(), allow(narrow));
    let context = Context::new();
    let side = |statements| Side {
        permissions: Permissions { statements, unknown_documents: false },
        context: &context,
    };
    let gained = gains(side(&wide), side(&[&narrow]), CAPS, &NoNames);
    gained.gains.is_empty() && gained.doubts.is_empty()
}

/// Whether each resource is `*` or has the fields of an ARN, and nothing rests on policy variables.
fn has_fields(held: &Held<'_>) -> bool {
    let has_fields = |resource: &String| resource == "*" || resource.split(':').count() >= 6;
    let has_variable = |text: &String| text.contains("${");
    let values = held.conditions.values().flat_map(BTreeMap::values).flatten();
    held.resources.patterns.iter().all(has_fields)
        && !held.resources.patterns.iter().chain(values).any(has_variable)
}

/// Cheap; false only where it does not cover it, or in ways that nobody writes.
fn may_cover(wide: &Held<'_>, narrow: &Held<'_>) -> bool {
    wide.effect == narrow.effect
        && narrow.may_share_first(wide)
        && may_contain(wide.resources, narrow.resources, |wide, narrow| {
            narrow.contains("${") || pattern::covers(wide, narrow)
        })
        && may_contain(wide.actions, narrow.actions, covers)
        && has_no_other_keys(wide.conditions, narrow.conditions)
        && !has_other_values(wide.conditions, narrow.conditions)
}

/// Whether the first pattern of the narrow one is covered.
fn may_contain(wide: &Patterns, narrow: &Patterns, covers: impl Fn(&str, &str) -> bool) -> bool {
    let is_everything = |pattern: &String| pattern.bytes().all(|byte| byte == b'*');
    match (wide.negated, narrow.negated) {
        (true, _) => true,
        (false, true) => wide.patterns.iter().any(is_everything),
        (false, false) => wide.patterns.iter().any(|wide| covers(wide, &narrow.patterns[0])),
    }
}

/// Whether each key of the wide one's conditions is among the narrow one's.
fn has_no_other_keys(wide: &Conditions, narrow: &Conditions) -> bool {
    let keys = |conditions: &'_ Conditions, key: &str| {
        conditions.values().flat_map(BTreeMap::keys).any(|other| other.eq_ignore_ascii_case(key))
    };
    wide.values().flat_map(BTreeMap::keys).all(|key| keys(narrow, key))
}

/// Whether a value that the narrow one wants of a key to the letter is none of those that the wide one
/// wants.
fn has_other_values(wide: &Conditions, narrow: &Conditions) -> bool {
    let equals = Operator { set: None, base: BaseOperator::StringEquals, if_exists: false };
    let (Some(wide), Some(narrow)) = (wide.get(&equals), narrow.get(&equals)) else { return false };
    narrow.iter().any(|(key, values)| {
        let wanted = wide.get(key).filter(|values| !values.iter().any(|value| value.contains("${")));
        let is_other = |value: &String| wanted.is_some_and(|wanted| !wanted.contains(value));
        values.iter().any(|value| !value.contains("${") && is_other(value))
    })
}
