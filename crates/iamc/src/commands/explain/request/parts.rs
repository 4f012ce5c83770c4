//! Which words of the source a request meets, and which it misses.

use std::cmp::Reverse;

use iamc_access::{Statement, Unmet};
use iamc_graph::paths::{self, Step};
use iamc_model::declaration::Effect;
use iamc_model::diagnostic::Label;
use iamc_model::grants::{Conditions, Patterns};
use iamc_model::graph::{Condition, Policy};
use iamc_model::{Sources, Span};

use super::story::Story;

/// Words of one kind that are shown for a statement.
const WORDS: usize = 3;

/// Ways of which the ends are shown.
pub(super) const PATHS: usize = 3;

/// Whether a statement with these patterns can matter to a request.
pub(super) fn concerns(actions: &Patterns, action: &str, resources: &Patterns, resource: Option<&str>) -> bool {
    let statement = Statement::new(Effect::Allow, actions.clone(), resources.clone(), Conditions::new());
    statement.may_concern(action, resource)
}

pub(super) fn concerns_action(pattern: &str, action: &str) -> bool {
    concerns(&one(pattern), action, &one("*"), None)
}

pub(super) fn concerns_resource(pattern: &str, resource: &str) -> bool {
    concerns(&one("*"), "*", &one(pattern), Some(resource))
}

fn one(pattern: &str) -> Patterns {
    Patterns { negated: false, patterns: vec![pattern.to_owned()] }
}

impl<'a> Story<'a> {
    /// The words of the source that the request meets or misses, with what is said of them.
    pub(super) fn labels(&self) -> Vec<Label> {
        let Some((_, policy)) = self.own() else { return vec![] };
        let mut labels = self.action_labels(policy);
        labels.extend(self.resource_labels(policy));
        labels.extend(self.holding(policy));
        labels.extend(self.judged.unmet.iter().flat_map(|unmet| self.condition_labels(policy, unmet)));
        for label in &mut labels {
            (label.span, _) = unquoted(&self.answer.view.compilation.sources, label.span);
        }
        labels
    }

    /// What holds or fails and stands nowhere in the source, in words.
    pub(super) fn elsewhere(&self) -> Vec<String> {
        let conditions = self.judged.unmet.iter().filter(|unmet| matches!(unmet, Unmet::Condition { .. }));
        let is_elsewhere = |unmet: &&Unmet| {
            self.own().is_none_or(|(_, policy)| self.condition_labels(policy, unmet).is_empty())
        };
        conditions.filter(is_elsewhere).map(in_words).collect()
    }

