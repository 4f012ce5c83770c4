//! Principals between whom a request cannot tell the difference.

use std::collections::BTreeMap;

use iamc_access::{Context, Known, Request, Statement, may_name};
use iamc_effective::{self as effective, Access, Accesses, Attached, Origin};
use iamc_model::grants::{Grant, StatementId};
use rayon::prelude::*;

use crate::compile::Compilation;
use crate::request::Asked;

/// Classes that are not worth dividing among threads.
const FEW: usize = 16;

/// Principals that have the same statements as far as they can matter to a request, and the same values
/// of the keys of their own that those depend on.
#[derive(Debug)]
pub(crate) struct Class<'a> {
    /// The statements that can matter.
    pub(crate) access: Access<'a>,
    /// The request, as each of them makes it.
    pub(crate) request: Request,
}

/// The classes of principals.
#[derive(Debug)]
pub(crate) struct Classes<'a> {
    /// Each once, in the order of the first of their principals.
    pub(crate) list: Vec<Class<'a>>,
    /// By principal; none for one that was not asked for.
    of: Vec<Option<usize>>,
}

impl<'a> Classes<'a> {
    /// Divides principals by what can matter to a request.
    pub(crate) fn new(
        compilation: &'a Compilation,
        accesses: &'a Accesses<'a>,
        asked: &Asked,
        principals: impl IntoIterator<Item = usize>,
    ) -> Self {
        let concern = Concern::new(compilation, accesses, asked);
        let mut divided =
            Divided { concern, asked, closures: BTreeMap::new(), by_mark: BTreeMap::new(), list: vec![] };
        let mut of = vec![None; compilation.grants.principals.len()];
        for principal in principals {
            of[principal] = Some(divided.class(&compilation.grants.principals[principal]));
        }
        Self { list: divided.list, of }
    }

    /// Applies a function to each class, by as many threads as can run at once; in their order.
    pub(crate) fn each<R: Send>(&self, decide: impl Fn(&Class<'a>) -> R + Sync) -> Vec<R> {
        self.list.par_iter().with_min_len(FEW).map(&decide).collect()
    }

    /// The number of the class of a principal; none where it was not asked for.
    pub(crate) fn of(&self, principal: usize) -> Option<usize> {
        self.of.get(principal).copied().flatten()
    }
}

/// What tells statements apart: where they come from.
pub(super) fn mark<'a>(origin: &Origin<'a>) -> (&'a str, usize) {
    match *origin {
        Origin::Policy(id, _) => ("", id.0 as usize),
        Origin::Attached(arn, at) => (arn, at),
    }
}

/// All that a principal has, whether it matters or not: which list of statements, and which documents.
/// Principals with the same closure share one list, so that its address tells it apart.
type Closure<'a> = (usize, &'a [String]);

/// Classes in the making.
struct Divided<'a, 'c> {
    concern: Concern<'a>,
    asked: &'c Asked,
    /// What matters of each closure.
    closures: BTreeMap<Closure<'a>, Concerned<'a>>,
    by_mark: BTreeMap<Mark<'a>, usize>,
    list: Vec<Class<'a>>,
}

/// What tells classes apart.
type Mark<'a> = (Vec<(&'a str, usize)>, Vec<&'a str>, Vec<Value>);

/// What of a closure can matter to a request.
struct Concerned<'a> {
    access: Access<'a>,
    /// The keys of a principal's own that the answer depends on. Sorted and distinct.
    keys: Vec<String>,
    /// The class of all who have it, once one of them was seen: where there are no such keys.
    class: Option<usize>,
}

impl<'a> Divided<'a, '_> {
    fn class(&mut self, grant: &'a Grant) -> usize {
        let closure: Closure<'a> = (grant.statements.as_ptr() as usize, &grant.managed_policy_arns);
        let concerned = self.closures.entry(closure).or_insert_with(|| self.concern.of(grant));
        if let Some(class) = concerned.class {
            return class;
        }
        let own = self.concern.own(grant, &concerned.keys);
        let access = &concerned.access;
        let marks = access.origins.iter().map(mark).collect();
        let class = *self.by_mark.entry((marks, access.unknown.clone(), own.values)).or_insert_with(|| {
            self.list.push(Class { access: access.clone(), request: self.asked.by(own.context) });
            self.list.len() - 1
        });
        concerned.class = concerned.keys.is_empty().then_some(class);
        class
    }
}

