//! Engineers who each hold policies of their own.

use std::sync::Arc;

use iamc_emitter::{Stack, emit};
use iamc_model::declaration::{Attributes, PrincipalKind};
use iamc_model::grants::{Grant, Statement, StatementId};
use iamc_model::graph::{Principal, PrincipalId};
use iamc_model::source::Span;
use iamc_model::text::{Placeholder, Segment};
use iamc_model::{Grants, Graph, Settings, Text};

use crate::random::Random;
use crate::statements::{Source, action};

/// Characters of a document without statements.
const EMPTY: usize = 39;

/// A project of engineers. An edit is made to each of them at once.
pub(crate) struct Engineers {
    settings: Settings,
    statements: Vec<Vec<Statement>>,
    /// How many policies there have been.
    named: usize,
}

impl Engineers {
    /// So many engineers with so many policies each.
    pub(crate) fn new(source: &Source, size: usize, engineers: usize, random: &mut Random) -> Self {
        let mut project = Self { settings: settings(), statements: vec![vec![]; engineers], named: 0 };
        (0..size).for_each(|_| project.insert(source, random));
        project
    }

    /// Each is given another policy.
    pub(crate) fn insert(&mut self, source: &Source, random: &mut Random) {
        for statements in &mut self.statements {
            self.named += 1;
            statements.push(source.draw(&format!("Policy{}", self.named), random));
        }
    }

    /// One policy is taken from each.
    pub(crate) fn remove(&mut self, random: &mut Random) {
        for statements in &mut self.statements {
            statements.swap_remove(random.below(statements.len()));
        }
    }

    /// One of the policies of each gets one more action.
    pub(crate) fn edit(&mut self, random: &mut Random) {
        for statements in &mut self.statements {
            let at = random.below(statements.len());
            let actions = &mut statements[at].actions.patterns;
            actions.push(action(random));
            actions.sort();
        }
    }

    /// What is emitted for each.
    pub(crate) fn stacks(&self) -> Vec<Stack> {
        let mut grants = Grants::default();
        let mut graph = Graph::default();
        for (at, statements) in self.statements.iter().enumerate() {
            let ids: Arc<[StatementId]> =
                (grants.statements.len()..).take(statements.len()).map(|id| StatementId(id as u32)).collect();
            grants.statements.extend(statements.iter().cloned());
            grants.principals.push(grant(at, ids));
            graph.principals.push(principal(at));
        }
        let (stacks, _) = emit(&self.settings, &graph, &grants);
        stacks.stacks
    }

    /// The least number of managed policies that could hold the characters of a stack.
    pub(crate) fn least(&self, stack: &Stack) -> usize {
        let limit = self.settings.limits.managed_policy_characters.value as usize;
        let characters =
            stack.policies.iter().map(|policy| policy.document.characters - EMPTY).sum::<usize>();
        characters.div_ceil(limit - EMPTY)
    }
}

/// No quota, and no categories: an engineer's policies are laid out together.
fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.limits.managed_policies_per_role.value = u32::MAX;
    let name = Placeholder { name: "engineer".into(), span: Span::BUILTIN };
    settings.naming.engineer_policy =
        Text { segments: vec![Segment::Placeholder(name)], span: Span::BUILTIN };
    settings
}

fn grant(at: usize, statements: Arc<[StatementId]>) -> Grant {
    Grant {
        id: PrincipalId(at as u32),
        kind: PrincipalKind::Engineer,
        name: name(at),
        span: Span::BUILTIN,
        statements,
        kubernetes_groups: [].into(),
        path: "/".into(),
        permissions_boundary: None,
        managed_policy_arns: vec![],
        max_session_duration: None,
        tags: vec![],
        trust: vec![],
    }
}

fn principal(at: usize) -> Principal {
    Principal {
        kind: PrincipalKind::Engineer,
        name: name(at),
        span: Span::BUILTIN,
        groups: vec![],
        policies: vec![],
        params: vec![],
        attributes: Attributes::default(),
    }
}

fn name(at: usize) -> Arc<str> {
    format!("Engineer{at:02}").into()
}
