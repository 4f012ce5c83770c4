//! Tags, the permissions boundary, the length of sessions, and what is attached by ARN.

use std::collections::BTreeSet;

use iamc_model::Span;

use crate::cause::{self, Causes};
use crate::comparison::{One, Pair};
use crate::words::{self, from_to};
use crate::{Aspect, Change, Risk, SideOf};

/// What IAM takes where nothing is said, in seconds:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
const SESSION: u32 = 3600;

/// A principal that is of another kind than it was.
pub(super) fn kind(pair: &Pair<'_>) -> Vec<Change> {
    let Pair::Both(base, head) = pair else { return vec![] };
    let [was, is] = [base, head].map(|one| one.grant.kind);
    let words =
        format!("it is now a {}; it was a {}", is.noun(), was.noun()).replace("a engineer", "an engineer");
    let change = Change::new(Aspect::Kind, words);
    let change = change.at(SideOf::Head, head.principal.span, format!("{} `{}`", is.noun(), pair.name()));
    if was == is { vec![] } else { vec![change] }
}

/// Tags, boundary and session of a principal that both sides have.
pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let Pair::Both(base, head) = pair else { return vec![] };
    let mut changes = tags(pair, base, head);
    changes.extend(boundary(base, head));
    changes.extend(session(base, head));
    changes
}

fn tags(pair: &Pair<'_>, base: &One<'_>, head: &One<'_>) -> Vec<Change> {
    let value = |one: &One<'_>, key: &str| {
        let found = one.grant.tags.iter().find(|(tag, _)| tag == key);
        found.map(|(_, value)| value.clone())
    };
    let keys: BTreeSet<&String> =
        base.grant.tags.iter().chain(&head.grant.tags).map(|(key, _)| key).collect();
    let change = |key: &String| {
        let [was, is] = [base, head].map(|one| value(one, key));
        let words = from_to(&format!("the tag `{key}`"), was.as_deref(), is.as_deref());
        (was != is).then(|| Change::new(Aspect::Tags, words).because(cause::of_tag(pair, key)))
    };
    keys.into_iter().filter_map(change).collect()
}

/// A boundary only takes away: without it, or with another, more may be allowed than before.
fn boundary(base: &One<'_>, head: &One<'_>) -> Option<Change> {
    let [was, is] = [base, head].map(|one| one.grant.permissions_boundary.as_deref());
    let words = from_to("the permissions boundary", was, is);
    let change = Change::new(Aspect::PermissionsBoundary, words.clone());
    let span = |one: &One<'_>| one.principal.attributes.permissions_boundary.as_ref().map(|arn| arn.span);
    let change = change.at_either(span(base), span(head), &words).risk(Risk::WeakenedCheck, was.is_some());
    (was != is).then_some(change)
}

fn session(base: &One<'_>, head: &One<'_>) -> Option<Change> {
    let [was, is] = [base, head].map(|one| one.grant.max_session_duration.unwrap_or(SESSION));
    let words = format!("sessions last at most {is} seconds; it was {was}");
    let span = |one: &One<'_>| one.principal.attributes.max_session_duration.map(|it| it.span);
    let has_role = base.stack.is_some_and(|stack| stack.role().is_some());
    let change = Change::new(Aspect::SessionDuration, words.clone());
    let change = change.at_either(span(base), span(head), &words);
    (was != is && has_role).then_some(change)
}

impl Change {
    /// At the head, or where nothing is written there, at the base.
    fn at_either(self, base: Option<Span>, head: Option<Span>, words: &str) -> Self {
        match (base, head) {
            (_, Some(head)) => self.at(SideOf::Head, head, words),
            (Some(base), None) => self.at(SideOf::Base, base, words),
            (None, None) => self,
        }
    }
}

/// Documents that are attached by ARN on one side alone.
pub(super) fn attached(pair: &Pair<'_>, causes: &Causes<'_>) -> Vec<Change> {
    let arns = |side| -> BTreeSet<&str> {
        let one = pair.on(side);
        one.into_iter().flat_map(|one| &one.grant.managed_policy_arns).map(String::as_str).collect()
    };
    let [base, head] = [arns(SideOf::Base), arns(SideOf::Head)];
    let change = |arn: &&str, side, verb| {
        let words = format!("{} {verb} attached", words::list(&[arn]));
        let change = Change::new(Aspect::AttachedPolicies, words);
        change.because(causes.of_attached(pair, arn, side)).risk(Risk::AttachedDocument, side == SideOf::Head)
    };
    let new = head.difference(&base).map(|arn| change(arn, SideOf::Head, "is now"));
    let gone = base.difference(&head).map(|arn| change(arn, SideOf::Base, "is no longer"));
    if matches!(pair, Pair::Removed(_)) { vec![] } else { new.chain(gone).collect() }
}