    /// Why IAM's own text leaves it open.
    pub(super) fn doubts(&self) -> impl Iterator<Item = &'a str> {
        self.judged.unmet.iter().filter_map(|unmet| match unmet {
            Unmet::Resource { doubt, .. } | Unmet::Condition { doubt, .. } => doubt.as_deref(),
            Unmet::Action { .. } => None,
        })
    }

    fn action_labels(&self, policy: &Policy) -> Vec<Label> {
        let asked = &self.answer.asked.action;
        let items = &policy.actions.items;
        let unmet = self.judged.unmet.iter().find_map(|unmet| match unmet {
            Unmet::Action { open, .. } => Some(*open),
            _ => None,
        });
        let met = || items.iter().filter(|item| concerns_action(item, asked));
        match (policy.actions.negated, unmet) {
            (false, None | Some(true)) => met().map(|item| label(item.span, String::new())).collect(),
            (false, Some(false)) => {
                let nearest = items.iter().min_by_key(|item| Reverse(common(&item.value, asked)));
                nearest.map(|item| label(item.span, "another action".to_owned())).into_iter().collect()
            }
            (true, None) => vec![],
            (true, Some(open)) => met().map(|item| label(item.span, excepted(open))).collect(),
        }
    }

    fn resource_labels(&self, policy: &Policy) -> Vec<Label> {
        let Some(asked) = &self.answer.asked.resource else { return vec![] };
        let unmet = self.judged.unmet.iter().find_map(|unmet| match unmet {
            Unmet::Resource { open, .. } => Some(*open),
            _ => None,
        });
        let Patterns { negated, patterns } = self.statement.resources();
        let met = || patterns.iter().filter(|pattern| concerns_resource(pattern, asked)).take(WORDS);
        let label = |pattern: &String, note: &str| self.resource_label(policy, pattern, note);
        match (*negated, unmet) {
            (false, None | Some(true)) => met().filter_map(|pattern| label(pattern, "")).collect(),
            (false, Some(false)) => {
                let nearest = patterns.iter().min_by_key(|pattern| Reverse(common(pattern, asked)));
                nearest.and_then(|pattern| label(pattern, "another resource")).into_iter().collect()
            }
            (true, None) => vec![],
            (true, Some(open)) => met().filter_map(|pattern| label(pattern, &excepted(open))).collect(),
        }
    }

    /// A label on the text of a resource, with what it is filled to where that is not written.
    fn resource_label(&self, policy: &Policy, pattern: &str, note: &str) -> Option<Label> {
        let text = self.answer.filling().written(&policy.resources.items, pattern)?;
        let (_, words) = unquoted(&self.answer.view.compilation.sources, text.span);
        let filled = if words == pattern { "" } else { pattern };
        let parts = [filled, note].into_iter().filter(|part| !part.is_empty());
        Some(label(text.span, parts.collect::<Vec<_>>().join(": ")))
    }

    /// Labels on the conditions that hold.
    fn holding(&self, policy: &Policy) -> Vec<Label> {
        let is_unmet = |condition: &&Condition| {
            self.judged.unmet.iter().any(|unmet| {
                matches!(unmet, Unmet::Condition { operator, key, .. }
                    if *operator == condition.operator && *key == condition.key.value)
            })
        };
        let holding = policy.conditions.iter().filter(|condition| !is_unmet(condition));
        holding.map(|condition| label(condition.key.span, "holds".to_owned())).collect()
    }

    /// A label on the key of a condition that is not met; for the bound of memberships on these.
    fn condition_labels(&self, policy: &Policy, unmet: &Unmet) -> Vec<Label> {
        let Unmet::Condition { operator, key, values, open, .. } = unmet else { return vec![] };
        if self.is_bound(*operator, key, values) {
            let note = if *open { in_words(unmet) } else { "has run out".to_owned() };
            return self.bounding().into_iter().map(|span| label(span, note.clone())).collect();
        }
        let mut conditions = policy.conditions.iter();
        let condition =
            conditions.find(|condition| condition.operator == *operator && condition.key.value == *key);
        condition.map(|condition| label(condition.key.span, in_words(unmet))).into_iter().collect()
    }

    /// For each way by which it is held, where that ends first.
    fn bounding(&self) -> Vec<Span> {
        let found = self.paths(PATHS);
        let paths = found.iter().flat_map(|found| &found.paths);
        let ends = |path: &Vec<Step<'a>>| {
            let until = paths::until(path);
            path.iter().find(|step| step.until.is_some() && step.until == until)?.until_span
        };
        let mut spans: Vec<Span> = paths.filter_map(ends).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

/// The words of a string without its quotes, and where they stand.
fn unquoted(sources: &Sources, span: Span) -> (Span, &str) {
    let words = sources.slice(span);
    let inner = words.strip_prefix(['"', '\'']).and_then(|words| words.strip_suffix(['"', '\'']));
    match inner {
        Some(inner) => (Span { start: span.start + 1, end: span.end - 1, ..span }, inner),
        None => (span, words),
    }
}

fn label(span: Span, text: String) -> Label {
    Label { span, text }
}

fn excepted(open: bool) -> String {
    if open { "some of it is excepted".to_owned() } else { "excepted".to_owned() }
}

/// `if aws:PrincipalTag/team is "ml"`
fn in_words(unmet: &Unmet) -> String {
    let Unmet::Condition { words, got, open, .. } = unmet else { return String::new() };
    match (open, got) {
        (true, _) => format!("if {words}"),
        (false, Some(values)) => {
            let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
            format!("only if {words}; here it is {}", values.join(", "))
        }
        (false, None) => format!("only if {words}; here it is not given"),
    }
}

/// How many characters two texts begin with in common, without regard to case.
fn common(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
}
