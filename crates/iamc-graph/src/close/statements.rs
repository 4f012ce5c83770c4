//! Statements: policies with their placeholders filled and their bounds applied, each distinct one
//! made once.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;
use std::sync::Arc;

use iamc_model::Diagnostic;
use iamc_model::declaration::Effect;
use iamc_model::grants::{Statement, StatementId};
use iamc_model::graph::{Graph, PolicyId, Principal};

use super::needs::{Needs, Values};
use super::reports::Reports;
use super::scope::Scope;
use super::statement::{gaps, make};
use crate::bounds::Bound;
use crate::closure::{Closure, ClosureId};

/// The statements that have been made.
pub(super) struct Statements<'a> {
    graph: &'a Graph,
    /// For each policy, the names that its statement depends on.
    needs: Vec<Needs<'a>>,
    pub(super) table: Vec<Statement>,
    /// By the hash of the statement.
    interned: HashMap<u64, Vec<StatementId>>,
    /// For each policy, what was made of it.
    made: Vec<BTreeMap<(Bound, Values<'a>), StatementId>>,
    plans: HashMap<ClosureId, Arc<Plan<'a>>>,
    lists: HashMap<(ClosureId, Values<'a>), List>,
    shared: HashMap<Vec<StatementId>, List>,
}

/// The statements of one or more principals.
type List = Arc<[StatementId]>;

/// What a closure makes for whoever has it.
struct Plan<'a> {
    needs: Needs<'a>,
    /// For each policy its statement, none where that depends on the principal.
    fixed: Vec<Option<StatementId>>,
}

impl<'a> Statements<'a> {
    pub(super) fn new(graph: &'a Graph) -> Self {
        Self {
            graph,
            needs: graph.policies.iter().map(Needs::of).collect(),
            table: vec![],
            interned: HashMap::new(),
            made: vec![BTreeMap::new(); graph.policies.len()],
            plans: HashMap::new(),
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
        let plan = self.plan(id, closure, scope);
        let key = plan.needs.values(scope).map(|values| (id, values));
        if let Some(list) = key.as_ref().and_then(|key| self.lists.get(key)) {
            return Arc::clone(list);
        }
        let list = self.list(closure, &plan, principal, scope, reports);
        let is_whole = list.len() == closure.policies.len();
        let list = self.share(list);
        if let Some(key) = key.filter(|_| is_whole) {
            self.lists.insert(key, Arc::clone(&list));
        }
        list
    }

    fn plan(&mut self, id: ClosureId, closure: &Closure, scope: &Scope<'a>) -> Arc<Plan<'a>> {
        if let Some(plan) = self.plans.get(&id) {
            return Arc::clone(plan);
        }
        let needs = Needs::union(closure.policies.iter().map(|&(policy, _)| &self.needs[policy.0 as usize]));
        let fixed = closure.policies.iter().map(|&(policy, bound)| {
            let is_fixed = self.needs[policy.0 as usize].is_empty();
            is_fixed.then(|| self.statement(policy, bound, scope).ok()).flatten()
        });
        let fixed = fixed.collect();
        let plan = Arc::new(Plan { needs, fixed });
        self.plans.insert(id, Arc::clone(&plan));
        plan
    }

    /// What is wrong with the text of a policy that no principal holds, as far as it is the same for
    /// everyone.
    pub(super) fn wrong_for_everyone(&self, id: PolicyId, scope: &Scope<'_>) -> Vec<Diagnostic> {
        let is_whole = self.needs[id.0 as usize].values(scope).is_some();
        let made = is_whole.then(|| make(id, self.graph.policy(id), Bound::Permanent, scope));
        made.and_then(Result::err).unwrap_or_default()
    }

    fn share(&mut self, list: Vec<StatementId>) -> List {
        Arc::clone(self.shared.entry(list).or_insert_with_key(|list| list.as_slice().into()))
    }

    fn list(
        &mut self,
        closure: &Closure,
        plan: &Plan<'a>,
        principal: &Principal,
        scope: &Scope<'a>,
        reports: &mut Reports,
    ) -> Vec<StatementId> {
        let statements = closure.policies.iter().zip(&plan.fixed).filter_map(|(&(id, bound), fixed)| {
            let made = fixed.map_or_else(|| self.statement(id, bound, scope), Ok);
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
        let bound = if policy.effect == Effect::Deny { Bound::Permanent } else { bound };
        let Some(values) = self.needs[id.0 as usize].values(scope) else {
            return Err(gaps(policy, scope));
        };
        let key = (bound, values);
        if let Some(&known) = self.made[id.0 as usize].get(&key) {
            return Ok(known);
        }
        let statement = make(id, policy, bound, scope)?;
        let made = self.intern(statement);
        self.made[id.0 as usize].insert(key, made);
        Ok(made)
    }

    fn intern(&mut self, statement: Statement) -> StatementId {
        let hash = self.interned.hasher().hash_one(&statement);
        let alike = self.interned.entry(hash).or_default();
        if let Some(&known) = alike.iter().find(|known| self.table[known.0 as usize] == statement) {
            return known;
        }
        let id = StatementId(self.table.len() as u32);
        self.table.push(statement);
        alike.push(id);
        id
    }
}
