//! Assertions: what must and must not be allowed.

use std::collections::BTreeSet;

use iamc_access::pattern;
use iamc_model::assertion::{AssertDecl, Expectation};
use iamc_model::{Project, Spanned};

use crate::{Aspect, Change, Risk, SideOf, words};

/// Assertions that are new, that are gone, and that ask for more or less than they did: pairs are of those
/// that are most alike. One is no weaker where some assertion of the head asks for all that it asked for.
pub(super) fn changes(base: &Project, head: &Project) -> Vec<Change> {
    let [base, head] =
        [base, head].map(|project| project.assertions.iter().map(Claim::of).collect::<Vec<_>>());
    let mut gone: Vec<&Claim<'_>> = base.iter().filter(|it| !head.contains(it)).collect();
    let mut new: Vec<&Claim<'_>> = head.iter().filter(|it| !base.contains(it)).collect();
    let mut changes = Vec::new();
    for is_alike in ALIKE {
        let mut apart = Vec::new();
        for new in new {
            match gone.iter().position(|old| is_alike(old, new)).map(|at| gone.remove(at)) {
                Some(old) => changes.push((new.declared.span, changed(old, new, &head))),
                None => apart.push(new),
            }
        }
        new = apart;
    }
    changes.extend(new.into_iter().map(|new| (new.declared.span, added(new))));
    changes.sort_by_key(|(span, _)| *span);
    let changes = changes.into_iter().map(|(_, change)| change);
    changes.chain(gone.into_iter().map(|old| removed(old, &head))).collect()
}

/// What makes two assertions one that has changed, the closest first: the same request; the same action or
/// resource, of the same or of wider or narrower patterns, of the same principals.
const ALIKE: [fn(&Claim<'_>, &Claim<'_>) -> bool; 3] = [
    |old, new| old.is_about_the_same(new) && old.subjects() == new.subjects(),
    |old, new| old.is_about_the_same(new),
    |old, new| old.is_of_the_same(new) && old.overlaps(new),
];

fn added(new: &Claim<'_>) -> Change {
    let words = format!("an assertion is new: {}", new.words());
    Change::new(Aspect::Assertions, words.clone()).at(SideOf::Head, new.declared.span, words)
}

fn changed(old: &Claim<'_>, new: &Claim<'_>, head: &[Claim<'_>]) -> Change {
    let is_weaker = !old.is_kept_by(head);
    let verb = if is_weaker { "asks for less" } else { "asks for more" };
    let words = format!("an assertion {verb}: {}; it was: {}", new.words(), old.words());
    let change = Change::new(Aspect::Assertions, words.clone()).risk(Risk::WeakenedCheck, is_weaker);
    change.at(SideOf::Head, new.declared.span, words)
}

fn removed(old: &Claim<'_>, head: &[Claim<'_>]) -> Change {
    let words = format!("an assertion is gone: {}", old.words());
    let change = Change::new(Aspect::Assertions, words.clone());
    change.at(SideOf::Base, old.declared.span, words).risk(Risk::WeakenedCheck, !old.is_kept_by(head))
}

/// What an assertion says, wherever it is written.
struct Claim<'a> {
    declared: &'a AssertDecl,
    action: String,
    resource: Option<&'a str>,
    context: BTreeSet<(String, BTreeSet<&'a str>)>,
    who: BTreeSet<&'a str>,
    groups: BTreeSet<&'a str>,
    except_who: BTreeSet<&'a str>,
    except_groups: BTreeSet<&'a str>,
}

impl PartialEq for Claim<'_> {
    fn eq(&self, other: &Self) -> bool {
        let (one, two) = (self.declared, other.declared);
        self.asks_the_same(other)
            && one.expect == two.expect
            && (one.everyone, one.direct) == (two.everyone, two.direct)
            && self.subjects() == other.subjects()
    }
}

