//! Silences of lints.

use std::collections::BTreeMap;

use iamc_model::declaration::{PrincipalKind, Silence};
use iamc_model::{Project, Span};

use crate::{Aspect, Change, Risk, SideOf};

/// What is silenced, and where that is written and why.
type Silenced = BTreeMap<(String, String), (Span, String)>;

/// Every silence that one side alone has.
pub(super) fn changes(base: &Project, head: &Project) -> Vec<Change> {
    let [base, head] = [base, head].map(silenced);
    let new = head.iter().filter(|(what, _)| !base.contains_key(*what));
    let new = new.map(|((on, lint), (span, reason))| {
        let words = format!("{on} now silences `{lint}`: {reason}");
        let change = Change::new(Aspect::Silences, words.clone()).risk(Risk::WeakenedCheck, true);
        change.at(SideOf::Head, *span, words)
    });
    let gone = base.iter().filter(|(what, _)| !head.contains_key(*what));
    let gone = gone.map(|((on, lint), (span, _))| {
        let words = format!("{on} no longer silences `{lint}`");
        Change::new(Aspect::Silences, words.clone()).at(SideOf::Base, *span, words)
    });
    new.chain(gone).collect()
}

fn silenced(project: &Project) -> Silenced {
    let mut silenced = Silenced::new();
    let mut add = |on: String, silences: &[Silence]| {
        silenced.extend(silences.iter().map(|silence| {
            let what = (on.clone(), silence.lint.value.clone());
            (what, (silence.lint.span, silence.reason.value.clone()))
        }));
    };
    project.policies.iter().for_each(|it| add(format!("the policy `{}`", it.name), &it.silence));
    project.templates.iter().for_each(|it| add(format!("the template `{}`", it.name.value), &it.silence));
    project.groups.iter().for_each(|it| add(format!("the group `{}`", it.name.value), &it.silence));
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
