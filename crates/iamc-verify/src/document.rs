//! The statements of a managed policy as they stand in a file.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::declaration::Effect;
use iamc_model::{Diagnostic, Span, codes};

use crate::statement::{Conditions, Patterns, Statement};
use crate::yaml::{Entry, Node, Value};

/// A statement with the places of its parts.
#[derive(Debug)]
pub(crate) struct Found<'t> {
    pub(crate) statement: Statement,
    /// The names on the comment lines above it.
    pub(crate) names: Vec<&'t str>,
    pub(crate) sid: Option<Word>,
    /// `Allow` or `Deny`.
    pub(crate) effect: Span,
    pub(crate) actions: Vec<Word>,
    pub(crate) resources: Vec<Word>,
}

/// A string with its place.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) span: Span,
}

const KEYS: [&str; 7] = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// Reads the statements of a document.
#[derive(Debug)]
pub(crate) struct Reader<'a, 't> {
    /// The managed policy, for messages.
    pub(crate) owner: &'a str,
    /// The whole file.
    pub(crate) file: &'t str,
    pub(crate) reports: Vec<Diagnostic>,
}

impl<'t> Reader<'_, 't> {
    /// The statements of `Statement`. What cannot be understood is reported and left out.
    pub(crate) fn statements(&mut self, entry: &Entry<'_>) -> Vec<Found<'t>> {
        let items = entry.value.list().unwrap_or_default();
        if items.is_empty() {
            self.wrong(&format!("`Statement` of {} is no list of statements", self.owner), entry.span);
        }
        items.iter().filter_map(|item| self.statement(item)).collect()
    }

    fn statement(&mut self, node: &Node<'_>) -> Option<Found<'t>> {
        for entry in node.map().unwrap_or_default().iter().filter(|entry| !KEYS.contains(&&*entry.key)) {
            let message = format!("a statement of {} has `{}`", self.owner, entry.key);
            let code = &codes::UNEXPECTED_OUTPUT;
            self.reports.push(Diagnostic::new(code, message, entry.span, "not in the source"));
        }
        let effect = self.effect(node);
        let actions = self.patterns(node, "Action", "NotAction");
        let resources = self.patterns(node, "Resource", "NotResource");
        let conditions = node.get("Condition").map_or(Some(Conditions::new()), |node| self.conditions(node));
        let sid = node.get("Sid").map_or(Some(None), |node| self.word(node).map(Some));
        let ((effect, place), (not_actions, actions), (not_resources, resources)) =
            (effect?, actions?, resources?);
        let statement = Statement {
            effect,
            actions: patterns(not_actions, &actions),
            resources: patterns(not_resources, &resources),
            conditions: conditions?,
        };
        let names = names_above(self.file, node.span.range().start);
        Some(Found { statement, names, sid: sid?, effect: place, actions, resources })
    }

    fn effect(&mut self, node: &Node<'_>) -> Option<(Effect, Span)> {
        let Some(found) = node.get("Effect") else {
            self.wrong(&format!("a statement of {} has no `Effect`", self.owner), node.span);
            return None;
        };
        match found.text() {
            Some("Allow") => Some((Effect::Allow, found.span)),
            Some("Deny") => Some((Effect::Deny, found.span)),
            _ => {
                let message = format!("`Effect` of {} is `{found}`, neither `Allow` nor `Deny`", self.owner);
                self.wrong(&message, found.span);
                None
            }
        }
    }

    /// The patterns of one of two keys, and whether it is the second.
    fn patterns(&mut self, node: &Node<'_>, key: &str, negated: &str) -> Option<(bool, Vec<Word>)> {
        match (node.get(key), node.get(negated)) {
            (Some(found), None) => Some((false, self.words(found)?)),
            (None, Some(found)) => Some((true, self.words(found)?)),
            (found, _) => {
                let how_many = if found.is_some() { "both" } else { "neither" };
                let message =
                    format!("a statement of {} has {how_many} of `{key}` and `{negated}`", self.owner);
                self.wrong(&message, node.span);
                None
            }
        }
    }

    fn conditions(&mut self, node: &Node<'_>) -> Option<Conditions> {
        let mut conditions = Conditions::new();
        for operator in self.entries(node)? {
            let mut keys = BTreeMap::new();
            for key in self.entries(&operator.value)? {
                let values = self.words(&key.value)?.into_iter().map(|word| word.text);
                keys.insert(key.key.to_string(), values.collect::<BTreeSet<_>>());
            }
            conditions.insert(operator.key.to_string(), keys);
        }
        Some(conditions)
    }

    fn entries<'n, 'v>(&mut self, node: &'n Node<'v>) -> Option<&'n [Entry<'v>]> {
        let entries = node.map().filter(|entries| !entries.is_empty());
        if entries.is_none() {
            let message = format!("a condition of {} is `{node}`, where a mapping has to stand", self.owner);
            self.wrong(&message, node.span);
        }
        entries
    }

    /// A list of strings; one string is a list of one to IAM.
    fn words(&mut self, node: &Node<'_>) -> Option<Vec<Word>> {
        match &node.value {
            Value::List(items) if items.is_empty() => {
                self.wrong(&format!("a list of {} is empty", self.owner), node.span);
                None
            }
            Value::List(items) => items.iter().map(|item| self.word(item)).collect(),
            _ => Some(vec![self.word(node)?]),
        }
    }

    fn word(&mut self, node: &Node<'_>) -> Option<Word> {
        match (node.text(), &node.value) {
            (Some(text), _) => return Some(Word { text: text.to_owned(), span: node.span }),
            (None, Value::Other(_)) => {
                let message = format!("`{node}` of {} stands without quotes", self.owner);
                let code = &codes::UNREADABLE_OUTPUT;
                self.reports.push(Diagnostic::new(code, message, node.span, "no string to CloudFormation"));
            }
            _ => self.wrong(&format!("`{node}` of {} is no string", self.owner), node.span),
        }
        None
    }

    fn wrong(&mut self, message: &str, span: Span) {
        self.reports.push(Diagnostic::new(&codes::WRONG_OUTPUT, message, span, "no statement of IAM's"));
    }
}

fn patterns(negated: bool, words: &[Word]) -> Patterns {
    Patterns { negated, items: words.iter().map(|word| word.text.clone()).collect() }
}

/// The names on the comment lines directly above the line of a place.
fn names_above(text: &str, at: usize) -> Vec<&str> {
    let above = &text[..text[..at].rfind('\n').unwrap_or(0)];
    let comments = above.rsplit('\n').map_while(|line| line.trim_start().strip_prefix("# "));
    let mut names: Vec<&str> = comments.collect();
    names.reverse();
    names
}
