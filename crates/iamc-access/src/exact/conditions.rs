//! Which classes of values make some conditions hold and others not: propagation and backtracking.

use super::bits::Bits;
use super::budget::Budget;

/// A variable, and the values of it for which a statement's conditions on it hold.
pub(super) type Condition = (usize, Bits);

/// How a choice of values ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// What is left to choose from, for each variable; any will do.
    Made(Vec<Bits>),
    /// There is none.
    None,
    /// It was too long.
    OverBudget,
}

/// Chooses values of `domains` so that each of `negatives` has a condition that does not hold.
pub(super) fn choose(domains: Vec<Bits>, negatives: &[&[Condition]], budget: &Budget<'_>) -> Choice {
    if domains.iter().any(Bits::is_empty) {
        return Choice::None;
    }
    let (domains, open) = match propagate(domains, negatives, budget) {
        Propagated::Open(domains, open) => (domains, open),
        Propagated::Contradiction => return Choice::None,
        Propagated::OverBudget => return Choice::OverBudget,
    };
    let Some((variable, holds)) = open
        .iter()
        .min_by_key(|it| ways(it, &domains))
        .and_then(|negative| negative.iter().find(|(variable, holds)| !domains[*variable].is_within(holds)))
    else {
        return Choice::Made(domains);
    };
    let mut fails = domains.clone();
    fails[*variable].remove(holds);
    match choose(fails, &open, budget) {
        Choice::None => {
            let mut rest = domains;
            rest[*variable].keep(holds);
            choose(rest, &open, budget)
        }
        choice => choice,
    }
}

enum Propagated<'n> {
    /// What is left, and the negatives that more than one variable can make fail.
    Open(Vec<Bits>, Vec<&'n [Condition]>),
    Contradiction,
    OverBudget,
}

/// Where only one variable can make a negative fail, it has to.
fn propagate<'n>(
    mut domains: Vec<Bits>,
    negatives: &[&'n [Condition]],
    budget: &Budget<'_>,
) -> Propagated<'n> {
    let mut open = negatives.to_vec();
    loop {
        if !budget.spend(1 + open.len()) {
            return Propagated::OverBudget;
        }
        open.retain(|negative| negative.iter().all(|(variable, holds)| domains[*variable].meets(holds)));
        let Some(at) = open.iter().position(|negative| ways(negative, &domains) <= 1) else {
            return Propagated::Open(domains, open);
        };
        let negative = open.swap_remove(at);
        let way = negative.iter().find(|(variable, holds)| !domains[*variable].is_within(holds));
        let Some((variable, holds)) = way else { return Propagated::Contradiction };
        domains[*variable].remove(holds);
    }
}

/// How many variables can make a negative fail.
fn ways(negative: &[Condition], domains: &[Bits]) -> usize {
    negative.iter().filter(|(variable, holds)| !domains[*variable].is_within(holds)).count()
}