impl<'a> Claim<'a> {
    fn of(declared: &'a AssertDecl) -> Self {
        let context = declared.context.iter();
        Self {
            declared,
            action: declared.action.to_ascii_lowercase(),
            resource: declared.resource.as_ref().map(|resource| resource.as_str()),
            context: context.map(|(key, values)| (key.to_ascii_lowercase(), names(values))).collect(),
            who: names(&declared.who),
            groups: names(&declared.groups),
            except_who: names(&declared.except_who),
            except_groups: names(&declared.except_groups),
        }
    }

    fn subjects(&self) -> [&BTreeSet<&'a str>; 4] {
        [&self.who, &self.groups, &self.except_who, &self.except_groups]
    }

    /// Whether the request is the same.
    fn asks_the_same(&self, other: &Claim<'_>) -> bool {
        self.is_about_the_same(other) && self.asks_in_the_same(other)
    }

    /// Whether the circumstances are the same.
    fn asks_in_the_same(&self, other: &Claim<'_>) -> bool {
        self.context == other.context
            && self.declared.at == other.declared.at
            && self.declared.exact == other.declared.exact
    }

    fn is_about_the_same(&self, other: &Claim<'_>) -> bool {
        self.action == other.action && self.resource == other.resource
    }

    /// Whether principals and expectation are the same.
    fn is_of_the_same(&self, other: &Claim<'_>) -> bool {
        self.subjects() == other.subjects()
            && self.declared.everyone == other.declared.everyone
            && self.declared.expect == other.declared.expect
    }

    /// Whether one is about actions and resources that the other is about, too.
    fn overlaps(&self, other: &Claim<'_>) -> bool {
        let resources = [self, other].map(|claim| claim.resource.unwrap_or("*"));
        pattern::may_meet(&self.action, &other.action) && pattern::may_meet(resources[0], resources[1])
    }

    /// Whether other assertions ask for all that this one asks for.
    fn is_kept_by(&self, others: &[Claim<'_>]) -> bool {
        others.iter().any(|other| self.is_within(other))
    }

    fn is_within(&self, other: &Claim<'_>) -> bool {
        let (one, two) = (self.declared, other.declared);
        let covers = |wide: &str, narrow: &str| pattern::covers(wide, narrow);
        let asks_for_it = self.asks_the_same(other)
            || two.expect.value == Expectation::Never
                && self.asks_in_the_same(other)
                && covers(&other.action, &self.action)
                && covers(other.resource.unwrap_or("*"), self.resource.unwrap_or("*"));
        let has_subjects = two.everyone
            || (!one.everyone && self.who.is_subset(&other.who) && self.groups.is_subset(&other.groups));
        asks_for_it
            && has_subjects
            && other.except_who.is_subset(&self.except_who)
            && other.except_groups.is_subset(&self.except_groups)
            && implies(two.expect.value, one.expect.value)
            && (one.direct || !two.direct)
    }

    fn words(&self) -> String {
        let it = self.declared;
        let resource = it.resource.as_ref().map(|resource| format!(" on `{}`", resource.value));
        let who: Vec<String> = [listed("", &self.who), listed("holders of ", &self.groups)].concat();
        let who = if it.everyone { "everyone".to_owned() } else { who.join(" and ") };
        let except = [listed("", &self.except_who), listed("holders of ", &self.except_groups)].concat();
        let except =
            if except.is_empty() { String::new() } else { format!(" except {}", except.join(" and ")) };
        let (action, expect) = (&it.action.value, it.expect.value.name());
        format!("`{action}`{} is `{expect}` for {who}{except}", resource.unwrap_or_default())
    }
}

fn listed(what: &str, names: &BTreeSet<&str>) -> Vec<String> {
    let names: Vec<&str> = names.iter().copied().collect();
    if names.is_empty() { vec![] } else { vec![format!("{what}{}", words::list(&names))] }
}

fn names(names: &[Spanned<String>]) -> BTreeSet<&str> {
    names.iter().map(|name| name.as_str()).collect()
}

/// Whether what fulfils one expectation fulfils another.
fn implies(one: Expectation, other: Expectation) -> bool {
    let denied = [Expectation::ExplicitlyDenied, Expectation::ImplicitlyDenied, Expectation::Never];
    one == other || (other == Expectation::Denied && denied.contains(&one))
}
