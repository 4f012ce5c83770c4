//! From a request that was found to one that reads as if somebody had made it.

use std::cmp::Reverse;

use super::pattern::{Pattern, Step};
use super::place::Place;
use super::question::{ActionNames, Region, Witness};
use super::solve::{Found, Query, Word};
use super::space::Space;
use crate::context::Context;

/// At most so many names are tried for a pattern.
const MOST_NAMES: usize = 4096;

/// Makes the action one that there is, where one would do, and the resource readable.
pub(super) fn witness(
    space: &Space<'_>,
    (query, found): (&Query, &Found),
    (region, place): (&Region<'_>, &Place),
    names: &dyn ActionNames,
) -> Witness {
    let mut context = Context::new();
    for &(variable, class) in &found.classes {
        space.domains[variable].assign(class, &mut context);
    }
    let written = written_actions(space, query, region);
    let of_service = format!("{}:*", found.action.text.split(':').next().unwrap_or("*"));
    let known = known_action(&found.action, written.iter().copied().chain([of_service.as_str()]), names);
    let is_known_action = known.is_some();
    let action = known.unwrap_or_else(|| readable_action(&found.action, &written));
    let service = action.split_once(':').map_or("x", |(service, _)| service).to_ascii_lowercase();
    let resource = readable_resource(space, query, &found.resource, place, &service);
    Witness { action, resource, context, is_known_action }
}

/// The patterns of actions that have to match, as they are written, the narrowest first.
fn written_actions<'s>(space: &Space<'s>, query: &Query, region: &Region<'s>) -> Vec<&'s str> {
    let actions = query.positives.iter().map(|&(at, _)| space.statements[at].given.statement.actions());
    let listed = actions.filter(|actions| !actions.negated).flat_map(|actions| &actions.patterns);
    let mut written: Vec<&str> = listed.map(String::as_str).chain([region.action]).collect();
    written.sort_by_key(|pattern| Reverse(pattern.chars().filter(|c| !matches!(c, '*' | '?')).count()));
    written
}

fn known_action<'w>(
    word: &Word,
    patterns: impl Iterator<Item = &'w str>,
    names: &dyn ActionNames,
) -> Option<String> {
    let mut known = patterns.flat_map(|pattern| names.matching(pattern).into_iter().take(MOST_NAMES));
    known.find(|name| word.may_be(&name.to_ascii_lowercase()))
}

fn readable_action(word: &Word, written: &[&str]) -> String {
    let mut filled = written.iter().flat_map(|pattern| {
        let name = if pattern.contains(':') { "X" } else { "iam:X" };
        [pattern.replace(['*', '?'], name), pattern.replace('*', "").replace('?', "X")]
    });
    let fits = |text: &String| word.may_be(&text.to_ascii_lowercase());
    let (service, name) = word.text.split_once(':').unwrap_or(("iam", &word.text));
    let letters = ('A'..='Z').rev().map(|letter| name.replace(':', &letter.to_string()));
    let mut plain = letters.map(|name| format!("{service}:{name}"));
    filled.find(fits).or_else(|| plain.find(fits)).unwrap_or_else(|| word.text.clone())
}

fn readable_resource(space: &Space<'_>, query: &Query, word: &Word, place: &Place, service: &str) -> String {
    let reads = query.positives.iter().filter_map(|&(at, manner)| space.statements[at].read(manner));
    let lists = reads.map(|read| &read.resources).filter(|resources| !resources.is_negated);
    let listed = lists.flat_map(|resources| &resources.patterns).filter(|pattern| !pattern.is_anything());
    let candidates = listed.chain(&place.resources);
    let mut candidates = candidates.flat_map(|pattern| [fill(pattern, service), fill_plainly(pattern)]);
    candidates.find(|text| word.may_be(text)).unwrap_or_else(|| word.text.clone())
}

/// Fills the wildcards with what an ARN of the service has in each field.
fn fill(pattern: &Pattern, service: &str) -> String {
    let is_global = matches!(service, "s3" | "iam");
    let mut field = 0;
    let mut text = String::new();
    for step in &pattern.steps {
        match (step, field) {
            (Step::Literal(c), _) => {
                field += usize::from(*c == ':');
                text.push(*c);
            }
            (Step::Many(_), 1) => text.push_str("aws"),
            (Step::Many(_), 2) => text.push_str(service),
            (Step::Many(_), 3) => text.push_str(if is_global { "" } else { "us-east-1" }),
            (Step::Many(_), 4) => text.push_str(if service == "s3" { "" } else { "123456789012" }),
            (Step::Many(_) | Step::One(_), _) => text.push('x'),
        }
    }
    text
}

fn fill_plainly(pattern: &Pattern) -> String {
    let character = |step: &Step| match step {
        Step::Literal(c) => *c,
        Step::One(_) | Step::Many(_) => 'x',
    };
    pattern.steps.iter().map(character).collect()
}
