//! One permission under two names.

use std::borrow::Cow;
use std::collections::BTreeMap;

use iamc_model::condition::{BaseOperator, Operator};
use iamc_model::declaration::{Effect, List};
use iamc_model::graph::{Condition, Policy, PolicyId};
use iamc_model::text::Segment;
use iamc_model::{Diagnostic, Text, codes};

use super::holdings::Holdings;
use crate::pattern::has_wildcard;
use crate::written::{HOLE, Word};
use crate::{Subject, pattern, with_subjects};

/// `duplicate-permission` at each policy that says what another of an earlier place says.
pub(super) fn check(holdings: &Holdings<'_>) -> Vec<Diagnostic> {
    let subject = holdings.subject;
    let mut members: BTreeMap<PolicyId, Vec<&Policy>> = BTreeMap::new();
    for (at, class) in classes(subject).into_iter().enumerate() {
        if at != class.0 as usize {
            let first = || vec![subject.graph.policy(class)];
            members.entry(class).or_insert_with(first).push(&subject.graph.policies[at]);
        }
    }
    members.into_values().flat_map(|policies| reports(policies, subject)).collect()
}

/// For each policy the first, by name, of those that say the same; by their index.
pub(super) fn classes(subject: &Subject<'_>) -> Vec<PolicyId> {
    let policies = &subject.graph.policies;
    let mut classes: Vec<PolicyId> = (0..).map(PolicyId).take(policies.len()).collect();
    let glances = policies.iter().map(|policy| Glance::of(policy, subject));
    let mut glances: Vec<(Glance<'_>, PolicyId)> = glances.zip(classes.iter().copied()).collect();
    glances.sort_unstable();
    for alike in glances.chunk_by(|(one, _), (other, _)| one == other).filter(|alike| alike.len() > 1) {
        let mut first: BTreeMap<Meaning, PolicyId> = BTreeMap::new();
        for &(_, id) in alike {
            let meaning = Meaning::of(subject.graph.policy(id), subject);
            classes[id.0 as usize] = *first.entry(meaning).or_insert(id);
        }
    }
    classes
}

fn reports(mut policies: Vec<&Policy>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    policies.sort_by_key(|policy| (policy.span, policy.name.clone()));
    let Some((first, others)) = policies.split_first() else { return vec![] };
    let report = |policy: &&Policy| {
        let message = format!("`{}` is the same permission as `{}`", policy.name, first.name);
        let report =
            Diagnostic::new(&codes::DUPLICATE_PERMISSION, message, policy.span, "says the same again")
                .also(first.span, "the same")
                .help(format!("hold `{}` in its place, and remove `{}`", first.name, policy.name));
        with_subjects(with_subjects(report, policy, subject), first, subject)
    };
    others.iter().map(report).collect()
}

/// What is soon seen of a statement: two that differ in it do not say the same.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Glance<'a> {
    effect: Effect,
    negated: (bool, bool),
    /// The first, in their order, of its resources that no other covers.
    resource: Option<Cow<'a, str>>,
}

impl<'a> Glance<'a> {
    fn of(policy: &'a Policy, subject: &Subject<'_>) -> Self {
        let resources = policy.resources.items.iter().map(|text| filled(text, subject)).collect();
        Self {
            effect: policy.effect,
            negated: (policy.actions.negated, policy.resources.negated),
            resource: without_covered(resources).into_iter().next(),
        }
    }
}

/// What a statement says, in one of the ways to say it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Meaning {
    effect: Effect,
    actions: (bool, Vec<String>),
    resources: (bool, Vec<String>),
    conditions: Vec<(Operator, String, Vec<String>)>,
}

impl Meaning {
    fn of(policy: &Policy, subject: &Subject<'_>) -> Self {
        let actions = policy.actions.items.iter().map(|action| action.to_ascii_lowercase()).collect();
        let List { negated, items } = &policy.resources;
        let resources = items.iter().map(|text| filled(text, subject).into_owned()).collect();
        let conditions = policy.conditions.iter().map(|condition| said(condition, subject));
        let mut conditions: Vec<_> = conditions.collect();
        conditions.sort();
        Self {
            effect: policy.effect,
            actions: (policy.actions.negated, without_covered(actions)),
            resources: (*negated, without_covered(resources)),
            conditions,
        }
    }
}

/// The text with what is the same for all principals filled in, and the other placeholders by name.
fn filled<'a>(text: &'a Text, subject: &Subject<'_>) -> Cow<'a, str> {
    if let Some(literal) = text.as_literal() {
        return Cow::Borrowed(literal);
    }
    let word = Word::of(text, &subject.project.settings).value;
    if !word.contains(HOLE) {
        return Cow::Owned(word);
    }
    let segment = |segment: &Segment| {
        let alone = Text { segments: vec![segment.clone()], span: text.span };
        let word = Word::of(&alone, &subject.project.settings).value;
        if word.contains(HOLE) { alone.to_string() } else { word }
    };
    text.segments.iter().map(segment).collect()
}

/// A condition; operators that compare alike are the same.
fn said(condition: &Condition, subject: &Subject<'_>) -> (Operator, String, Vec<String>) {
    let mut values: Vec<String> =
        condition.values.iter().map(|text| filled(text, subject).into_owned()).collect();
    values.sort();
    values.dedup();
    let is_plain = !values.iter().any(|value| value.contains(['*', '?', '$', '{']));
    let base = match condition.operator.base {
        BaseOperator::ArnLike => BaseOperator::ArnEquals,
        BaseOperator::ArnNotLike => BaseOperator::ArnNotEquals,
        BaseOperator::StringLike if is_plain => BaseOperator::StringEquals,
        BaseOperator::StringNotLike if is_plain => BaseOperator::StringNotEquals,
        base => base,
    };
    (Operator { base, ..condition.operator }, condition.key.to_ascii_lowercase(), values)
}

/// Sorted and distinct, without what another pattern covers.
fn without_covered<T: AsRef<str> + Ord + Clone>(mut patterns: Vec<T>) -> Vec<T> {
    patterns.sort();
    patterns.dedup();
    let wildcards: Vec<&T> = patterns.iter().filter(|pattern| has_wildcard(pattern.as_ref())).collect();
    if wildcards.is_empty() || patterns.len() == 1 {
        return patterns;
    }
    let covers = |wide: &T, narrow: &T| pattern::covers(wide.as_ref(), narrow.as_ref());
    let is_covered = |narrow: &T| {
        let mut others = wildcards.iter().filter(|wide| **wide != narrow);
        others.any(|wide| covers(wide, narrow) && (*wide < narrow || !covers(narrow, wide)))
    };
    patterns.iter().filter(|narrow| !is_covered(narrow)).cloned().collect()
}