/// A statement that can matter, with the keys of a principal's own that it depends on.
struct Matters<'a> {
    origin: Origin<'a>,
    statement: &'a Statement,
    keys: Vec<String>,
}

/// Which statements can matter to a request.
struct Concern<'a> {
    compilation: &'a Compilation,
    /// By [`StatementId`].
    own: Vec<Option<Matters<'a>>>,
    /// By ARN; none where nothing is known of it.
    attached: BTreeMap<&'a str, Option<Vec<Matters<'a>>>>,
}

impl<'a> Concern<'a> {
    fn new(compilation: &'a Compilation, accesses: &'a Accesses<'a>, asked: &Asked) -> Self {
        let matters = |origin: Origin<'a>, statement: &'a Statement| {
            let keys = || statement.keys().into_iter().filter(|key| is_of_principal(key)).collect();
            let concerns = statement.may_concern(&asked.action, asked.resource.as_deref());
            concerns.then(|| Matters { origin, statement, keys: keys() })
        };
        let statements = (0..).map(StatementId).zip(&compilation.grants.statements);
        let own = statements.map(|(id, written)| {
            let may_matter = may_name(&written.actions, &asked.action);
            may_matter.then(|| matters(Origin::Policy(id, written), accesses.own(id))).flatten()
        });
        let own = own.collect();
        let arns = compilation.grants.principals.iter().flat_map(|grant| &grant.managed_policy_arns);
        let mut attached = BTreeMap::new();
        for arn in arns {
            attached.entry(arn.as_str()).or_insert_with(|| {
                let statements = accesses.attached(arn).and_then(Attached::statements)?.iter().enumerate();
                Some(statements.filter_map(|(at, it)| matters(Origin::Attached(arn, at), it)).collect())
            });
        }
        Self { compilation, own, attached }
    }

    /// What of a principal's closure can matter.
    fn of(&self, grant: &'a Grant) -> Concerned<'a> {
        let own = grant.statements.iter().filter_map(|id| self.own[id.0 as usize].as_ref());
        let documents =
            grant.managed_policy_arns.iter().filter_map(|arn| self.attached.get(arn.as_str())?.as_ref());
        let is_unknown = |arn: &&str| self.attached.get(arn).is_none_or(Option::is_none);
        let unknown = grant.managed_policy_arns.iter().map(String::as_str).filter(is_unknown).collect();
        let mut access = Access { statements: vec![], origins: vec![], unknown };
        let mut keys: Vec<String> = Vec::new();
        for matters in own.chain(documents.flatten()) {
            access.statements.push(matters.statement);
            access.origins.push(matters.origin);
            keys.extend_from_slice(&matters.keys);
        }
        keys.sort_unstable();
        keys.dedup();
        Concerned { access, keys, class: None }
    }

    /// What is known of the keys on which the answer depends. Of a principal on which it does not depend
    /// nothing needs to be known.
    fn own(&self, grant: &Grant, keys: &[String]) -> Own {
        if keys.is_empty() {
            return Own { values: vec![], context: Context::new() };
        }
        let Compilation { project, stacks, .. } = self.compilation;
        let stack = stacks.get(&grant.name);
        let context =
            stack.map(|stack| effective::context(&project.settings, stack, grant)).unwrap_or_default();
        let value = |key: &String| match context.get(key) {
            Known::Present(values) => Value::Present(values.to_vec()),
            Known::Absent => Value::Absent,
            Known::Unknown => Value::Unknown,
        };
        Own { values: keys.iter().map(value).collect(), context }
    }
}

/// What a principal is by its own keys.
struct Own {
    context: Context,
    values: Vec<Value>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Present(Vec<String>),
    Absent,
    Unknown,
}

/// Whether [`effective::context`] can know of a key, which is in lower case.
fn is_of_principal(key: &str) -> bool {
    key.starts_with("aws:principal") || key.starts_with("aws:user")
}
