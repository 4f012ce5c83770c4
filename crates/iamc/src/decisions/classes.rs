//! Principals between whom a request cannot tell the difference.

use std::collections::BTreeMap;

use iamc_access::{Context, Known, Request, Statement};
use iamc_model::grants::StatementId;

use iamc_effective::{self as effective, Access, Accesses, Attached, Origin};
use crate::compile::Compilation;
use crate::request::Asked;

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
        let mut classes = Self { list: vec![], of: vec![None; compilation.grants.principals.len()] };
        let mut known = BTreeMap::new();
        for principal in principals {
            let (access, own) = concern.of(principal);
            let marks: Vec<_> = access.origins.iter().map(mark).collect();
            let class = known.entry((marks, access.unknown.clone(), own.values)).or_insert_with(|| {
                classes.list.push(Class { access, request: asked.by(own.context) });
                classes.list.len() - 1
            });
            classes.of[principal] = Some(*class);
        }
        classes
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

/// For a statement that can matter to a request, the keys of a principal's own that it depends on; none
/// for one that cannot.
type Matters = Option<Vec<String>>;

/// Which statements can matter to a request.
struct Concern<'a> {
    compilation: &'a Compilation,
    accesses: &'a Accesses<'a>,
    /// By [`StatementId`].
    own: Vec<Matters>,
    /// By ARN and number in the document.
    attached: BTreeMap<&'a str, Vec<Matters>>,
}

impl<'a> Concern<'a> {
    fn new(compilation: &'a Compilation, accesses: &'a Accesses<'a>, asked: &Asked) -> Self {
        let matters = |statement: &Statement| {
            let concerns = statement.may_concern(&asked.action, asked.resource.as_deref());
            concerns.then(|| statement.keys().into_iter().filter(|key| is_of_principal(key)).collect())
        };
        let ids = (0..compilation.grants.statements.len() as u32).map(StatementId);
        let own = ids.map(|id| matters(accesses.own(id))).collect();
        let arns = compilation.grants.principals.iter().flat_map(|grant| &grant.managed_policy_arns);
        let mut attached = BTreeMap::new();
        for arn in arns {
            attached.entry(arn.as_str()).or_insert_with(|| {
                let statements = accesses.attached(arn).and_then(Attached::statements);
                statements.into_iter().flatten().map(matters).collect()
            });
        }
        Self { compilation, accesses, own, attached }
    }

    /// What of a principal can matter.
    fn of(&self, principal: usize) -> (Access<'a>, Own) {
        let grant = &self.compilation.grants.principals[principal];
        let all = self.accesses.of(grant);
        let mut access = Access { statements: vec![], origins: vec![], unknown: all.unknown };
        let mut keys = Vec::new();
        for (origin, statement) in all.origins.into_iter().zip(all.statements) {
            if let Some(own) = self.matters(origin) {
                access.origins.push(origin);
                access.statements.push(statement);
                keys.extend(own.iter().map(String::as_str));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        (access, self.own(principal, &keys))
    }

    fn matters(&self, origin: Origin<'_>) -> Option<&Vec<String>> {
        match origin {
            Origin::Policy(id, _) => self.own[id.0 as usize].as_ref(),
            Origin::Attached(arn, at) => self.attached.get(arn)?.get(at)?.as_ref(),
        }
    }

    /// What is known of the keys on which the answer depends. Of a principal on which it does not depend
    /// nothing needs to be known.
    fn own(&self, principal: usize, keys: &[&str]) -> Own {
        let grant = &self.compilation.grants.principals[principal];
        let stack = self.compilation.stacks.get(&grant.name).filter(|_| !keys.is_empty());
        let settings = &self.compilation.project.settings;
        let context = stack.map(|stack| effective::context(settings, stack, grant)).unwrap_or_default();
        let value = |key: &&str| match context.get(key) {
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
