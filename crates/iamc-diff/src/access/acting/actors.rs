//! Who can act as which of one side's roles.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use iamc_access::assume::{ASSUME_ROLE, Certainty, Identity, Right, Trust, Trustee, Ways, trustees};
use iamc_access::{Context, Permissions, Request, Statement};
use iamc_catalog::Catalog;
use iamc_effective::{Accesses, context};
use iamc_emitter as emitter;
use iamc_model::Timestamp;
use iamc_model::declaration::Effect;
use iamc_model::grants::Grant;

use crate::Side;

/// The two names of the time of a request.
const TIMES: [&str; 2] = ["aws:CurrentTime", "aws:EpochTime"];

/// The principals of one side, by their numbers in its grants. Of the context of those who assume a role
/// nothing is known but the time, and what is known of themselves.
pub(super) struct Actors<'a> {
    side: Side<'a>,
    accesses: Accesses<'a>,
    now: Timestamp,
    /// The last field of each ARN, `role/ci/Deploy`; empty where there is no stack.
    resources: Vec<String>,
    by_name: BTreeMap<&'a Arc<str>, usize>,
    by_resource: BTreeMap<String, usize>,
    /// Roles by their names.
    by_role: BTreeMap<String, usize>,
    /// Those who may have a right of their own to assume some role.
    askers: Vec<usize>,
    decided: RefCell<BTreeMap<(usize, usize), Certainty>>,
}

impl<'a> Actors<'a> {
    pub(super) fn new(side: Side<'a>, catalog: &'a Catalog, now: Timestamp) -> Self {
        let grants = &side.built.grants.principals;
        let resources: Vec<String> = grants.iter().map(|grant| resource(side, grant)).collect();
        let mut actors = Self {
            side,
            accesses: Accesses::new(side.built, catalog),
            now,
            by_name: grants.iter().map(|grant| &grant.name).zip(0..).collect(),
            by_resource: resources.iter().cloned().zip(0..).collect(),
            by_role: BTreeMap::new(),
            resources,
            askers: vec![],
            decided: RefCell::default(),
        };
        let roles = (0..grants.len()).filter_map(|at| Some((actors.identity(at).role()?.to_owned(), at)));
        actors.by_role = roles.collect();
        actors.askers = (0..grants.len()).filter(|&at| actors.may_ask(at, None)).collect();
        actors
    }

    pub(super) fn len(&self) -> usize {
        self.resources.len()
    }

    pub(super) fn grant(&self, at: usize) -> &'a Grant {
        &self.side.built.grants.principals[at]
    }

    /// The number of a principal.
    pub(super) fn number(&self, name: &Arc<str>) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    pub(super) fn arn(&self, at: usize) -> String {
        self.identity(at).arn()
    }

    /// Whom an entry of a trust policy means, where that is a principal of the project.
    pub(super) fn meant(&self, entry: &str) -> Option<usize> {
        match Trustee::parse(entry)? {
            Trustee::Identity { account, resource, .. } if self.is_own(account) => {
                self.by_resource.get(resource).copied()
            }
            Trustee::Session { account, role, .. } if self.is_own(account) => self.by_role.get(role).copied(),
            _ => None,
        }
    }

    /// Everything on which it depends what a principal can assume, beside the roles' own trust.
    pub(super) fn rights(&self, at: usize) -> (Vec<&Statement>, Vec<&str>, Context) {
        let grant = self.grant(at);
        let (statements, unknown) = self.asking(grant, None);
        (statements, unknown, self.context(grant))
    }

    /// What of a principal's statements may concern the right to assume a role, and documents that are not
    /// known.
    fn asking<'s>(&'s self, grant: &'s Grant, arn: Option<&str>) -> (Vec<&'s Statement>, Vec<&'s str>) {
        let access = self.accesses.of(grant);
        let concerns = |statement: &&Statement| statement.may_concern(ASSUME_ROLE, arn);
        (access.statements.into_iter().filter(concerns).collect(), access.unknown)
    }

    fn may_ask(&self, at: usize, arn: Option<&str>) -> bool {
        let (statements, unknown) = self.asking(self.grant(at), arn);
        !unknown.is_empty() || statements.iter().any(|statement| statement.effect() == Effect::Allow)
    }

    fn is_own(&self, account: &str) -> bool {
        self.side.built.settings.account.as_ref().is_none_or(|own| own.value == account)
    }

    fn identity(&self, at: usize) -> Identity<'_> {
        let settings = self.side.built.settings;
        let account = settings.account.as_ref().map(|account| account.value.as_str());
        Identity { partition: &settings.partition.value, account, resource: &self.resources[at] }
    }

    fn context(&self, grant: &Grant) -> Context {
        let Side { built, .. } = self.side;
        let own = built.stacks.get(&grant.name).map(|stack| context(built.settings, stack, grant));
        let mut context = own.unwrap_or_default();
        let times = [self.now.to_string(), self.now.0.to_string()];
        TIMES.iter().zip(times).for_each(|(key, time)| context.set(key, [time]));
        context
    }

    fn decide(&self, actor: usize, role: usize) -> Certainty {
        let arn = self.arn(role);
        let grant = self.grant(actor);
        let (statements, unknown) = self.asking(grant, Some(&arn));
        let permissions = Permissions { statements: &statements, unknown_documents: !unknown.is_empty() };
        let action = ASSUME_ROLE.to_owned();
        let request = Request { action, resource: Some(arn), context: self.context(grant) };
        let trust = Trust::of(&self.grant(role).trust, self.identity(actor), &request);
        Right::of(permissions, &request).with(trust)
    }
}

impl Ways for Actors<'_> {
    fn candidates(&self, role: usize) -> Vec<usize> {
        let mut found = BTreeSet::new();
        for (entry, trustee) in trustees(&self.grant(role).trust) {
            match trustee {
                Trustee::Identity { .. } | Trustee::Session { .. } => {
                    found.extend(entry.principals.iter().filter_map(|entry| self.meant(entry)));
                }
                Trustee::Account(_, account) if self.is_own(account) => {
                    let arn = self.arn(role);
                    found.extend(self.askers.iter().filter(|&&at| self.may_ask(at, Some(&arn))));
                }
                Trustee::Account(..) => {}
            }
        }
        found.into_iter().collect()
    }

    fn can_assume(&self, actor: usize, role: usize) -> Certainty {
        if let Some(&decided) = self.decided.borrow().get(&(actor, role)) {
            return decided;
        }
        let decided = self.decide(actor, role);
        self.decided.borrow_mut().insert((actor, role), decided);
        decided
    }
}

fn resource(side: Side<'_>, grant: &Grant) -> String {
    match side.built.stacks.get(&grant.name).map(|stack| &stack.identity) {
        Some(emitter::Identity::Engineer { role, .. } | emitter::Identity::Role { role }) => {
            format!("role{}{}", role.path, role.name)
        }
        Some(emitter::Identity::ServiceUser { user, .. }) => format!("user{}{}", user.path, user.name),
        None => String::new(),
    }
}
