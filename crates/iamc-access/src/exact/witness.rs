//! From a request that was found to one that reads as if somebody had made it.

use super::pattern::{Pattern, Step};
use super::place::Place;
use super::question::{ActionNames, Region, Witness};
use super::solve::{Driver, Found, Word};
use super::space::Space;
use crate::context::Context;

/// At most so many names are tried.
const MOST_NAMES: usize = 4096;

/// Makes the action one that there is, where one would do, and the resource readable.
pub(super) fn witness(
    space: &Space<'_>,
    found: &Found,
    region: &Region<'_>,
    place: &Place,
    names: &dyn ActionNames,
) -> Witness {
    let mut context = Context::new();
    for &(variable, class) in &found.classes {
        space.domains[variable].assign(class, &mut context);
    }
    let written = written_action(space, &found.action, region);
    let known = known_action(&found.action, written, names);
    let is_known_action = known.is_some();
    let action = known.unwrap_or_else(|| readable_action(&found.action, [written, region.action]));
    let service = action.split_once(':').map_or("x", |(service, _)| service).to_ascii_lowercase();
    let resource = readable_resource(space, &found.resource, place, &service);
    Witness { action, resource, context, is_known_action }
}

/// The pattern of actions that was followed, as it is written.
fn written_action<'s>(space: &Space<'s>, word: &Word, region: &Region<'s>) -> &'s str {
    match word.driver {
        Driver::Region(_) => region.action,
        Driver::Statement { statement, pattern } => {
            &space.statements[statement].given.statement.actions().patterns[pattern]
        }
    }
}

fn known_action(word: &Word, written: &str, names: &dyn ActionNames) -> Option<String> {
    let names = names.matching(written).into_iter().take(MOST_NAMES);
    names.into_iter().find(|name| word.may_be(&name.to_ascii_lowercase()))
}

fn readable_action(word: &Word, written: [&str; 2]) -> String {
    let mut filled = written.iter().flat_map(|pattern| {
        let name = if pattern.contains(':') { "X" } else { "iam:X" };
        [pattern.replace(['*', '?'], name), pattern.replace('*', "")]
    });
    let fits = |text: &String| word.may_be(&text.to_ascii_lowercase());
    filled.find(fits).unwrap_or_else(|| word.text.clone())
}

fn readable_resource(space: &Space<'_>, word: &Word, place: &Place, service: &str) -> String {
    let followed = pattern(space, word.driver, place);
    let candidates = followed.into_iter().chain(&place.resources);
    let mut candidates = candidates.flat_map(|pattern| [fill(pattern, service), fill_plainly(pattern)]);
    candidates.find(|text| word.may_be(text)).unwrap_or_else(|| word.text.clone())
}

/// The pattern of resources that was followed, save `*`, of which there is nothing to see.
fn pattern<'p>(space: &'p Space<'_>, driver: Driver, place: &'p Place) -> Option<&'p Pattern> {
    let pattern = match driver {
        Driver::Region(at) => &place.resources[at],
        Driver::Statement { statement, pattern } => {
            let prepared = &space.statements[statement];
            let read = prepared.read(super::Reading::Wide)?;
            read.resources.patterns.get(pattern)?
        }
    };
    (!pattern.is_anything()).then_some(pattern)
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
