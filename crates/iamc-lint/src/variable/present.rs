//! Context keys that the requests of whoever holds a policy never have: `aws:username` is there for
//! users alone, and engineers and roles come as roles.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use iamc_model::condition::BaseOperator;
use iamc_model::declaration::{Effect, TrustKind};
use iamc_model::graph::{Policy, PolicyId, Principal};
use iamc_model::text::Segment;
use iamc_model::{Diagnostic, PrincipalKind, Text, codes};

use super::{key, of};
use crate::written::{Word, WrittenCondition};
use crate::{Subject, condition, with_subjects, words};

/// Whose requests have a context key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// IAM users.
    User,
    /// Sessions of roles.
    Session,
    /// Sessions of roles that this service has taken on.
    Service(&'static str),
    /// Sessions of roles that a token of an identity provider's has opened.
    WebIdentity,
    /// Sessions of roles that a SAML assertion has opened.
    Saml,
    /// Services of AWS's, which no principal of a project is.
    Aws,
}

impl Owner {
    fn of(key: &str) -> Option<Self> {
        let key = key.to_ascii_lowercase();
        match key.as_str() {
            "aws:username" => Some(Self::User),
            "aws:sourceidentity" => Some(Self::Session),
            "aws:federatedprovider" => Some(Self::WebIdentity),
            "aws:ec2instancesourcevpc" | "aws:ec2instancesourceprivateipv4" => Some(Self::EC2),
            "ec2:sourceinstancearn" | "ec2:roledelivery" => Some(Self::EC2),
            "lambda:sourcefunctionarn" => Some(Self::Service("lambda.amazonaws.com")),
            "aws:sourcearn" | "aws:sourceaccount" | "aws:sourceorgid" | "aws:sourceorgpaths" => {
                Some(Self::Aws)
            }
            "aws:principalservicename" | "aws:principalservicenameslist" => Some(Self::Aws),
            _ if key.starts_with("saml:") => Some(Self::Saml),
            _ if condition::is_claim(&key) => Some(Self::WebIdentity),
            _ => None,
        }
    }

    const EC2: Self = Self::Service("ec2.amazonaws.com");

    /// Whether the requests of a principal can have the key.
    fn is(self, principal: &Principal) -> bool {
        let is_user = principal.kind == PrincipalKind::ServiceUser;
        match self {
            Self::User => is_user,
            Self::Session => !is_user,
            Self::Service(service) => {
                !is_user && trusts(principal, TrustKind::Service, |text| text == service)
            }
            Self::WebIdentity => !is_user && trusts(principal, TrustKind::Federated, |text| !is_saml(text)),
            Self::Saml => !is_user && trusts(principal, TrustKind::Federated, is_saml),
            Self::Aws => false,
        }
    }

    /// Why a principal's requests do not have it.
    fn reason(self) -> &'static str {
        match self {
            Self::User => "whose requests come by a role, not by a user",
            Self::Session => "whose requests come by a user, not by a role",
            Self::Service(_) => "whose role no such service takes on",
            Self::WebIdentity => "whose role no identity provider's token opens",
            Self::Saml => "whose role no SAML assertion opens",
            Self::Aws => "as only AWS's services have it, when they call by themselves",
        }
    }
}

fn is_saml(text: &str) -> bool {
    text.contains(":saml-provider/")
}

/// Whether a principal's trust names one of a kind; a text with placeholders may be any.
fn trusts(principal: &Principal, kind: TrustKind, fits: impl Fn(&str) -> bool) -> bool {
    let entries = principal.attributes.trust.iter().flatten().filter(|entry| entry.kind == kind);
    entries.flat_map(|entry| &entry.principals).any(|text| {
        let literal: String = text.segments.iter().map(literal).collect();
        fits(&literal)
    })
}

fn literal(segment: &Segment) -> &str {
    match segment {
        Segment::Literal(literal) => literal,
        Segment::Placeholder(_) => "",
    }
}

/// `variable-never-present` and `key-never-present`.
pub(crate) fn never_present(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let judged: BTreeSet<PolicyId> = (0..)
        .map(PolicyId)
        .zip(&subject.graph.policies)
        .filter(|(_, policy)| is_judged(policy))
        .map(|(id, _)| id)
        .collect();
    let holders = holders(subject, &judged);
    let found = judged.iter().flat_map(|id| {
        let policy = subject.graph.policy(*id);
        let held = holders.get(id).map_or(&[][..], Vec::as_slice);
        let found = variables(policy, held, subject).into_iter().chain(keys(policy, held, subject));
        found.map(|found| with_subjects(found, policy, subject)).collect::<Vec<_>>()
    });
    found.collect()
}

