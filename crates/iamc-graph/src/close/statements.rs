//! Statements: policies with their placeholders filled and their bounds applied, each distinct one
//! made once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns, Statement, StatementId};
use iamc_model::graph::{Graph, Policy, PolicyId, Principal};
use iamc_model::text::Placeholder;
use iamc_model::{Diagnostic, Text};

use super::reports::Reports;
use super::scope::{Gap, Scope};
use super::{checks, conditions};
use crate::closure::{Bound, Closure, ClosureId};
use crate::placeholder::{By, Definition};

/// The statements that have been made.
pub(super) struct Statements<'a> {
    graph: &'a Graph,
    /// For each policy, the names that its statement depends on.
    needs: Vec<Needs<'a>>,
    pub(super) table: Vec<Statement>,
    interned: HashMap<Statement, StatementId>,
    made: HashMap<(PolicyId, Bound, Values<'a>), StatementId>,
    lists: HashMap<(ClosureId, Values<'a>), List>,
    shared: HashMap<Vec<StatementId>, List>,
}

/// What fills the open names of [`Needs`], in their order.
type Values<'a> = Vec<Cow<'a, str>>;

/// The statements of one or more principals.
type List = Arc<[StatementId]>;

/// Names of placeholders, sorted and distinct.
#[derive(Clone, Default)]
struct Needs<'a> {
    /// To be filled for each principal.
    open: Vec<&'a str>,
    /// Filled already: no principal may give them too.
    filled: Vec<&'a str>,
}

impl<'a> Statements<'a> {
    pub(super) fn new(graph: &'a Graph) -> Self {
        Self {
            graph,
            needs: graph.policies.iter().map(Needs::of).collect(),
            table: vec![],
            interned: HashMap::new(),
            made: HashMap::new(),
            lists: HashMap::new(),
            shared: HashMap::new(),
        }
    }

    /// What the policies of a closure make for a principal, in the order of their names. Principals with
    /// one closure and the same values share one list.
    pub(super) fn of(
        &mut self,
        (id, closure): (ClosureId, &Closure),
        principal: &Principal,
        scope: &Scope<'a>,
        reports: &mut Reports,
    ) -> List {
        let needs = Needs::union(closure.policies.iter().map(|&(policy, _)| &self.needs[policy.0 as usize]));
        let Some(values) = needs.values(scope) else {
            let list = self.list(closure, principal, scope, reports);
            return self.share(list);
        };
        let key = (id, values);
        if let Some(list) = self.lists.get(&key) {
            return Arc::clone(list);
        }
        let list = self.list(closure, principal, scope, reports);
        let is_whole = list.len() == closure.policies.len();
        let list = self.share(list);
        if is_whole {
            self.lists.insert(key, Arc::clone(&list));
        }
        list
    }

    /// What is wrong with the text of a policy that no principal holds, as far as it is the same for
    /// everyone.
    pub(super) fn wrong_for_everyone(&self, id: PolicyId, scope: &Scope<'_>) -> Vec<Diagnostic> {
        let is_whole = self.needs[id.0 as usize].values(scope).is_some();
        let made = is_whole.then(|| make(id, self.graph.policy(id), Bound::PERMANENT, scope));
        made.and_then(Result::err).unwrap_or_default()
    }

    fn share(&mut self, list: Vec<StatementId>) -> List {
        Arc::clone(self.shared.entry(list).or_insert_with_key(|list| list.as_slice().into()))
    }

    fn list(
        &mut self,
        closure: &Closure,
        principal: &Principal,
        scope: &Scope<'a>,
        reports: &mut Reports,
    ) -> Vec<StatementId> {
        let statements = closure.policies.iter().filter_map(|&(id, bound)| {
            let made = self.statement(id, bound, scope);
            made.map_err(|wrong| {
                wrong.into_iter().for_each(|report| reports.add(report, Some(&principal.name)))
            })
            .ok()
        });
        statements.collect()
    }

    /// The statement of a policy that is held until `bound`. A Deny has no bound, so that time never
    /// widens access.
    fn statement(
        &mut self,
        id: PolicyId,
        bound: Bound,
        scope: &Scope<'a>,
    ) -> Result<StatementId, Vec<Diagnostic>> {
        let policy = self.graph.policy(id);
        let bound = if policy.effect == Effect::Deny { Bound::PERMANENT } else { bound };
        let Some(values) = self.needs[id.0 as usize].values(scope) else {
            return Err(gaps(policy, scope));
        };
        let key = (id, bound, values);
        if let Some(&known) = self.made.get(&key) {
            return Ok(known);
        }
        let statement = make(id, policy, bound, scope)?;
        let made = self.intern(statement);
        self.made.insert(key, made);
        Ok(made)
    }

