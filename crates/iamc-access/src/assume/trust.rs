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

/// Whom an entry of a trust policy means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trustee<'a> {
    /// All of an account, which leaves it to their own policies; its partition where that is written.
    Account(Option<&'a str>, &'a str),
    /// A user or role.
    Identity {
        /// `aws`
        partition: &'a str,
        /// Twelve digits.
        account: &'a str,
        /// `role/ci/Deploy`
        resource: &'a str,
    },
    /// One session of a role. Who acts as the role chooses its session's name.
    Session {
        /// `aws`
        partition: &'a str,
        /// Twelve digits.
        account: &'a str,
        /// The role's name, without its path.
        role: &'a str,
    },
}

impl<'a> Trustee<'a> {
    /// Reads an account or an ARN; none where it is neither that of a user nor of a role.
    pub fn parse(entry: &'a str) -> Option<Self> {
        if entry.len() == 12 && entry.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Account(None, entry));
        }
        let fields: Vec<&str> = entry.splitn(6, ':').collect();
        let ["arn", partition, service, "", account, resource] = fields[..] else { return None };
        match service {
            "iam" if resource == "root" => Some(Self::Account(Some(partition), account)),
            "iam" => Some(Self::Identity { partition, account, resource }),
            "sts" => {
                let (role, _) = resource.strip_prefix("assumed-role/")?.split_once('/')?;
                Some(Self::Session { partition, account, role })
            }
            _ => None,
        }
    }
}

/// How a trust policy means somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// By name.
    Itself(Certainty),
    /// By its account, which leaves it to the actor's own policies.
    Account(Certainty),
}

impl<'a> Identity<'a> {
    /// The ARN; a pattern of it where the account is not known.
    pub fn arn(&self) -> String {
        let account = self.account.unwrap_or("????????????");
        format!("arn:{}:iam::{account}:{}", self.partition, self.resource)
    }

    /// The role's name without its path; none of a user.
    pub fn role(&self) -> Option<&'a str> {
        self.resource.strip_prefix("role/").and_then(|rest| rest.rsplit('/').next())
    }

    fn naming(&self, trustee: Trustee<'_>) -> Naming {
        match trustee {
            Trustee::Account(partition, account) => Naming::Account(self.is_of(partition, account)),
            Trustee::Identity { partition, account, resource } if resource == self.resource => {
                Naming::Itself(self.is_of(Some(partition), account))
            }
            Trustee::Session { partition, account, role } if self.role() == Some(role) => {
                Naming::Itself(self.is_of(Some(partition), account).min(Certainty::Possibly))
            }
            Trustee::Identity { .. } | Trustee::Session { .. } => Naming::Itself(Certainty::Never),
        }
    }

    fn is_of(&self, partition: Option<&str>, account: &str) -> Certainty {
        match self.account {
            _ if partition.is_some_and(|partition| partition != self.partition) => Certainty::Never,
            None => Certainty::Possibly,
            Some(own) if own == account => Certainty::Surely,
            Some(_) => Certainty::Never,
        }
    }
}

/// What a trust policy says of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trust {
    /// Whether it lets it in by its name.
    pub by_name: Certainty,
    /// Whether it lets it in if its own policies do.
    pub by_account: Certainty,
}

impl Trust {
    /// Reads a trust policy with the eyes of an actor that asks for [`super::ASSUME_ROLE`].
    pub fn of(trust: &[TrustStatement], actor: Identity<'_>, request: &Request) -> Self {
        let namings: Vec<(&TrustStatement, Naming)> = namings(trust, actor).collect();
        let level = |naming: Naming, certainty: Certainty| {
            let meant = namings.iter().filter(|(_, found)| *found == naming);
            let statements: Vec<Statement> = meant.map(|(entry, _)| allowing(entry)).collect();
            certainty.min(allows(&statements, request))
        };
        let both = |naming: fn(Certainty) -> Naming| {
            let possibly = level(naming(Certainty::Possibly), Certainty::Possibly);
            level(naming(Certainty::Surely), Certainty::Surely).max(possibly)
        };
        Self { by_name: both(Naming::Itself), by_account: both(Naming::Account) }
    }
}

/// Each entry of a trust policy with how it means an actor, once for each principal in it.
fn namings<'a>(
    trust: &'a [TrustStatement],
    actor: Identity<'a>,
) -> impl Iterator<Item = (&'a TrustStatement, Naming)> {
    trustees(trust).map(move |(entry, trustee)| (entry, actor.naming(trustee)))
}

/// Whom a trust policy means, each with the entry that it stands in.
pub fn trustees(trust: &[TrustStatement]) -> impl Iterator<Item = (&TrustStatement, Trustee<'_>)> {
    let entries = trust.iter().filter(|entry| entry.kind == TrustKind::Aws);
    let named = entries.flat_map(|entry| entry.principals.iter().map(move |principal| (entry, principal)));
    named.filter_map(|(entry, principal)| Some((entry, Trustee::parse(principal)?)))
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
