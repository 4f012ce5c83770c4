//! Silences of lints.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::declaration::{PrincipalKind, Silence};
use iamc_model::{Project, Span, Text};

use super::content;
use crate::{Aspect, Change, Risk, SideOf};

/// What is silenced, and where that is written and why.
type Silenced = BTreeMap<(String, String), (Span, String)>;

/// Every silence that one side alone has. One that went along with a declaration that is only called
/// otherwise is none.
pub(super) fn changes(base: &Project, head: &Project) -> Vec<Change> {
    let renamed = Renamed::new(base, head);
    let [base, head] = [base, head].map(silenced);
    let is_kept = |on: &String, lint: &String, there: &Silenced, other: Option<&String>| {
        let key = |on: &String| (on.clone(), lint.clone());
        there.contains_key(&key(on)) || other.is_some_and(|other| there.contains_key(&key(other)))
    };
    let new = head.iter().filter(|((on, lint), _)| !is_kept(on, lint, &base, renamed.before.get(on)));
    let new = new.map(|((on, lint), (span, reason))| {
        let words = format!("{on} now silences `{lint}`: {reason}");
        let change = Change::new(Aspect::Silences, words.clone()).risk(Risk::WeakenedCheck, true);
        change.at(SideOf::Head, *span, words)
    });
    let gone = base.iter().filter(|((on, lint), _)| !is_kept(on, lint, &head, renamed.after.get(on)));
    let gone = gone.map(|((on, lint), (span, _))| {
        let words = format!("{on} no longer silences `{lint}`");
        Change::new(Aspect::Silences, words.clone()).at(SideOf::Base, *span, words)
    });
    new.chain(gone).collect()
}

/// What is called otherwise on the two sides and otherwise the same.
struct Renamed {
    /// By what it is called at the head.
    before: BTreeMap<String, String>,
    /// By what it is called at the base.
    after: BTreeMap<String, String>,
}

impl Renamed {
    fn new(base: &Project, head: &Project) -> Self {
        let [base, head] = [base, head].map(declared);
        let names = |of: &[(String, String)]| of.iter().map(|(on, _)| on.clone()).collect::<BTreeSet<_>>();
        let (old, new) = (names(&base), names(&head));
        let gone = base.into_iter().filter(|(on, _)| !new.contains(on));
        let mut gone: Vec<(String, String)> = gone.collect();
        let mut renamed = Self { before: BTreeMap::new(), after: BTreeMap::new() };
        for (on, content) in head.into_iter().filter(|(on, _)| !old.contains(on)) {
            let Some(at) = gone.iter().position(|(_, other)| *other == content) else { continue };
            let (was, _) = gone.remove(at);
            renamed.after.insert(was.clone(), on.clone());
            renamed.before.insert(on, was);
        }
        renamed
    }
}

/// Policies, templates and groups: what each is called, and what it says.
fn declared(project: &Project) -> Vec<(String, String)> {
    let policies = project.policies.iter().map(|it| (policy(&it.name), content::policy(it)));
    let templates = project.templates.iter().map(|it| (template(&it.name.value), content::template(it)));
    let groups = project.groups.iter().map(|it| (group(&it.name.value), content::group(it)));
    policies.chain(templates).chain(groups).collect()
}

fn policy(name: &Text) -> String {
    format!("the policy `{name}`")
}

fn template(name: &str) -> String {
    format!("the template `{name}`")
}

fn group(name: &str) -> String {
    format!("the group `{name}`")
}

fn silenced(project: &Project) -> Silenced {
    let mut silenced = Silenced::new();
    let mut add = |on: String, silences: &[Silence]| {
        silenced.extend(silences.iter().map(|silence| {
            let what = (on.clone(), silence.lint.value.clone());
            (what, (silence.lint.span, silence.reason.value.clone()))
        }));
    };
    project.policies.iter().for_each(|it| add(policy(&it.name), &it.silence));
    project.templates.iter().for_each(|it| add(template(&it.name.value), &it.silence));
    project.groups.iter().for_each(|it| add(group(&it.name.value), &it.silence));
    for it in &project.principals {
        let on = format!("the {} `{}`", it.kind.noun(), it.name);
        add(on, it.attributes.silence.as_deref().unwrap_or_default());
    }
    for kind in PrincipalKind::ALL {
        let silences = project.settings.defaults(kind).silence.as_deref();
        add(format!("`[{}-defaults]`", kind.key()), silences.unwrap_or_default());
    }
    silenced
}
