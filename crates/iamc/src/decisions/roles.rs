//! Who can act as which of the project's roles, engineers' among them.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use iamc_access::assume::{self, ASSUME_ROLE, Certainty, Identity, Right, Trust, Trustee, Ways};
use iamc_access::{Request, Statement};
use iamc_effective::{self as effective, Accesses};
use iamc_emitter as emitter;
use iamc_model::declaration::Effect;
use iamc_model::grants::TrustStatement;

use super::classes::{Classes, mark};
use crate::compile::Compilation;
use crate::request::Asked;

/// The roles of a project, and who can assume them at the time of a request. Of the context of those who
/// assume a role, nothing else is known. Most projects trust few, so that what is needed to tell who is
/// meant is made when it is first asked for.
pub(crate) struct Roles<'a> {
    compilation: &'a Compilation,
    accesses: &'a Accesses<'a>,
    asked: Asked,
    names: OnceCell<Names>,
    rights: OnceCell<Rights<'a>>,
}

/// Principals by what trust policies call them.
#[derive(Default)]
struct Names {
    /// `role/ci/Deploy`
    by_resource: BTreeMap<String, usize>,
    /// Roles by their names.
    by_role: BTreeMap<String, usize>,
}

/// What principals may assume by their own policies.
struct Rights<'a> {
    classes: Classes<'a>,
    /// Who has each statement that may allow to assume a role.
    allows: Vec<(&'a Statement, Vec<usize>)>,
    /// Those of whom not all is known.
    unknown: Vec<usize>,
    /// By class and role.
    decided: RefCell<BTreeMap<(usize, usize), Right>>,
}

impl<'a> Roles<'a> {
    /// The roles as they can be assumed at the time of a request.
    pub(crate) fn new(compilation: &'a Compilation, accesses: &'a Accesses<'a>, asked: &Asked) -> Self {
        let asked = asked.meanwhile(ASSUME_ROLE);
        Self { compilation, accesses, asked, names: OnceCell::new(), rights: OnceCell::new() }
    }

    /// Some principals, and the roles that they might come to be by any chain.
    pub(crate) fn within_reach(&self, of: &[usize]) -> BTreeSet<usize> {
        let mut roles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for role in 0..self.compilation.grants.principals.len() {
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

    fn can_be_own(&self, account: &str) -> bool {
        let settings = &self.compilation.project.settings;
        settings.account.as_ref().is_none_or(|own| own.value == account)
    }

    fn identity<'r>(&'r self, resource: &'r str) -> Identity<'r> {
        let settings = &self.compilation.project.settings;
        let account = settings.account.as_ref().map(|account| account.value.as_str());
        Identity { partition: &settings.partition.value, account, resource }
    }

    /// The last field of a principal's ARN, `role/ci/Deploy`; empty where there is no stack.
    fn resource(&self, principal: usize) -> String {
        let Compilation { grants, stacks, .. } = self.compilation;
        match stacks.get(&grants.principals[principal].name).map(|stack| &stack.identity) {
            Some(emitter::Identity::Engineer { role, .. } | emitter::Identity::Role { role }) => {
                format!("role{}{}", role.path, role.name)
            }
            Some(emitter::Identity::ServiceUser { user, .. }) => format!("user{}{}", user.path, user.name),
            None => String::new(),
        }
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut names = Names::default();
            for at in 0..self.compilation.grants.principals.len() {
                let resource = self.resource(at);
                names.by_role.extend(self.identity(&resource).role().map(|name| (name.to_owned(), at)));
                names.by_resource.insert(resource, at);
            }
            names
        })
    }

    fn rights(&self) -> &Rights<'a> {
        self.rights.get_or_init(|| Rights::new(self.compilation, self.accesses, &self.asked))
    }

    fn request(&self, actor: usize, role: &str) -> Request {
        let Compilation { project, grants, stacks, .. } = self.compilation;
        let grant = &grants.principals[actor];
        let own = stacks.get(&grant.name).map(|stack| effective::context(&project.settings, stack, grant));
        Request { resource: Some(role.to_owned()), ..self.asked.by(own.unwrap_or_default()) }
    }
}

impl Ways for Roles<'_> {
    fn candidates(&self, role: usize) -> Vec<usize> {
        let mut found = BTreeSet::new();
        for (_, trustee) in assume::trustees(self.trust(role)) {
            match trustee {
                Trustee::Identity { resource, .. } => found.extend(self.names().by_resource.get(resource)),
                Trustee::Session { role, .. } => found.extend(self.names().by_role.get(role)),
                Trustee::Account(_, account) if !self.can_be_own(account) => {}
                Trustee::Account(..) => {
                    let arn = self.identity(&self.resource(role)).arn();
                    found.extend(self.rights().holders(&arn));
                }
            }
        }
        found.into_iter().collect()
    }

    fn can_assume(&self, actor: usize, role: usize) -> Certainty {
        let arn = self.identity(&self.resource(role)).arn();
        let resource = self.resource(actor);
        let trust = Trust::of(self.trust(role), self.identity(&resource), &self.request(actor, &arn));
        self.rights().of(actor, role, &arn).map_or(Certainty::Never, |right| right.with(trust))
    }
}

impl<'a> Rights<'a> {
    fn new(compilation: &'a Compilation, accesses: &'a Accesses<'a>, asked: &Asked) -> Self {
        let everyone = 0..compilation.grants.principals.len();
        let classes = Classes::new(compilation, accesses, asked, everyone.clone());
        let mut allows: BTreeMap<_, (&Statement, Vec<usize>)> = BTreeMap::new();
        let mut unknown = Vec::new();
        for principal in everyone {
            let Some(class) = classes.of(principal).and_then(|class| classes.list.get(class)) else {
                continue;
            };
            let own = class.access.origins.iter().zip(&class.access.statements);
            for (origin, statement) in own.filter(|(_, statement)| statement.effect() == Effect::Allow) {
                allows.entry(mark(origin)).or_insert_with(|| (statement, vec![])).1.push(principal);
            }
            unknown.extend((!class.access.unknown.is_empty()).then_some(principal));
        }
        Self { classes, allows: allows.into_values().collect(), unknown, decided: RefCell::default() }
    }

    /// Those who may have a right of their own to assume the role with an ARN.
    fn holders(&self, arn: &str) -> impl Iterator<Item = usize> {
        let allows = self.allows.iter().filter(|(allow, _)| allow.may_concern(ASSUME_ROLE, Some(arn)));
        allows.flat_map(|(_, holders)| holders).chain(&self.unknown).copied()
    }

    /// An actor's right to assume a role, decided once for each class of actors.
    fn of(&self, actor: usize, role: usize, arn: &str) -> Option<Right> {
        let number = self.classes.of(actor)?;
        let class = self.classes.list.get(number)?;
        let decided = || {
            let request = Request { resource: Some(arn.to_owned()), ..class.request.clone() };
            Right::of(class.access.permissions(), &request)
        };
        Some(*self.decided.borrow_mut().entry((number, role)).or_insert_with(decided))
    }
}
