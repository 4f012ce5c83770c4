//! Values for policy variables whose key is free: those that make a pattern match what was found.

use std::collections::BTreeMap;

use super::solve::{Found, Query};
use super::space::Space;
use crate::context::{Context, Known};
use crate::glob::Token;
use crate::variable::{Part, Template};

/// What stands for a value of which nothing is known.
const ANY: &str = "x";

/// At most so many steps are taken to match patterns with what was found.
const MOST_STEPS: u32 = 10_000;

/// Contexts that are worth a trial, the likeliest first.
pub(super) fn guesses(space: &Space<'_>, query: &Query, found: &Found) -> Vec<Context> {
    if space.variables.is_empty() {
        return vec![];
    }
    let captured = captured(space, query, found);
    let mut chosen = Context::new();
    found.classes.iter().for_each(|&(variable, class)| space.domains[variable].assign(class, &mut chosen));
    let guess = |value: &dyn Fn(&str) -> Option<String>| {
        let mut context = Context::new();
        for (key, written) in &space.variables {
            match value(key) {
                Some(value) => context.set(written, [value]),
                None => context.set_absent(written),
            }
        }
        context
    };
    let chosen = |key: &str| match chosen.get(key) {
        Known::Present([value]) => Some(value.clone()),
        _ => None,
    };
    let captured = |key: &str| captured.get(key).cloned();
    let any = || Some(ANY.to_owned());
    let mut guesses = vec![
        guess(&|key| chosen(key).or_else(|| captured(key)).or_else(any)),
        guess(&|key| captured(key).or_else(|| chosen(key)).or_else(any)),
        guess(&|_| any()),
        guess(&|_| None),
    ];
    guesses.dedup();
    guesses
}

/// What the variables in the positives' resources have to be for the resource that was found.
fn captured(space: &Space<'_>, query: &Query, found: &Found) -> BTreeMap<String, String> {
    let resource: Vec<char> = found.resource.text.chars().collect();
    let statements = query.positives.iter().map(|&(at, _)| space.statements[at].given.statement);
    let templates = statements.flat_map(|statement| statement.resource_templates());
    let mut capture = Capture { steps: MOST_STEPS, values: BTreeMap::new() };
    for template in templates {
        if let Template::Open(parts) = template {
            capture.matches(parts, &resource);
        }
    }
    capture.values
}

/// Matches parts with a text, the first variable as short as can be, no value empty. False, too, where
/// that takes too many steps.
struct Capture {
    steps: u32,
    values: BTreeMap<String, String>,
}

impl Capture {
    fn matches(&mut self, parts: &[Part], text: &[char]) -> bool {
        self.steps = self.steps.saturating_sub(1);
        let Some((part, rest)) = parts.split_first().filter(|_| self.steps > 0) else {
            return parts.is_empty() && text.is_empty();
        };
        match part {
            Part::Token(Token::Char(c)) => text.first() == Some(c) && self.matches(rest, &text[1..]),
            Part::Token(Token::One) => !text.is_empty() && self.matches(rest, &text[1..]),
            Part::Token(Token::Many) => (0..=text.len()).any(|taken| self.matches(rest, &text[taken..])),
            Part::Variable(variable) => (1..=text.len()).any(|taken| {
                let fits = self.matches(rest, &text[taken..]);
                if fits {
                    let value = text[..taken].iter().collect();
                    self.values.insert(variable.key.to_ascii_lowercase(), value);
                }
                fits
            }),
        }
    }
}
