//! Which words of the source a request meets, and which it misses.

use std::cmp::Reverse;

use iamc_access::{Known, Statement, Unmet};
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
pub(super) fn concerns(
    actions: &Patterns,
    action: &str,
    resources: &Patterns,
    resource: Option<&str>,
) -> bool {
    let statement = Statement::new(Effect::Allow, actions.clone(), resources.clone(), Conditions::new());
    statement.may_concern(action, resource)
}

/// The same of an action's pattern alone.
pub(super) fn concerns_action(pattern: &str, action: &str) -> bool {
    concerns(&one(pattern), action, &one("*"), None)
}

/// The same of a resource's pattern alone.
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
        conditions.filter(is_elsewhere).map(|unmet| self.in_words(unmet)).collect()
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
        let unmet = self.judged.unmet.iter().find_map(|unmet| match unmet {
            Unmet::Action { open, .. } => Some(*open),
            Unmet::Resource { .. } | Unmet::Condition { .. } => None,
        });
        let words = policy.actions.items.iter();
        let words = words.map(|item| Words { pattern: &item.value, span: item.span, filled: "" });
        let list = List { words: words.collect(), negated: policy.actions.negated, unmet };
        list.labels(asked, "another action", concerns_action)
    }

    fn resource_labels(&self, policy: &Policy) -> Vec<Label> {
        let Some(asked) = &self.answer.asked.resource else { return vec![] };
        let unmet = self.judged.unmet.iter().find_map(|unmet| match unmet {
            Unmet::Resource { open, .. } => Some(*open),
            Unmet::Action { .. } | Unmet::Condition { .. } => None,
        });
        let Patterns { negated, patterns } = self.statement.resources();
        let words = patterns.iter().filter_map(|pattern| self.resource_words(policy, pattern));
        let list = List { words: words.collect(), negated: *negated, unmet };
        list.labels(asked, "another resource", concerns_resource)
    }

    /// Where a resource is written, with what it is filled to where that is not written.
    fn resource_words<'p>(&self, policy: &Policy, pattern: &'p str) -> Option<Words<'p>> {
        let text = self.answer.filling().written(&policy.resources.items, pattern)?;
        let (_, words) = unquoted(&self.answer.view.compilation.sources, text.span);
        let filled = if words == pattern { "" } else { pattern };
        Some(Words { pattern, span: text.span, filled })
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
            let note = if *open { self.in_words(unmet) } else { "has run out".to_owned() };
            return self.bounding().into_iter().map(|span| label(span, note.clone())).collect();
        }
        let mut conditions = policy.conditions.iter();
        let condition =
            conditions.find(|condition| condition.operator == *operator && condition.key.value == *key);
        condition.map(|condition| label(condition.key.span, self.in_words(unmet))).into_iter().collect()
    }

    /// `if aws:ResourceTag/team is the value of aws:PrincipalTag/team ("ml")`
    fn in_words(&self, unmet: &Unmet) -> String {
        let Unmet::Condition { words, values, got, open, .. } = unmet else { return String::new() };
        let words = self.filled(words, values);
        match (open, got) {
            (true, _) => format!("if {words}"),
            (false, Some(got)) => format!("only if {words}; here it is {}", quoted(got)),
            (false, None) => format!("only if {words}; here it is not given"),
        }
    }

    /// What a condition wants, with what its policy variables stand for.
    pub(super) fn filled(&self, words: &str, values: &[String]) -> String {
        let known: Vec<String> = values.iter().filter_map(|value| self.known(value)).collect();
        let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
        format!("{words}{known}")
    }

    /// What a value that is a policy variable stands for.
    fn known(&self, value: &str) -> Option<String> {
        let key = value.strip_prefix("${")?.strip_suffix('}')?;
        match self.answer.request.context.get(key) {
            Known::Present(values) => Some(quoted(values)),
            Known::Absent | Known::Unknown => None,
        }
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

/// A pattern with the words that it is made of.
#[derive(Clone, Copy)]
struct Words<'p> {
    pattern: &'p str,
    span: Span,
    /// What these become, where that is not what is written.
    filled: &'p str,
}

/// A statement's actions or resources, or what it excepts of them.
struct List<'p> {
    words: Vec<Words<'p>>,
    negated: bool,
    /// None where the request meets it; else whether it may meet it all the same, or does for a part.
    unmet: Option<bool>,
}

impl List<'_> {
    /// Labels on what the request meets; where it meets nothing on what came nearest, which is `another`.
    fn labels(&self, asked: &str, another: &str, concerns: impl Fn(&str, &str) -> bool) -> Vec<Label> {
        let met: Vec<&Words<'_>> = self.words.iter().filter(|words| concerns(words.pattern, asked)).collect();
        let nearest = || self.words.iter().min_by_key(|words| Reverse(common(words.pattern, asked)));
        match (self.negated, self.unmet) {
            (false, None | Some(true)) => labels(&met, ""),
            (false, Some(false)) => labels(&Vec::from_iter(nearest()), another),
            (true, None) => vec![],
            (true, Some(true)) => labels(&met, "some of it is excepted"),
            (true, Some(false)) => labels(&met, "excepted"),
        }
    }
}

/// The first few; the last of these says how many more there are.
fn labels(words: &[&Words<'_>], note: &str) -> Vec<Label> {
    let more = words.len().saturating_sub(WORDS);
    let more = if more > 0 { format!("and {more} more") } else { String::new() };
    let last = WORDS.min(words.len()).saturating_sub(1);
    let labelled = words.iter().take(WORDS).enumerate().map(|(at, words)| {
        let more = if at == last { more.as_str() } else { "" };
        let said = joined([words.filled, note], ": ");
        label(words.span, joined([said.as_str(), more], ", "))
    });
    labelled.collect()
}

/// Those that are not empty.
fn joined(parts: [&str; 2], between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

fn label(span: Span, text: String) -> Label {
    Label { span, text }
}

/// `"a", "b"`
pub(super) fn quoted(values: &[String]) -> String {
    values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ")
}

/// How many characters two texts begin with in common, without regard to case.
fn common(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
}
