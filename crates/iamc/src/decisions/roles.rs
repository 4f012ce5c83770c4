//! Who can act as which of the project's roles, engineers' among them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use iamc_access::assume::{self, ASSUME_ROLE, Certainty, Identity, Right, Trust, Trustee, Ways};
use iamc_access::{Request, Statement};
use iamc_emitter as emitter;
use iamc_model::Settings;
use iamc_model::declaration::Effect;
use iamc_model::grants::TrustStatement;

use super::classes::{Classes, mark};
use iamc_effective::{self as effective, Accesses};
use crate::compile::Compilation;
use crate::request::Asked;

/// The roles of a project, and who can assume them at the time of a request. Of the context of those who
/// assume a role, nothing else is known.
pub(crate) struct Roles<'a> {
    compilation: &'a Compilation,
    asked: Asked,
    /// By principal: the last field of its ARN.
    resources: Vec<String>,
    /// By that field, and roles by their names also.
    by_resource: BTreeMap<String, usize>,
    by_role: BTreeMap<String, usize>,
    /// What principals may assume.
    classes: Classes<'a>,
    /// Who has each statement that may allow to assume a role; and those of whom not all is known.
    allows: Vec<(&'a Statement, Vec<usize>)>,
    unknown: Vec<usize>,
    rights: RefCell<BTreeMap<(usize, usize), Right>>,
}

impl<'a> Roles<'a> {
    /// The roles as they can be assumed at the time of a request.
    pub(crate) fn new(compilation: &'a Compilation, accesses: &'a Accesses<'a>, asked: &Asked) -> Self {
        let asked = asked.meanwhile(ASSUME_ROLE);
        let everyone = 0..compilation.grants.principals.len();
        let resources: Vec<String> = everyone.clone().map(|at| resource(compilation, at)).collect();
        let mut by_resource = BTreeMap::new();
        let mut by_role = BTreeMap::new();
        for (at, resource) in resources.iter().enumerate() {
            by_resource.insert(resource.clone(), at);
            by_role.extend(
                identity(&compilation.project.settings, resource).role().map(|name| (name.to_owned(), at)),
            );
        }
        let classes = Classes::new(compilation, accesses, &asked, everyone);
        let (allows, unknown) = holders(&classes, compilation.grants.principals.len());
        Self {
            compilation,
            asked,
            resources,
            by_resource,
            by_role,
            classes,
            allows,
            unknown,
            rights: RefCell::default(),
        }
    }

    /// Some principals, and the roles that they might come to be by any chain.
    pub(crate) fn within_reach(&self, of: &[usize]) -> BTreeSet<usize> {
        let mut roles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for role in 0..self.resources.len() {
            self.candidates(role).into_iter().for_each(|actor| roles.entry(actor).or_default().push(role));
        }
        let mut found: BTreeSet<usize> = of.iter().copied().collect();
        let mut open = of.to_vec();
        while let Some(actor) = open.pop() {
            open.extend(
                roles.remove(&actor).unwrap_or_default().into_iter().filter(|&role| found.insert(role)),
            );
        }
        found
    }

    fn trust(&self, principal: usize) -> &'a [TrustStatement] {
        &self.compilation.grants.principals[principal].trust
    }

    fn identity(&self, principal: usize) -> Identity<'_> {
        identity(&self.compilation.project.settings, &self.resources[principal])
    }

    /// Those who may have a right of their own to assume a role.
    fn holders(&self, arn: &str) -> impl Iterator<Item = usize> {
        let allows = self.allows.iter().filter(|(allow, _)| allow.may_concern(ASSUME_ROLE, Some(arn)));
        allows.flat_map(|(_, holders)| holders).chain(&self.unknown).copied()
    }

    fn request(&self, actor: usize, role: usize) -> Request {
        let Compilation { project, grants, stacks, .. } = self.compilation;
        let grant = &grants.principals[actor];
        let own = stacks.get(&grant.name).map(|stack| effective::context(&project.settings, stack, grant));
        let asked = self.asked.by(own.unwrap_or_default());
        Request { resource: Some(self.identity(role).arn()), ..asked }
    }

    /// Decided once for each class of actors.
    fn right(&self, actor: usize, role: usize) -> Option<Right> {
        let number = self.classes.of(actor)?;
        let class = self.classes.list.get(number)?;
        let decided = || {
            let resource = Some(self.identity(role).arn());
            let request = Request { resource, ..class.request.clone() };
            Right::of(class.access.permissions(), &request)
        };
        Some(*self.rights.borrow_mut().entry((number, role)).or_insert_with(decided))
    }
}

impl Ways for Roles<'_> {
    fn candidates(&self, role: usize) -> Vec<usize> {
        let mut found = BTreeSet::new();
        for (_, trustee) in assume::trustees(self.trust(role)) {
            match trustee {
                Trustee::Identity { resource, .. } => found.extend(self.by_resource.get(resource)),
                Trustee::Session { role, .. } => found.extend(self.by_role.get(role)),
                Trustee::Account(..) => found.extend(self.holders(&self.identity(role).arn())),
            }
        }
        found.into_iter().collect()
    }

    fn can_assume(&self, actor: usize, role: usize) -> Certainty {
        let trust = Trust::of(self.trust(role), self.identity(actor), &self.request(actor, role));
        self.right(actor, role).map_or(Certainty::Never, |right| right.with(trust))
    }
}

/// Who has each Allow, and who has documents that are not known.
fn holders<'a>(classes: &Classes<'a>, principals: usize) -> (Vec<(&'a Statement, Vec<usize>)>, Vec<usize>) {
    let mut allows: BTreeMap<_, (&Statement, Vec<usize>)> = BTreeMap::new();
    let mut unknown = Vec::new();
    for principal in 0..principals {
        let Some(class) = classes.of(principal).and_then(|class| classes.list.get(class)) else { continue };
        let own = class.access.origins.iter().zip(&class.access.statements);
        for (origin, statement) in own.filter(|(_, statement)| statement.effect() == Effect::Allow) {
            allows.entry(mark(origin)).or_insert_with(|| (statement, vec![])).1.push(principal);
        }
        unknown.extend((!class.access.unknown.is_empty()).then_some(principal));
    }
    (allows.into_values().collect(), unknown)
}

fn identity<'a>(settings: &'a Settings, resource: &'a str) -> Identity<'a> {
    let account = settings.account.as_ref().map(|account| account.value.as_str());
    Identity { partition: &settings.partition.value, account, resource }
}

/// `role/ci/Deploy`; empty where there is no stack.
fn resource(compilation: &Compilation, principal: usize) -> String {
    let stack = compilation.stacks.get(&compilation.grants.principals[principal].name);
    let resource = |stack: &emitter::Stack| match &stack.identity {
        emitter::Identity::Engineer { role, .. } | emitter::Identity::Role { role } => {
            format!("role{}{}", role.path, role.name)
        }
        emitter::Identity::ServiceUser { user, .. } => format!("user{}{}", user.path, user.name),
    };
    stack.map(resource).unwrap_or_default()
}
