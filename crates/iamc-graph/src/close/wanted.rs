//! Which statements are wanted: for each principal the policies that it reaches, with the bound and the
//! values that make a statement of each.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use iamc_model::declaration::Effect;
use iamc_model::graph::{Graph, PolicyId};
use rayon::prelude::*;

use super::needs::{Needs, Values};
use super::scope::Scope;
use crate::bounds::Bound;
use crate::closure::{Closure, ClosureId, Closures};

/// All statements that are to be made, and who wants them.
pub(super) struct Wanted<'a> {
    graph: &'a Graph,
    /// For each policy, the names that its statement depends on.
    needs: Vec<Needs<'a>>,
    /// Each once, in the order in which they are first wanted.
    pub(super) drafts: Vec<Draft<'a>>,
    /// Principals with one closure and the same values share one list.
    pub(super) lists: Vec<Vec<Want>>,
    /// For each policy, the drafts of it.
    known: Vec<BTreeMap<(Bound, Values<'a>), DraftId>>,
    /// For each closure that somebody has, what is the same for whoever has it.
    fixed: HashMap<ClosureId, Arc<[Option<Want>]>>,
    shared: HashMap<(ClosureId, Values<'a>), ListId>,
}

/// Index into [`Wanted::drafts`].
pub(super) type DraftId = usize;

/// Index into [`Wanted::lists`].
pub(super) type ListId = usize;

/// A statement that is to be made.
pub(super) struct Draft<'a> {
    pub(super) policy: PolicyId,
    pub(super) bound: Bound,
    /// Of the first who wants it.
    pub(super) scope: Scope<'a>,
}

/// What a policy comes to for a principal.
#[derive(Clone, Copy)]
pub(super) enum Want {
    Statement(DraftId),
    /// Nothing: not all its placeholders have a value.
    Gaps(PolicyId),
}

/// A principal: its closure and what that needs, and its values where it has all of them.
struct Holder<'h, 'a> {
    id: ClosureId,
    closure: &'h Closure,
    needs: &'h Needs<'a>,
    values: Option<&'h Values<'a>>,
    scope: &'h Scope<'a>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(graph: &'a Graph) -> Self {
        Self {
            graph,
            needs: graph.policies.par_iter().map(Needs::of).collect(),
            drafts: vec![],
            lists: vec![],
            known: vec![BTreeMap::new(); graph.policies.len()],
            fixed: HashMap::new(),
            shared: HashMap::new(),
        }
    }

    /// The list of each principal.
    pub(super) fn by(&mut self, closures: &Closures<'_>, scopes: &[Scope<'a>]) -> Vec<ListId> {
        let needs = closures
            .par_iter()
            .map(|closure| Needs::union(closure.policies.iter().map(|&(policy, _)| self.needs(policy))));
        let needs: Vec<Needs<'a>> = needs.collect();
        let held = closures.held().par_iter().zip(scopes);
        let held: Vec<_> = held.map(|(&id, scope)| (id, scope, needs[id.index()].values(scope))).collect();
        let holders = held.iter().map(|(id, scope, values)| {
            let (closure, needs) = (closures.get(*id), &needs[id.index()]);
            Holder { id: *id, closure, needs, values: values.as_ref(), scope }
        });
        holders.map(|holder| self.list(&holder)).collect()
    }

    /// What the policies of a holder come to, in the order of their names.
    fn list(&mut self, holder: &Holder<'_, 'a>) -> ListId {
        let key = holder.values.map(|values| (holder.id, values.clone()));
        if let Some(&list) = key.as_ref().and_then(|key| self.shared.get(key)) {
            return list;
        }
        let fixed = self.fixed(holder);
        let wants = holder.closure.policies.iter().zip(&*fixed);
        let wants = wants.map(|(&(id, bound), fixed)| fixed.unwrap_or_else(|| self.want(id, bound, holder)));
        let wants = wants.collect();
        self.lists.push(wants);
        let list = self.lists.len() - 1;
        self.shared.extend(key.map(|key| (key, list)));
        list
    }

    /// For each policy its statement, none where that depends on who holds it.
    fn fixed(&mut self, holder: &Holder<'_, 'a>) -> Arc<[Option<Want>]> {
        if let Some(fixed) = self.fixed.get(&holder.id) {
            return Arc::clone(fixed);
        }
        let fixed = holder.closure.policies.iter().map(|&(policy, bound)| {
            let is_fixed = self.needs(policy).is_empty();
            is_fixed.then(|| self.want(policy, bound, holder))
        });
        let fixed: Arc<[_]> = fixed.collect();
        self.fixed.insert(holder.id, Arc::clone(&fixed));
        fixed
    }

    /// What a policy comes to that is held until `bound`. A Deny has no bound, so that time never widens
    /// access.
    fn want(&mut self, id: PolicyId, bound: Bound, holder: &Holder<'_, 'a>) -> Want {
        let values = match holder.values {
            Some(values) => Some(self.needs(id).among(holder.needs, values)),
            None => self.needs(id).values(holder.scope),
        };
        let Some(values) = values else { return Want::Gaps(id) };
        let is_deny = self.graph.policy(id).effect == Effect::Deny;
        let bound = if is_deny { Bound::Permanent } else { bound };
        let drafts = &mut self.drafts;
        let draft = self.known[id.0 as usize].entry((bound, values)).or_insert_with(|| {
            drafts.push(Draft { policy: id, bound, scope: *holder.scope });
            drafts.len() - 1
        });
        Want::Statement(*draft)
    }

    /// What the statement of a policy depends on.
    pub(super) fn needs(&self, id: PolicyId) -> &Needs<'a> {
        &self.needs[id.0 as usize]
    }

    /// Whether several statements are made of a policy.
    pub(super) fn is_varied(&self, id: PolicyId) -> bool {
        self.known[id.0 as usize].len() > 1
    }
}