    fn intern(&mut self, statement: Statement) -> StatementId {
        if let Some(&known) = self.interned.get(&statement) {
            return known;
        }
        let id = StatementId(self.table.len() as u32);
        self.table.push(statement.clone());
        self.interned.insert(statement, id);
        id
    }
}

impl<'a> Needs<'a> {
    fn of(policy: &'a Policy) -> Self {
        let open = texts(policy).flat_map(Text::placeholders).map(|placeholder| placeholder.name.as_str());
        let filled = policy.filled.iter().map(|filled| filled.placeholder.as_str());
        Self { open: distinct(open), filled: distinct(filled) }
    }

    fn union<'n>(all: impl Iterator<Item = &'n Self> + Clone) -> Self
    where
        'a: 'n,
    {
        let open = all.clone().flat_map(|needs| needs.open.iter().copied());
        Self { open: distinct(open), filled: distinct(all.flat_map(|needs| needs.filled.iter().copied())) }
    }

    /// The values of the open names; none where one has no value, or where the principal gives one that
    /// is filled already.
    fn values<'s>(&self, scope: &Scope<'s>) -> Option<Values<'s>> {
        let is_rivalled = self.filled.iter().any(|name| scope.rival(name).is_some());
        let values = self.open.iter().map(|name| scope.value(name).ok());
        if is_rivalled { None } else { values.collect() }
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The texts of a policy that may hold placeholders.
pub(super) fn texts(policy: &Policy) -> impl Iterator<Item = &Text> {
    policy.resources.items.iter().chain(policy.conditions.iter().flat_map(|condition| &condition.values))
}

/// Every placeholder of a policy that has no value for a principal, or more than one.
fn gaps(policy: &Policy, scope: &Scope<'_>) -> Vec<Diagnostic> {
    let open = texts(policy).flat_map(Text::placeholders);
    let open =
        open.filter_map(|placeholder| scope.report(placeholder, scope.value(&placeholder.name).err()?));
    let filled = policy.filled.iter().filter_map(|filled| {
        let rival = scope.rival(&filled.placeholder)?;
        let own = Definition { by: By::Policy, span: filled.by };
        let placeholder =
            Placeholder { name: filled.placeholder.value.clone(), span: filled.placeholder.span };
        scope.report(&placeholder, Gap::Ambiguous(own, rival))
    });
    open.chain(filled).collect()
}

/// The statement of a policy all of whose placeholders have a value, or what is wrong with the texts
/// that come of it.
fn make(
    id: PolicyId,
    policy: &Policy,
    bound: Bound,
    scope: &Scope<'_>,
) -> Result<Statement, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let mut fill = |text: &Text, check: &dyn Fn(&Text, &str) -> Vec<Diagnostic>| {
        let value = scope.fill(text).unwrap_or_default();
        if !policy.filled.is_empty() || text.as_literal().is_none() {
            wrong.extend(check(text, &value));
        }
        value
    };
    let resources = policy.resources.items.iter().map(|text| fill(text, &checks::resource)).collect();
    let mut all = Conditions::new();
    for condition in &policy.conditions {
        let check = |text: &Text, value: &str| checks::condition_value(condition.operator, text, value);
        let values = condition.values.iter().map(|text| fill(text, &check)).collect();
        conditions::add(&mut all, condition.operator, &condition.key, values);
    }
    if let Some(until) = bound.until() {
        conditions::bound(&mut all, until);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Statement {
        policy: id,
        name: Arc::clone(&policy.name),
        span: policy.span,
        effect: policy.effect,
        actions: patterns(
            policy.actions.negated,
            policy.actions.items.iter().map(|action| action.value.clone()).collect(),
        ),
        resources: patterns(policy.resources.negated, resources),
        conditions: all,
    })
}

fn patterns(negated: bool, mut patterns: Vec<String>) -> Patterns {
    patterns.sort_unstable();
    patterns.dedup();
    Patterns { negated, patterns }
}
