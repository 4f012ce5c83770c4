//! Texts: a word for each combination of the patterns that conditions compare with.

use std::collections::BTreeSet;

use iamc_model::condition::{BaseOperator, ValueType};

use super::{Atom, MOST_CLASSES, Representatives, UNREADABLE};
use crate::arn;
use crate::condition::{Value, Wanted, boolean};
use crate::exact::automaton::{Automaton, Element, Hits, Want};
use crate::exact::budget::Budget;
use crate::exact::pattern::Pattern;
use crate::exact::search::{End, Visitor, search};
use crate::glob::Glob;
use crate::variable::Filled;

/// Steps that the search for words may take.
const STEPS: u64 = 400_000;

/// A word of each class.
pub(super) fn representatives(atoms: &[&Atom<'_>], budget: &Budget<'_>) -> Representatives {
    let patterns: BTreeSet<Vec<Pattern>> = atoms.iter().flat_map(|atom| patterns(atom)).collect();
    literals(&patterns).unwrap_or_else(|| words(&patterns, budget))
}

/// What the values of a condition match for sure, and what they match if a doubt is resolved so.
fn patterns(atom: &Atom<'_>) -> [Vec<Pattern>; 2] {
    let base = atom.operator.base;
    let [mut sure, mut doubtful] = [vec![], vec![]];
    if base.value_type() == ValueType::Bool {
        let readable = atom.values.iter().filter(|value| boolean::parse(value).is_some());
        sure.extend(readable.map(|value| Pattern::folded(&Glob::literal(value))));
    }
    for value in Wanted::of(base, atom.values) {
        match value.fill(base, atom.given) {
            Value::Pattern(Filled::Known(glob)) if base.value_type() == ValueType::Arn => {
                match arn::fields(glob.tokens()) {
                    Some(_) => sure.push(Pattern::fields(&glob)),
                    None => doubtful.push(Pattern::wide(&glob)),
                }
            }
            Value::Pattern(Filled::Known(glob)) => sure.push(pattern(base, &glob)),
            Value::Pattern(Filled::Unknown { widest, .. }) => doubtful.push(pattern(base, &widest)),
            Value::Pattern(Filled::Absent(_)) | Value::Plain(_) => {}
        }
    }
    [sure, doubtful]
}

fn pattern(base: BaseOperator, glob: &Glob) -> Pattern {
    match base {
        BaseOperator::StringEqualsIgnoreCase | BaseOperator::StringNotEqualsIgnoreCase => {
            Pattern::folded(glob)
        }
        _ => Pattern::wide(glob),
    }
}

/// Where all patterns are strings that are compared alike: each of them, another, and none, which AWS may
/// take for no value.
fn literals(patterns: &BTreeSet<Vec<Pattern>>) -> Option<Representatives> {
    let mut all = patterns.iter().flatten();
    let is_folded = all.clone().next().is_some_and(|pattern| pattern.is_folded);
    if all.any(|pattern| pattern.is_folded != is_folded) {
        return None;
    }
    let strings = patterns.iter().flatten().map(Pattern::literal).collect::<Option<BTreeSet<&str>>>()?;
    let other = (1..).map(|length| UNREADABLE.repeat(length)).find(|other| !strings.contains(other.as_str()));
    Some(Representatives {
        values: strings.into_iter().map(str::to_owned).chain(other).chain([String::new()]).collect(),
        is_complete: true,
    })
}

/// One word for each combination, the shortest that there is.
fn words(patterns: &BTreeSet<Vec<Pattern>>, budget: &Budget<'_>) -> Representatives {
    let elements: Vec<Element<'_>> = patterns
        .iter()
        .enumerate()
        .map(|(tag, patterns)| Element { patterns: patterns.iter().collect(), want: Want::Tell(tag as u32) })
        .collect();
    let mut classes = Classes { seen: BTreeSet::new(), words: vec![] };
    let end = search(&Automaton::new(&elements), &Budget::within(budget, STEPS), &mut classes);
    classes.words.push(String::new());
    Representatives { values: classes.words, is_complete: end == End::Exhausted }
}

struct Classes {
    seen: BTreeSet<Hits>,
    words: Vec<String>,
}

impl Visitor for Classes {
    fn visit(&mut self, hits: &Hits, word: &dyn Fn() -> String) -> bool {
        if self.seen.insert(hits.clone()) {
            self.words.push(word());
        }
        self.words.len() > MOST_CLASSES
    }

    fn is_hopeless(&self, _: &Hits) -> bool {
        false
    }
}