/// Whether a key stands in a policy that not everybody has.
fn is_judged(policy: &Policy) -> bool {
    let is_owned = |text: &Text| {
        text.segments.iter().any(|segment| of(literal(segment)).any(|v| Owner::of(key(v)).is_some()))
    };
    let values = policy.conditions.iter().flat_map(|condition| &condition.values);
    policy.conditions.iter().any(|condition| Owner::of(&condition.key).is_some())
        || policy.resources.items.iter().chain(values).any(is_owned)
}

/// Who holds these policies, sorted by name.
fn holders<'a>(subject: &Subject<'a>, judged: &BTreeSet<PolicyId>) -> BTreeMap<PolicyId, Vec<&'a Principal>> {
    let mut holders: BTreeMap<PolicyId, Vec<&Principal>> = BTreeMap::new();
    if judged.is_empty() {
        return holders;
    }
    for grant in &subject.grants.principals {
        let policies = grant.statements.iter().map(|id| subject.grants.statement(*id).policy);
        let held: BTreeSet<PolicyId> = policies.filter(|policy| judged.contains(policy)).collect();
        held.into_iter()
            .for_each(|id| holders.entry(id).or_default().push(subject.graph.principal(grant.id)));
    }
    holders
}

/// `variable-never-present`: for whom a variable without a default is never filled.
fn variables(policy: &Policy, held: &[&Principal], subject: &Subject<'_>) -> Vec<Diagnostic> {
    let values = policy.conditions.iter().flat_map(|condition| &condition.values);
    let texts = policy.resources.items.iter().chain(values);
    let words = texts.map(|text| Word::of(text, &subject.project.settings));
    let found = words.flat_map(|word| {
        let variables = of(&word.value).filter(|inside| !inside.contains(','));
        variables.filter_map(|inside| variable(inside, &word, held)).collect::<Vec<_>>()
    });
    found.collect()
}

fn variable(inside: &str, word: &Word, held: &[&Principal]) -> Option<Diagnostic> {
    let owner = Owner::of(inside)?;
    let lacking: Vec<&Principal> = held.iter().copied().filter(|principal| !owner.is(principal)).collect();
    let first = lacking.first()?;
    let (names, reason) = (names(&lacking), owner.reason());
    let message = format!("`${{{inside}}}` is never filled for {names}, {reason}: it matches nothing");
    let help = match owner {
        Owner::User => format!(
            "write `{{{}}}`, which iamc fills with the name, or `${{aws:PrincipalTag/…}}`",
            first.kind.key()
        ),
        _ => "use a key that their requests have, such as `${aws:PrincipalTag/…}`, or give a default"
            .to_owned(),
    };
    Some(Diagnostic::new(&codes::VARIABLE_NEVER_PRESENT, message, word.span, "never filled").help(help))
}

/// `key-never-present`: conditions on what nobody's requests have who holds the policy.
fn keys(policy: &Policy, held: &[&Principal], subject: &Subject<'_>) -> Vec<Diagnostic> {
    let conditions = policy.conditions.iter();
    let written = conditions.map(|found| {
        (found, WrittenCondition::of(found.operator, &found.key, &found.values, &subject.project.settings))
    });
    let lacking = written.filter_map(|(found, written)| {
        let owner = Owner::of(&found.key)?;
        let is_judged = !found.operator.if_exists && found.operator.base != BaseOperator::Null;
        let is_lacking = !held.is_empty() && !held.iter().any(|principal| owner.is(principal));
        (is_judged && is_lacking).then(|| report_key(policy, held, owner, &written))
    });
    lacking.collect()
}

fn report_key(
    policy: &Policy,
    held: &[&Principal],
    owner: Owner,
    written: &WrittenCondition<'_>,
) -> Diagnostic {
    let noun = if policy.effect == Effect::Allow { "this Allow" } else { "this Deny" };
    let consequence = condition::consequence(written, policy.effect, noun);
    let (key, names, reason) = (&written.key.value, names(held), owner.reason());
    let message = format!("`{key}` is never there for {names}, {reason}: {consequence}");
    Diagnostic::new(&codes::KEY_NEVER_PRESENT, message, written.key.span, "in none of their requests")
        .help(instead(key))
}

fn instead(key: &str) -> &'static str {
    match key.to_ascii_lowercase().as_str() {
        "aws:username" => "use `aws:PrincipalArn` or `aws:PrincipalTag/…`, or remove the condition",
        "aws:sourceaccount" => {
            "write `aws:PrincipalAccount` or `aws:ResourceAccount`, or remove the condition"
        }
        "aws:sourcearn" => "write `aws:PrincipalArn`, or remove the condition",
        _ => "use a key that their requests have, such as `aws:PrincipalTag/…`, or remove the condition",
    }
}

fn names(principals: &[&Principal]) -> String {
    let names: Vec<Arc<str>> = principals.iter().map(|principal| principal.name.clone()).collect();
    words::first_few(&names)
}
