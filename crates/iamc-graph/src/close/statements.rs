//! Statements: policies with their placeholders filled and their bounds applied, each distinct one
//! made once.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use iamc_model::Diagnostic;
use iamc_model::grants::{Statement, StatementId};
use iamc_model::graph::{Graph, PolicyId, Principal};
use rayon::prelude::*;

use super::reports::Reports;
use super::scope::Scope;
use super::statement::{gaps, make};
use super::wanted::{Draft, ListId, Want, Wanted};
use crate::bounds::Bound;

/// The statements that have been made.
pub(super) struct Statements<'a> {
    graph: &'a Graph,
    wanted: Wanted<'a>,
    /// What became of each draft.
    made: Vec<Made>,
    pub(super) table: Vec<Statement>,
    /// By [`ListId`]: the statements that could be made. Equal lists are one.
    lists: Vec<List>,
}

/// A statement, or what was wrong with its texts.
type Made = Result<StatementId, Vec<Diagnostic>>;

/// The statements of one or more principals.
type List = Arc<[StatementId]>;

impl<'a> Statements<'a> {
    pub(super) fn make(graph: &'a Graph, wanted: Wanted<'a>) -> Self {
        let hasher = RandomState::new();
        let drafts = wanted.drafts.par_iter().map(|draft| statement(graph, &wanted, draft, &hasher));
        let drafts: Vec<_> = drafts.collect();
        let mut interned = Interned { table: Vec::with_capacity(drafts.len()), by_hash: HashMap::new() };
        let made = drafts.into_iter().map(|made| made.map(|(statement, hash)| interned.id(statement, hash)));
        let made: Vec<Made> = made.collect();
        let lists = lists(&wanted, &made);
        Self { graph, wanted, made, table: interned.table, lists }
    }

    /// The statements of a principal, in the order of their policies' names; what could not be made is
    /// reported.
    pub(super) fn of(
        &self,
        list: ListId,
        principal: &Principal,
        scope: &Scope<'_>,
        reports: &mut Reports,
    ) -> List {
        let (wants, made) = (&self.wanted.lists[list], &self.lists[list]);
        if made.len() < wants.len() {
            let wrong = wants.iter().flat_map(|want| match *want {
                Want::Statement(draft) => self.made[draft].clone().err().unwrap_or_default(),
                Want::Gaps(policy) => gaps(self.graph.policy(policy), scope),
            });
            wrong.for_each(|report| reports.add(report, Some(&principal.name)));
        }
        Arc::clone(made)
    }

    /// What is wrong with the text of a policy that no principal holds, as far as it is the same for
    /// everyone.
    pub(super) fn wrong_for_everyone(&self, id: PolicyId, scope: &Scope<'_>) -> Vec<Diagnostic> {
        let is_whole = self.wanted.needs(id).values(scope).is_some();
        let made = is_whole.then(|| make(id, self.graph.policy(id), Bound::Permanent, scope));
        made.and_then(Result::err).unwrap_or_default()
    }
}

/// The statement of a draft, with its hash where others are made of the same policy.
fn statement(
    graph: &Graph,
    wanted: &Wanted<'_>,
    draft: &Draft<'_>,
    hasher: &RandomState,
) -> Result<(Statement, Option<u64>), Vec<Diagnostic>> {
    let policy = graph.policy(draft.policy);
    let statement = make(draft.policy, policy, draft.bound, &draft.scope)?;
    let hash = wanted.is_varied(draft.policy).then(|| hasher.hash_one(&statement));
    Ok((statement, hash))
}

fn lists(wanted: &Wanted<'_>, made: &[Made]) -> Vec<List> {
    let id = |want: &Want| match *want {
        Want::Statement(draft) => made[draft].as_ref().ok().copied(),
        Want::Gaps(_) => None,
    };
    let lists = wanted.lists.iter().map(|wants| wants.iter().filter_map(id).collect::<List>());
    let mut shared: HashMap<List, List> = HashMap::with_capacity(wanted.lists.len());
    lists.map(|list| Arc::clone(shared.entry(list).or_insert_with_key(Arc::clone))).collect()
}

/// Statements, each distinct one once.
struct Interned {
    table: Vec<Statement>,
    by_hash: HashMap<u64, Vec<StatementId>>,
}

impl Interned {
    /// The id of a statement; one without a hash is like no other.
    fn id(&mut self, statement: Statement, hash: Option<u64>) -> StatementId {
        let new = StatementId(self.table.len() as u32);
        if let Some(hash) = hash {
            let alike = self.by_hash.entry(hash).or_default();
            if let Some(&known) = alike.iter().find(|known| self.table[known.0 as usize] == statement) {
                return known;
            }
            alike.push(new);
        }
        self.table.push(statement);
        new
    }
}
