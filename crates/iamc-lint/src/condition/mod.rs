//! Rules on conditions, of policies and of trust entries alike.

mod absence;
mod address;
mod key;
mod mfa;
mod redundant;
mod set;
mod support;
mod types;
mod value;
mod wildcard;

pub(crate) use absence::consequence;
use iamc_catalog::{Catalog, ConditionKey};
use iamc_model::Diagnostic;
use iamc_model::condition::Operator;
use iamc_model::declaration::Effect;
use iamc_model::source::Span;
pub(crate) use key::nearest;

use crate::written::WrittenAction;
use crate::written::{Word, Written, WrittenCondition};

/// A statement as its conditions see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conditioned<'s> {
    /// `Allow` or `Deny`.
    pub(crate) effect: Effect,
    /// `this Allow`, `this Deny` or `this trust`
    pub(crate) noun: &'static str,
    /// Its actions; none where it says which it is not about.
    pub(crate) actions: Option<&'s [WrittenAction<'s>]>,
    /// All have to hold.
    pub(crate) conditions: &'s [WrittenCondition<'s>],
}

/// One condition of a statement, with what AWS says of its key.
#[derive(Debug)]
struct Clause<'s> {
    statement: Conditioned<'s>,
    written: &'s WrittenCondition<'s>,
    key: Option<&'s ConditionKey>,
    /// Whether the key is one of those that every service knows.
    is_global: bool,
}

/// A rule on one condition.
type Rule = fn(&Clause<'_>, &Catalog) -> Vec<Diagnostic>;

const RULES: &[Rule] = &[
    key::unknown,
    key::deprecated,
    support::unsupported,
    types::misfit,
    value::misfit,
    address::private,
    set::on_single_value,
    set::missing,
    set::empty,
    wildcard::literal,
    redundant::values,
    mfa::escape,
];

/// What the rules find in the conditions of a policy.
pub(crate) fn check(written: &Written<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let statement = Conditioned {
        effect: written.policy.effect,
        noun: if written.is_allow() { "this Allow" } else { "this Deny" },
        actions: (!written.policy.actions.negated).then_some(written.actions.as_slice()),
        conditions: &written.conditions,
    };
    check_all(statement, catalog)
}

/// What the rules find in the conditions of a statement.
pub(crate) fn check_all<'s>(statement: Conditioned<'s>, catalog: &'s Catalog) -> Vec<Diagnostic> {
    let clauses = statement.conditions.iter().map(|written| {
        let global = catalog.global_key(written.key);
        let key = global.or_else(|| catalog.key(written.key));
        Clause { statement, written, key, is_global: global.is_some() }
    });
    clauses
        .flat_map(|clause| RULES.iter().flat_map(move |rule| rule(&clause, catalog)).collect::<Vec<_>>())
        .collect()
}

impl Clause<'_> {
    fn is_allow(&self) -> bool {
        self.statement.effect == Effect::Allow
    }

    fn operator(&self) -> Operator {
        self.written.operator
    }

    /// The key as written.
    fn name(&self) -> &str {
        self.written.key
    }

    fn span(&self) -> Span {
        self.written.key.span
    }

    fn values(&self) -> &[Word] {
        &self.written.values
    }

    /// Whether the key is a claim of an identity provider's (`accounts.google.com:sub`), of which AWS
    /// lists few.
    fn is_claim(&self) -> bool {
        is_claim(self.name())
    }
}

/// Whether a key is a claim of an identity provider's: its prefix is a domain.
pub(crate) fn is_claim(key: &str) -> bool {
    key.split_once(':').is_some_and(|(prefix, _)| prefix.contains('.'))
}
