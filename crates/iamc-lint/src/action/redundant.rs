//! Actions that another action of the same statement covers.

use std::collections::BTreeMap;

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes};

use crate::pattern::{covers, has_wildcard};
use crate::written::{Written, WrittenAction};

/// `redundant-action` at each action that another covers; of two that are the same at the later.
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    if are_distinct(&written.actions) {
        return vec![];
    }
    let names: Vec<String> = written.actions.iter().map(|action| action.word.to_ascii_lowercase()).collect();
    let covering = Covering::of(&names);
    let covered = names.iter().enumerate().filter_map(|(at, name)| Some((at, covering.first(at, name)?)));
    covered.map(|(at, by)| report(&written.actions[at], &written.actions[by])).collect()
}

/// Whether they are actions that AWS has, without wildcards and each once, as they mostly are.
fn are_distinct(actions: &[WrittenAction<'_>]) -> bool {
    let Some(mut known) = actions.iter().map(WrittenAction::exact).collect::<Option<Vec<_>>>() else {
        return false;
    };
    known.sort_unstable();
    known.is_sorted_by(|a, b| a < b)
}

/// What can cover other actions: the first of each name, sorted, and by services what has wildcards.
struct Covering<'n> {
    first: Vec<(&'n str, usize)>,
    patterns: BTreeMap<&'n str, Vec<(usize, &'n str)>>,
}

impl<'n> Covering<'n> {
    fn of(names: &'n [String]) -> Self {
        let mut first: Vec<(&str, usize)> = names.iter().map(String::as_str).zip(0..).collect();
        first.sort_unstable();
        first.dedup_by_key(|(name, _)| *name);
        let mut patterns: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
        for (at, name) in names.iter().enumerate().filter(|(_, name)| has_wildcard(name)) {
            patterns.entry(service(name)).or_default().push((at, name));
        }
        Self { first, patterns }
    }

    /// The first action that covers the one at this place. Only a wildcard covers what differs from it.
    fn first(&self, at: usize, name: &str) -> Option<usize> {
        let same = self.first.binary_search_by_key(&name, |(name, _)| name);
        let same = same.map(|found| self.first[found].1).ok().filter(|&first| first < at);
        let of = |service| self.patterns.get(service).into_iter().flatten();
        let mut wide = of("").chain(of(service(name))).filter(|(_, wide)| *wide != name);
        same.or_else(|| wide.find(|(_, wide)| covers(wide, name)).map(|&(place, _)| place))
    }
}

/// What stands before the colon; nothing for `*`, which covers all services.
fn service(name: &str) -> &str {
    name.split_once(':').map_or("", |(service, _)| service)
}

fn report(action: &WrittenAction<'_>, by: &WrittenAction<'_>) -> Diagnostic {
    let is_same = action.word.eq_ignore_ascii_case(by.word);
    let message = match is_same {
        true => format!("`{}` stands here twice", action.word),
        false => format!("`{}` adds nothing to `{}`, which covers it", action.word, by.word),
    };
    let label = if is_same { "the first" } else { "covers it" };
    Diagnostic::new(&codes::REDUNDANT_ACTION, message, action.span, "can go")
        .also(by.span, label)
        .help(format!("remove `{}`", action.word))
}
