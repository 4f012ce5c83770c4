//! The values that a context key may have, as far as statements can tell them apart.

mod address;
mod instant;
mod number;
mod set;
mod text;

use std::collections::BTreeSet;

use iamc_model::Operator;
use iamc_model::condition::{BaseOperator, ValueType};

use crate::condition::Test;
use crate::context::{Context, Known};
use crate::exact::budget::Budget;
use crate::tri::Tri;

/// At most so many classes of values are told apart.
const MOST_CLASSES: usize = 1024;

/// A condition on a key whose value is not known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom<'a> {
    pub(super) operator: Operator,
    /// As written.
    pub(super) key: &'a str,
    pub(super) values: &'a [String],
    /// What is known besides.
    pub(super) given: &'a Context,
}

impl<'a> Atom<'a> {
    fn test(&self) -> Test<'a> {
        Test::new(self.operator, self.key, self.values)
    }
}

/// One class of values for each combination of answers that conditions on a key can give.
#[derive(Debug)]
pub(super) struct Domain {
    /// As first written.
    pub(super) key: String,
    /// The most readable first. `truths[value][atom]`
    pub(super) truths: Vec<Vec<Tri>>,
    values: Vec<Values>,
    /// Whether no class is missing.
    pub(super) is_complete: bool,
}

/// The values of a key; none where it is absent.
type Values = Option<Vec<String>>;

/// What stands for single values of a key: one of each class at least.
struct Representatives {
    values: Vec<String>,
    is_complete: bool,
}

impl Domain {
    /// The classes of values of the key on which all of these conditions are.
    pub(super) fn new(atoms: &[Atom<'_>], budget: &Budget<'_>) -> Self {
        let key = atoms.first().map(|atom| atom.key.to_owned()).unwrap_or_default();
        let Representatives { values, is_complete } = representatives(atoms, is_instant(&key), budget);
        let mut domain = Self { key, truths: vec![], values: vec![], is_complete };
        let mut seen = BTreeSet::new();
        let absent = (!is_instant(&domain.key)).then_some(None);
        let tests: Vec<Test<'_>> = atoms.iter().map(Atom::test).collect();
        let cost = atoms.iter().map(|atom| 1 + atom.values.len()).sum();
        for values in absent.into_iter().chain(values.into_iter().map(|value| Some(vec![value]))) {
            let is_paid = budget.spend(cost);
            domain.is_complete &= is_paid;
            if is_paid || domain.truths.is_empty() {
                domain.add(values, (atoms, &tests), &mut seen);
            }
        }
        if atoms.iter().any(|atom| atom.operator.set.is_some()) && !is_single_valued(&domain.key) {
            domain.is_complete &= set::unite(&mut domain, atoms, &mut seen, budget);
        }
        domain
    }

    fn add(
        &mut self,
        values: Values,
        (atoms, tests): (&[Atom<'_>], &[Test<'_>]),
        seen: &mut BTreeSet<Vec<Tri>>,
    ) {
        let mut truths = Vec::with_capacity(atoms.len());
        for atoms in atoms.chunk_by(|a, b| std::ptr::eq(a.given, b.given)) {
            let mut context = atoms[0].given.clone();
            assign(&self.key, &values, &mut context);
            let tests = &tests[truths.len()..truths.len() + atoms.len()];
            truths.extend(tests.iter().map(|test| test.holds(&context)));
        }
        if seen.insert(truths.clone()) {
            self.truths.push(truths);
            self.values.push(values);
        }
    }

    /// Gives the key, in a context, the values of a class.
    pub(super) fn assign(&self, class: usize, context: &mut Context) {
        assign(&self.key, &self.values[class], context);
    }
}

fn assign(key: &str, values: &Values, context: &mut Context) {
    match values {
        None => context.set_absent(key),
        Some(values) if is_instant(key) => instant::assign(&values[0], context),
        Some(values) => context.set(key, values.iter()),
    }
}

/// The name under which a key is one variable with others: the time has two names.
pub(super) fn variable(key: &str) -> String {
    let lower = key.to_ascii_lowercase();
    if is_instant(&lower) { instant::CURRENT.to_ascii_lowercase() } else { lower }
}

/// What is known, with the time under both of its names.
pub(super) fn complete(given: &Context) -> Context {
    instant::complete(given)
}

/// Makes what is known all that there is. The time is always there: where nothing depends on it, any.
pub(super) fn settle(context: &mut Context) {
    if context.get(instant::CURRENT) == Known::Unknown {
        instant::assign(instant::ANY, context);
    }
    context.set_exact(true);
}

fn is_instant(key: &str) -> bool {
    [instant::CURRENT, instant::EPOCH].iter().any(|name| name.eq_ignore_ascii_case(key))
}

/// Global keys that have one value, if any; so do tags.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
const SINGLE_VALUED: [&str; 26] = [
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:currenttime",
    "aws:epochtime",
    "aws:federatedprovider",
    "aws:multifactorauthage",
    "aws:multifactorauthpresent",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalisawsservice",
    "aws:principalorgid",
    "aws:principalservicename",
    "aws:principaltype",
    "aws:referer",
    "aws:requestedregion",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:securetransport",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:useragent",
    "aws:userid",
    "aws:username",
];

const TAGS: [&str; 3] = ["aws:principaltag/", "aws:requesttag/", "aws:resourcetag/"];

fn is_single_valued(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    SINGLE_VALUED.contains(&key.as_str()) || TAGS.iter().any(|tag| key.starts_with(tag))
}

/// How values of an operator are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Text,
    Number,
    Instant,
    Binary,
    Address,
}

fn family(base: BaseOperator) -> Option<Family> {
    Some(match base.value_type() {
        _ if base == BaseOperator::Null => return None,
        ValueType::String | ValueType::Arn | ValueType::Bool => Family::Text,
        ValueType::Number => Family::Number,
        ValueType::Date => Family::Instant,
        ValueType::Binary => Family::Binary,
        ValueType::IpAddress => Family::Address,
    })
}

/// What no operator but those on texts can read.
const UNREADABLE: &str = "x";

fn representatives(atoms: &[Atom<'_>], is_instant: bool, budget: &Budget<'_>) -> Representatives {
    let of_atom = |atom: &Atom<'_>| family(atom.operator.base);
    let mut families: BTreeSet<Family> = atoms.iter().filter_map(of_atom).collect();
    if is_instant {
        families.insert(Family::Instant);
        families.remove(&Family::Number);
    }
    let mut all = Representatives { values: vec![], is_complete: families.len() <= 1 };
    for family in families {
        let atoms: Vec<_> = match is_instant && family == Family::Instant {
            true => atoms.iter().collect(),
            false => atoms.iter().filter(|atom| of_atom(atom) == Some(family)).collect(),
        };
        let of_family = of(family, &atoms, budget);
        all.values.extend(of_family.values);
        all.is_complete &= of_family.is_complete;
    }
    if !is_instant {
        all.values.push(UNREADABLE.to_owned());
    }
    all
}

fn of(family: Family, atoms: &[&Atom<'_>], budget: &Budget<'_>) -> Representatives {
    let written = || atoms.iter().flat_map(|atom| atom.values);
    match family {
        Family::Text => text::representatives(atoms, budget),
        Family::Number => number::representatives(written()),
        Family::Instant => instant::representatives(written()),
        Family::Binary => {
            let longest = written().map(String::len).max().unwrap_or(0);
            let longer = "eHh4".repeat(longest / 4 + 1);
            Representatives { values: written().cloned().chain([longer]).collect(), is_complete: true }
        }
        Family::Address => address::representatives(written()),
    }
}
