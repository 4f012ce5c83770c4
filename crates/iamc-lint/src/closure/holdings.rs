//! Who has which statements, their own and those attached by ARN: each closure once, whoever shares it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use iamc_access::Context;
use iamc_catalog::Document;
use iamc_model::declaration::{Effect, PrincipalKind};
use iamc_model::grants::{Grant, StatementId};
use iamc_model::graph::PolicyId;

use super::asked::Asked;
use super::held::{Held, Origin};
use crate::Subject;

/// The documents of AWS's that are attached, by ARN. Of other ARNs nothing is known.
pub(crate) struct Documents<'a>(BTreeMap<&'a str, Cow<'a, Document>>);

impl<'a> Documents<'a> {
    /// Looks up what the principals of a project have attached.
    pub(super) fn of(subject: &Subject<'a>) -> Self {
        let grants = subject.grants.principals.iter();
        let arns = grants.flat_map(|grant| &grant.managed_policy_arns);
        let arns: BTreeSet<&str> = arns.map(String::as_str).collect();
        let known = arns.into_iter().filter_map(|arn| Some((arn, subject.catalog.managed_policy(arn)?)));
        Self(known.collect())
    }
}

/// What one principal has, or several that have the same.
pub(super) struct Closure<'a> {
    /// Indices into [`Holdings::statements`].
    pub(super) statements: Vec<usize>,
    /// Those that deny.
    pub(super) denies: Vec<usize>,
    /// Who has it, sorted by name.
    pub(super) principals: Vec<&'a Grant>,
    /// What is known of them in every request, as far as it can matter.
    pub(super) context: Context,
}

/// What tells closures apart: the list of statements (principals with the same closure share one), what
/// is attached, and what is known of the principal where that can matter.
type Mark<'a> = (*const StatementId, &'a [String], Option<Own<'a>>);

/// Whether it is a user, and its tags.
type Own<'a> = (bool, &'a [(String, String)]);

/// All statements, and who has them.
pub(crate) struct Holdings<'a> {
    pub(super) subject: &'a Subject<'a>,
    /// The project's by their [`StatementId`], then the attached ones.
    pub(super) statements: Vec<Held<'a>>,
    /// In the order of the first of their principals.
    pub(super) closures: Vec<Closure<'a>>,
    /// For each statement the closures in which it is.
    pub(super) holding: Vec<Vec<usize>>,
    /// The statements that somebody has, by their origins.
    held: Vec<usize>,
}

impl<'a> Holdings<'a> {
    pub(super) fn new(subject: &'a Subject<'a>, documents: &'a Documents<'a>) -> Self {
        let asked = Asked::all();
        let mut statements: Vec<Held<'a>> = own(subject, &asked).collect();
        let attached = attach(documents, &asked, &mut statements);
        let closures = closures(subject, &statements, &attached);
        let mut holding = vec![vec![]; statements.len()];
        for (at, closure) in closures.iter().enumerate() {
            closure.statements.iter().for_each(|&statement| holding[statement].push(at));
        }
        let mut held: Vec<usize> = (0..statements.len()).filter(|&at| !holding[at].is_empty()).collect();
        held.sort_by_key(|&at| statements[at].origin);
        Self { subject, statements, closures, holding, held }
    }

    /// Each policy and attached document that somebody holds, with its statements as they are filled for
    /// some of its holders.
    pub(super) fn origins(&self) -> impl Iterator<Item = (Origin<'a>, &[usize])> {
        let origin = |at: usize| self.statements[at].origin;
        let several = self.held.chunk_by(move |&one, &other| origin(one) == origin(other));
        several.map(move |statements| (origin(statements[0]), statements))
    }

    /// The policies among them.
    pub(super) fn policies(&self) -> impl Iterator<Item = (PolicyId, &[usize])> {
        self.origins().filter_map(|(origin, statements)| match origin {
            Origin::Policy(policy) => Some((policy, statements)),
            Origin::Attached(_) => None,
        })
    }

    /// The smallest closure in which one of these statements is, with it.
    pub(super) fn smallest_with(&self, statements: &[usize]) -> Option<(&Closure<'a>, usize)> {
        let held =
            statements.iter().flat_map(|&at| self.holding[at].iter().map(move |&closure| (closure, at)));
        let held = held.map(|(closure, at)| (&self.closures[closure], at));
        held.min_by_key(|(closure, _)| closure.statements.len())
    }

    /// Every closure in which one of these statements is, with it, the smallest first.
    pub(super) fn closures_with(&self, statements: &[usize]) -> Vec<(&Closure<'a>, usize)> {
        let held =
            statements.iter().flat_map(|&at| self.holding[at].iter().map(move |&closure| (closure, at)));
        let mut held: Vec<_> = held.map(|(closure, at)| (&self.closures[closure], at)).collect();
        held.sort_by_key(|(closure, _)| closure.statements.len());
        held
    }
}

fn own<'a>(subject: &'a Subject<'a>, asked: &Asked) -> impl Iterator<Item = Held<'a>> {
    subject.grants.statements.iter().map(|it| {
        let origin = Origin::Policy(it.policy);
        Held::new(origin, it.effect, &it.actions, &it.resources, &it.conditions, asked)
    })
}

/// Puts the statements of documents behind the others; gives the places of each document's.
fn attach<'a>(
    documents: &'a Documents<'a>,
    asked: &Asked,
    statements: &mut Vec<Held<'a>>,
) -> BTreeMap<&'a str, std::ops::Range<usize>> {
    let mut places = BTreeMap::new();
    for (arn, document) in &documents.0 {
        let start = statements.len();
        statements.extend(document.statements.iter().map(|it| {
            Held::new(Origin::Attached(arn), it.effect, &it.actions, &it.resources, &it.conditions, asked)
        }));
        places.insert(*arn, start..statements.len());
    }
    places
}

fn closures<'a>(
    subject: &'a Subject<'a>,
    statements: &[Held<'a>],
    attached: &BTreeMap<&'a str, std::ops::Range<usize>>,
) -> Vec<Closure<'a>> {
    let personal: Vec<bool> = statements.iter().map(Held::is_personal).collect();
    let mut known: BTreeMap<Mark<'a>, usize> = BTreeMap::new();
    let mut closures: Vec<Closure<'a>> = Vec::new();
    for grant in &subject.grants.principals {
        let own = grant.statements.iter().map(|id| id.0 as usize);
        let arns = grant.managed_policy_arns.iter().filter_map(|arn| attached.get(arn.as_str()).cloned());
        let held: Vec<usize> = own.chain(arns.flatten()).collect();
        let is_personal = held.iter().any(|&at| personal[at]);
        let own = is_personal.then_some((grant.kind == PrincipalKind::ServiceUser, grant.tags.as_slice()));
        let mark: Mark<'a> = (grant.statements.as_ptr(), &grant.managed_policy_arns, own);
        let at = *known.entry(mark).or_insert_with(|| {
            let denies = held.iter().copied().filter(|&at| statements[at].effect == Effect::Deny).collect();
            closures.push(Closure { statements: held, denies, principals: vec![], context: context(own) });
            closures.len() - 1
        });
        closures[at].principals.push(grant);
    }
    closures
}

fn context(own: Option<Own<'_>>) -> Context {
    let mut context = Context::new();
    let Some((is_user, tags)) = own else { return context };
    for (key, value) in tags {
        context.set(&format!("aws:PrincipalTag/{key}"), [value.as_str()]);
    }
    context.set("aws:PrincipalType", [if is_user { "User" } else { "AssumedRole" }]);
    if !is_user {
        context.set_absent("aws:username");
    }
    context
}
