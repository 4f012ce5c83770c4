//! What decides a request, and what that depends on.

use std::collections::BTreeSet;

use iamc_access::{Decision, Judged, Outcome, Unmet, Verdict};
use iamc_effective::{Access, Origin};
use iamc_model::declaration::Effect;
use iamc_model::graph::PolicyId;

use crate::compile::Compilation;

/// Where a statement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source<'a> {
    /// A policy of the project.
    Policy(PolicyId),
    /// A document that is attached by its ARN.
    Attached(&'a str),
}

impl<'a> Source<'a> {
    /// As people call it: the policy's name, or the ARN.
    pub(crate) fn name<'n>(&self, compilation: &'n Compilation) -> &'n str
    where
        'a: 'n,
    {
        match *self {
            Self::Policy(id) => &compilation.graph.policy(id).name,
            Self::Attached(arn) => arn,
        }
    }
}

/// What lets somebody, or keeps them from it: the Allows, or the Denies, or nothing where nothing allows.
pub(crate) fn sources<'a>(access: &Access<'a>, verdict: &Verdict) -> Vec<Source<'a>> {
    let effect = match verdict.decision {
        Decision::Allowed | Decision::PartlyAllowed | Decision::Conditional => Effect::Allow,
        Decision::ExplicitlyDenied => Effect::Deny,
        Decision::ImplicitlyDenied => return vec![],
    };
    let judged = verdict.statements.iter().filter(|judged| judged.outcome != Outcome::Missed);
    let sources = judged.filter(|judged| access.statements[judged.index].effect() == effect);
    let sources: BTreeSet<Source<'a>> = sources.map(|judged| source(access.origins[judged.index])).collect();
    sources.into_iter().collect()
}

fn source(origin: Origin<'_>) -> Source<'_> {
    match origin {
        Origin::Policy(_, statement) => Source::Policy(statement.policy),
        Origin::Attached(arn, _) => Source::Attached(arn),
    }
}

/// What a conditional decision depends on, a line each.
pub(crate) fn notes(compilation: &Compilation, access: &Access<'_>, verdict: &Verdict) -> Vec<String> {
    if verdict.decision != Decision::Conditional {
        return vec![];
    }
    let judged = verdict.statements.iter().filter(|judged| judged.outcome == Outcome::Conditional);
    let mut notes: Vec<String> = judged.filter_map(|judged| note(compilation, access, judged)).collect();
    notes.extend(
        access
            .unknown
            .iter()
            .map(|arn| format!("if what is attached as {arn} has it so, which is not known")),
    );
    notes.sort();
    notes.dedup();
    notes
}

fn note(compilation: &Compilation, access: &Access<'_>, judged: &Judged) -> Option<String> {
    let words: Vec<&str> = judged.unmet.iter().filter_map(words).collect();
    let words = Some(words.join(" and ")).filter(|words| !words.is_empty())?;
    Some(match access.statements[judged.index].effect() {
        Effect::Allow => format!("if {words}"),
        Effect::Deny => {
            let source = source(access.origins[judged.index]);
            format!("unless {} denies it: if {words}", source.name(compilation))
        }
    })
}

fn words(unmet: &Unmet) -> Option<&str> {
    match unmet {
        Unmet::Condition { words, .. } => Some(words),
        Unmet::Resource { doubt, .. } => doubt.as_deref(),
        Unmet::Action { .. } => None,
    }
}
