//! Statements by what they say, whatever they are called and wherever they stand.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use iamc_access::Statement;
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

/// The number of a statement: equal for statements that say the same, on either side.
pub(super) type Number = usize;

/// What a statement says, with names whose case does not matter in lower case.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Meaning {
    effect: Effect,
    actions: Patterns,
    resources: Patterns,
    conditions: Conditions,
}

/// All statements of both sides.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    known: BTreeMap<Meaning, Number>,
    /// The context keys on which each depends, once somebody has asked.
    keys: Vec<OnceCell<Vec<String>>>,
}

impl Numbers {
    /// The number of a statement.
    pub(super) fn number(
        &mut self,
        effect: Effect,
        actions: &Patterns,
        resources: &Patterns,
        conditions: &Conditions,
    ) -> Number {
        let meaning = Meaning {
            effect,
            actions: sorted(actions, |action| action.to_ascii_lowercase()),
            resources: sorted(resources, Clone::clone),
            conditions: lower(conditions),
        };
        let next = self.known.len();
        let number = *self.known.entry(meaning).or_insert(next);
        if number == next {
            self.keys.push(OnceCell::new());
        }
        number
    }

    /// The context keys on which the statement of a number depends, in lower case.
    pub(super) fn keys(&self, number: Number, statement: &Statement) -> &[String] {
        self.keys[number].get_or_init(|| statement.keys())
    }
}

fn sorted(patterns: &Patterns, spelt: impl Fn(&String) -> String) -> Patterns {
    let mut spelt: Vec<String> = patterns.patterns.iter().map(spelt).collect();
    spelt.sort_unstable();
    spelt.dedup();
    Patterns { negated: patterns.negated, patterns: spelt }
}

fn lower(conditions: &Conditions) -> Conditions {
    let keys = |keys: &BTreeMap<String, Vec<String>>| {
        keys.iter().map(|(key, values)| (key.to_ascii_lowercase(), values.clone())).collect()
    };
    conditions.iter().map(|(&operator, of)| (operator, keys(of))).collect()
}
