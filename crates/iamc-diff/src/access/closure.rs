//! What the principals of one side hold.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use iamc_access::{Context, Statement};
use iamc_catalog::Catalog;
use iamc_effective::{Accesses, Attached, Origin, context};
use iamc_model::grants::{Grant, StatementId};

use super::number::{Number, Numbers};
use crate::Side;
use crate::difference::{SideOf, Source};

/// One side, with its statements numbered.
pub(super) struct Holdings<'a> {
    pub(super) of: SideOf,
    side: Side<'a>,
    accesses: Accesses<'a>,
    /// By [`StatementId`].
    own: Vec<Number>,
    /// By ARN; those whose documents are not known are left out.
    attached: BTreeMap<&'a str, Vec<Number>>,
    closures: RefCell<BTreeMap<Mark<'a>, Rc<Closure<'a>>>>,
}

/// What tells closures apart: principals that have the same statements share one list.
type Mark<'a> = (*const StatementId, usize, &'a [String]);

/// What principals hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Closure<'a> {
    /// Sorted and distinct.
    pub(super) numbers: Vec<Number>,
    /// ARNs of documents that are not known. Sorted.
    pub(super) unknown: Vec<&'a str>,
}

/// One statement that a principal holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'s> {
    pub(super) number: Number,
    pub(super) statement: &'s Statement,
    pub(super) origin: Origin<'s>,
}

impl<'a> Holdings<'a> {
    pub(super) fn new(side: Side<'a>, of: SideOf, catalog: &'a Catalog, numbers: &mut Numbers) -> Self {
        let accesses = Accesses::new(side.built, catalog);
        let own = side
            .built
            .grants
            .statements
            .iter()
            .map(|it| numbers.number(it.effect, &it.actions, &it.resources, &it.conditions));
        let own = own.collect();
        let attached = attached(side, &accesses, numbers);
        Self { of, side, accesses, own, attached, closures: RefCell::default() }
    }

    /// Everybody.
    pub(super) fn principals(&self) -> &'a [Grant] {
        &self.side.built.grants.principals
    }

    /// What a principal holds.
    pub(super) fn closure(&self, grant: &'a Grant) -> Rc<Closure<'a>> {
        let statements = &grant.statements;
        let mark: Mark<'a> = (statements.as_ptr(), statements.len(), &grant.managed_policy_arns);
        let mut closures = self.closures.borrow_mut();
        Rc::clone(closures.entry(mark).or_insert_with(|| Rc::new(self.make(grant))))
    }

    fn make(&self, grant: &'a Grant) -> Closure<'a> {
        let arns = || grant.managed_policy_arns.iter().map(String::as_str);
        let attached = arns().filter_map(|arn| self.attached.get(arn)).flatten().copied();
        let own = grant.statements.iter().map(|id| self.own[id.0 as usize]);
        let mut numbers: Vec<Number> = own.chain(attached).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Closure { numbers, unknown: arns().filter(|arn| !self.attached.contains_key(arn)).collect() }
    }

    /// The statements that a principal holds, own ones first.
    pub(super) fn held<'s>(&'s self, grant: &'s Grant) -> Vec<Held<'s>> {
        let access = self.accesses.of(grant);
        let own = grant.statements.iter().map(|id| self.own[id.0 as usize]);
        let arns = grant.managed_policy_arns.iter().filter_map(|arn| self.attached.get(arn.as_str()));
        let numbers = own.chain(arns.flatten().copied());
        let held = numbers.zip(access.statements).zip(access.origins);
        held.map(|((number, statement), origin)| Held { number, statement, origin }).collect()
    }

    /// What is known of a principal in every request.
    pub(super) fn context(&self, grant: &Grant) -> Context {
        match self.side.built.stacks.get(&grant.name) {
            Some(stack) => context(self.side.built.settings, stack, grant),
            None => Context::new(),
        }
    }

    /// Where a statement comes from.
    pub(super) fn source(&self, held: &Held<'_>) -> Source {
        match held.origin {
            Origin::Policy(_, statement) => {
                Source::Policy { name: statement.name.clone(), side: self.of, span: statement.span }
            }
            Origin::Attached(arn, at) => Source::Attached { arn: arn.to_owned(), sid: self.sid(arn, at) },
        }
    }

    fn sid(&self, arn: &str, at: usize) -> Option<String> {
        match self.accesses.attached(arn)? {
            Attached::Aws(document, _) => document.statements.get(at)?.sid.clone(),
            Attached::Project(..) | Attached::Unknown => None,
        }
    }
}

fn attached<'a>(
    side: Side<'a>,
    accesses: &Accesses<'a>,
    numbers: &mut Numbers,
) -> BTreeMap<&'a str, Vec<Number>> {
    let mut attached = BTreeMap::new();
    for arn in side.built.grants.principals.iter().flat_map(|grant| &grant.managed_policy_arns) {
        if attached.contains_key(arn.as_str()) {
            continue;
        }
        let Some(statements) = accesses.attached(arn).and_then(Attached::statements) else { continue };
        let mut number =
            |it: &Statement| numbers.number(it.effect(), it.actions(), it.resources(), it.conditions());
        attached.insert(arn.as_str(), statements.iter().map(&mut number).collect());
    }
    attached
}
