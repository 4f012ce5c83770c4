//! One statement in the answer: where it comes from, how it is held, where it is emitted.

use iamc_access::{Decision, Judged, Outcome, Statement};
use iamc_emitter::ManagedPolicy;
use iamc_graph::paths::{self, Node, Paths};
use iamc_model::declaration::Effect;
use iamc_model::graph::Policy;
use iamc_model::{Operator, Span, grants};

use super::{Answer, parts};
use iamc_effective::{Attached, Origin};
use iamc_graph::bounds::Bound;

/// A statement that was judged.
#[derive(Clone, Copy)]
pub(super) struct Story<'a> {
    pub(super) answer: &'a Answer<'a>,
    pub(super) judged: &'a Judged,
    pub(super) statement: &'a Statement,
    pub(super) origin: Origin<'a>,
}

/// The document behind an ARN, as far as it concerns one of its statements.
pub(super) struct Attachment<'a> {
    pub(super) arn: &'a str,
    pub(super) version: Option<&'a str>,
    pub(super) sid: Option<&'a str>,
    /// The policies of the project that the statement comes from.
    pub(super) policies: Vec<&'a str>,
    /// Where the ARN is written.
    pub(super) span: Span,
}

impl<'a> Story<'a> {
    pub(super) fn new(answer: &'a Answer<'a>, judged: &'a Judged) -> Self {
        let Judged { index, .. } = *judged;
        Self {
            answer,
            judged,
            statement: answer.access.statements[index],
            origin: answer.access.origins[index],
        }
    }

    pub(super) fn is_deny(&self) -> bool {
        self.statement.effect() == Effect::Deny
    }

    pub(super) fn is_matched(&self) -> bool {
        self.judged.outcome == Outcome::Matched
    }

    /// The project's own statement with the policy that it is made from.
    pub(super) fn own(&self) -> Option<(&'a grants::Statement, &'a Policy)> {
        match self.origin {
            Origin::Policy(_, statement) => {
                Some((statement, self.answer.view.compilation.graph.policy(statement.policy)))
            }
            Origin::Attached(..) => None,
        }
    }

    /// Until when the principal holds it.
    pub(super) fn bound(&self) -> Bound {
        let reached = |(statement, _): (&grants::Statement, _)| {
            self.answer.bounds.get(&Node::Policy(statement.policy)).copied()
        };
        self.own().and_then(reached).unwrap_or(Bound::Permanent)
    }

    /// Whether a condition is the bound of its memberships.
    pub(super) fn is_bound(&self, operator: Operator, key: &str, values: &[String]) -> bool {
        super::super::statement::is_bound(operator, key, values, self.bound())
    }

    /// The ways by which the principal holds it.
    pub(super) fn paths(&self, most: usize) -> Option<Paths<'a>> {
        let (statement, _) = self.own()?;
        let graph = &self.answer.view.compilation.graph;
        Some(paths::find(graph, self.answer.principal(), Node::Policy(statement.policy), most))
    }

    /// The managed policies of the stack in which it stands, as far as they concern the request: one, but
    /// for a statement that had to be divided.
    pub(super) fn emitted(&self) -> Vec<&'a ManagedPolicy> {
        let Some((statement, _)) = self.own() else { return vec![] };
        let holding = |policy: &&ManagedPolicy| parts_of(policy, &statement.name).next().is_some();
        let all: Vec<&ManagedPolicy> = self.answer.stack.policies.iter().filter(holding).collect();
        let concerns = |policy: &&ManagedPolicy| {
            parts_of(policy, &statement.name).any(|part| {
                let asked = self.answer.asked;
                parts::concerns(&part.actions, &asked.action, &part.resources, asked.resource.as_deref())
            })
        };
        let concerned: Vec<&ManagedPolicy> = all.iter().copied().filter(concerns).collect();
        if concerned.is_empty() { all } else { concerned }
    }

    /// What is attached by ARN, where it comes from that.
    pub(super) fn attachment(&self) -> Option<Attachment<'a>> {
        let Origin::Attached(arn, at) = self.origin else { return None };
        let mut attachment = Attachment {
            arn,
            version: None,
            sid: None,
            policies: vec![],
            span: self.answer.place_of_arn(arn),
        };
        match self.answer.attached.get(arn).copied() {
            Some(Attached::Aws(document, _)) => {
                attachment.version = Some(&document.version);
                attachment.sid = document.statements.get(at).and_then(|statement| statement.sid.as_deref());
            }
            Some(Attached::Project(policy, _)) => {
                let statement = policy.document.statements.get(at);
                attachment.sid = statement.and_then(|statement| statement.sid.as_deref());
                let names = statement.into_iter().flat_map(|statement| &statement.policies);
                attachment.policies = names.map(AsRef::as_ref).collect();
            }
            Some(Attached::Unknown) | None => {}
        }
        Some(attachment)
    }
}

/// The emitted statements of a policy.
fn parts_of<'p>(
    managed: &'p ManagedPolicy,
    policy: &'p str,
) -> impl Iterator<Item = &'p iamc_emitter::Statement> {
    let statements = managed.document.statements.iter().map(|statement| &***statement);
    statements.filter(move |statement: &&iamc_emitter::Statement| {
        statement.policies.iter().any(|name| name.as_ref() == policy)
    })
}

impl Answer<'_> {
    /// Where a policy that the principal has attached is named.
    pub(super) fn place_of_arn(&self, arn: &str) -> Span {
        let attributes = &self.view.compilation.graph.principal(self.id).attributes;
        self.filling().written(&attributes.managed_policy_arns, arn).map_or(Span::BUILTIN, |text| text.span)
    }

    /// The statements that tell why, each group with the most telling first.
    pub(super) fn stories(&self) -> Vec<Story<'_>> {
        let of = |deny: bool, matched: bool| {
            let all = self.verdict.statements.iter().map(|judged| self.story(judged));
            let wanted = |story: &Story<'_>| story.is_deny() == deny && story.is_matched() == matched;
            all.filter(wanted).collect::<Vec<_>>()
        };
        let first = |deny: bool| [of(deny, true), of(deny, false)].into_iter().find(|some| !some.is_empty());
        match self.verdict.decision {
            Decision::Allowed => first(false).unwrap_or_default(),
            Decision::ExplicitlyDenied => first(true).unwrap_or_default(),
            Decision::ImplicitlyDenied => vec![],
            Decision::PartlyAllowed | Decision::Conditional => {
                [of(true, true), of(true, false), of(false, true), of(false, false)].concat()
            }
        }
    }
}
