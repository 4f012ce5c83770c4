//! Whom a trust policy means, and whether its conditions hold.

use iamc_model::declaration::{Effect, TrustKind};
use iamc_model::grants::{Patterns, TrustStatement};

use super::Certainty;
use crate::decide::{Permissions, Request, decide};
use crate::statement::Statement;

/// The name of a user or role in AWS, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity<'a> {
    /// `aws`
    pub partition: &'a str,
    /// Twelve digits, where the account is known.
    pub account: Option<&'a str>,
    /// The last field of its ARN: `role/ci/Deploy`.
    pub resource: &'a str,
}

/// How a trust policy means somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// By name.
    Itself(Certainty),
    /// By its account, which leaves it to the actor's own policies.
    Account(Certainty),
    /// Not at all.
    Not,
}

impl Identity<'_> {
    /// The ARN; a pattern of it where the account is not known.
    pub fn arn(&self) -> String {
        let account = self.account.unwrap_or("????????????");
        format!("arn:{}:iam::{account}:{}", self.partition, self.resource)
    }

    fn is_of(&self, account: &str) -> Certainty {
        match self.account {
            None => Certainty::Possibly,
            Some(own) if own == account => Certainty::Surely,
            Some(_) => Certainty::Never,
        }
    }

    /// How an entry of a trust policy means this actor.
    fn naming(&self, entry: &str) -> Naming {
        if entry.len() == 12 && entry.bytes().all(|byte| byte.is_ascii_digit()) {
            return Naming::account(self.is_of(entry));
        }
        let fields: Vec<&str> = entry.splitn(6, ':').collect();
        let ["arn", partition, service, "", account, resource] = fields[..] else { return Naming::Not };
        let account = if partition == self.partition { self.is_of(account) } else { Certainty::Never };
        match (service, resource) {
            ("iam", "root") => Naming::account(account),
            ("iam", _) if resource == self.resource => Naming::itself(account),
            ("sts", _) if self.has_session(resource) => Naming::itself(account.min(Certainty::Possibly)),
            _ => Naming::Not,
        }
    }

    /// Whether `assumed-role/NAME/SESSION` can be a session of this role: who assumes it names it.
    fn has_session(&self, resource: &str) -> bool {
        let role = resource.strip_prefix("assumed-role/").and_then(|rest| rest.split('/').next());
        let own = self.resource.strip_prefix("role/").and_then(|rest| rest.rsplit('/').next());
        role.is_some() && role == own
    }
}

impl Naming {
    fn itself(certainty: Certainty) -> Self {
        if certainty == Certainty::Never { Self::Not } else { Self::Itself(certainty) }
    }

    fn account(certainty: Certainty) -> Self {
        if certainty == Certainty::Never { Self::Not } else { Self::Account(certainty) }
    }
}

/// Whether a trust policy can mean an actor: by its name, or by its account.
pub fn is_named(trust: &[TrustStatement], actor: Identity<'_>) -> bool {
    namings(trust, actor).any(|(_, naming)| naming != Naming::Not)
}

/// What a trust policy says of an actor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Trusted {
    pub(super) by_name: Certainty,
    pub(super) by_account: Certainty,
}

impl Trusted {
    pub(super) const NOT: Self = Self { by_name: Certainty::Never, by_account: Certainty::Never };

    pub(super) fn by(trust: &[TrustStatement], actor: Identity<'_>, request: &Request) -> Self {
        let namings: Vec<(&TrustStatement, Naming)> = namings(trust, actor).collect();
        let level = |naming: Naming, certainty: Certainty| {
            let meant = namings.iter().filter(|(_, found)| *found == naming);
            let statements: Vec<Statement> = meant.map(|(entry, _)| allowing(entry)).collect();
            certainty.min(allows(&statements, request))
        };
        let both = |naming: fn(Certainty) -> Naming| {
            [Certainty::Surely, Certainty::Possibly].map(|it| level(naming(it), it)).into_iter().max()
        };
        Self {
            by_name: both(Naming::Itself).unwrap_or(Certainty::Never),
            by_account: both(Naming::Account).unwrap_or(Certainty::Never),
        }
    }
}

/// Each entry of a trust policy with how it means an actor, once for each principal in it.
fn namings<'a>(
    trust: &'a [TrustStatement],
    actor: Identity<'a>,
) -> impl Iterator<Item = (&'a TrustStatement, Naming)> {
    let entries = trust.iter().filter(|entry| entry.kind == TrustKind::Aws);
    let named = entries.flat_map(|entry| entry.principals.iter().map(move |principal| (entry, principal)));
    named.map(move |(entry, principal)| (entry, actor.naming(principal)))
}

fn allowing(entry: &TrustStatement) -> Statement {
    let actions = Patterns { negated: false, patterns: entry.actions.clone() };
    let resources = Patterns { negated: false, patterns: vec!["*".to_owned()] };
    Statement::new(Effect::Allow, actions, resources, entry.conditions.clone())
}

fn allows(statements: &[Statement], request: &Request) -> Certainty {
    if statements.is_empty() {
        return Certainty::Never;
    }
    let statements: Vec<&Statement> = statements.iter().collect();
    let permissions = Permissions { statements: &statements, unknown_documents: false };
    Certainty::of(decide(permissions, request).decision)
}
