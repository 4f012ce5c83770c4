//! What the source gives to one principal.

use std::collections::BTreeSet;

use iamc_model::declaration::{ConditionDecl, Effect};
use iamc_model::graph::{Condition, Graph, GroupId, Policy, PolicyId, Principal, PrincipalId};
use iamc_model::{PrincipalKind, Settings, Text};

use crate::fill::Fill;
use crate::names;
use crate::reach::{Reached, Until, reach};
use crate::statement::{Conditions, Patterns, Statement, end};

/// A principal with what it reaches.
#[derive(Debug)]
pub(crate) struct Holder<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) graph: &'a Graph,
    pub(crate) principal: &'a Principal,
    reached: Reached,
}

/// A policy with the statement that it makes for a principal.
#[derive(Debug)]
pub(crate) struct Held<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) category: &'a str,
    pub(crate) statement: Statement,
}

impl<'a> Holder<'a> {
    /// Finds what a principal reaches.
    pub(crate) fn new(settings: &'a Settings, graph: &'a Graph, id: PrincipalId) -> Self {
        let principal = graph.principal(id);
        Self { settings, graph, principal, reached: reach(graph, principal) }
    }

    /// What fills its placeholders.
    pub(crate) fn fill(&self) -> Fill<'a> {
        Fill::of(self.settings, self.principal)
    }

    /// The Kubernetes groups that it is in for good; Kubernetes knows no time.
    pub(crate) fn kubernetes_groups(&self) -> BTreeSet<&'a str> {
        let groups = self.reached.groups.iter().filter(|&(_, &until)| until == Until::Forever);
        let names = |(&id, _): (&GroupId, _)| self.graph.group(id).kubernetes_groups.iter();
        groups.flat_map(names).map(|name| name.value.as_str()).collect()
    }

    /// The statements, in the order of the policies' names.
    pub(crate) fn statements(&self) -> Vec<Held<'a>> {
        self.reached.policies.iter().map(|(&id, &until)| self.held(id, until)).collect()
    }

    fn held(&self, id: PolicyId, until: Until) -> Held<'a> {
        let policy = self.graph.policy(id);
        let actions: Vec<&str> = policy.actions.items.iter().map(|action| action.value.as_str()).collect();
        let category = names::category(self.settings, (!policy.actions.negated).then_some(&actions));
        Held { policy, category, statement: self.statement(policy, until) }
    }

    fn statement(&self, policy: &Policy, until: Until) -> Statement {
        let fill = self.fill();
        let mut conditions = Conditions::new();
        for Condition { operator, key, values } in &policy.conditions {
            insert(&mut conditions, &operator.to_string(), key, values, fill);
        }
        // Only what allows comes to an end, so that time never widens access.
        if let (Effect::Allow, Until::Time(until)) = (policy.effect, until) {
            end(&mut conditions, until);
        }
        let actions = policy.actions.items.iter().map(|action| action.value.clone());
        let resources = policy.resources.items.iter().map(|text| fill.text(text));
        Statement {
            effect: policy.effect,
            actions: Patterns { negated: policy.actions.negated, items: actions.collect() },
            resources: Patterns { negated: policy.resources.negated, items: resources.collect() },
            conditions,
        }
    }

    /// IAM's path.
    pub(crate) fn path(&self) -> &'a str {
        self.principal.attributes.path.as_ref().map_or("/", |path| path.as_str())
    }

    /// What is attached besides its own managed policies.
    pub(crate) fn attached_arns(&self) -> BTreeSet<String> {
        let fill = self.fill();
        self.principal.attributes.managed_policy_arns.iter().map(|arn| fill.text(arn)).collect()
    }

    /// The ARN of its role or user as the ConfigMap wants it: a role's without its path.
    pub(crate) fn mapped_arn(&self) -> String {
        let identity = match names::role(self.settings, self.principal) {
            Some(role) => format!("role/{role}"),
            None => format!("user{}{}", self.path(), self.principal.name),
        };
        let account = self.settings.account.as_ref().map_or("", |account| account.as_str());
        format!("arn:{}:iam::{account}:{identity}", self.settings.partition.value)
    }

    /// Whether it is an IAM user.
    pub(crate) fn is_user(&self) -> bool {
        self.principal.kind == PrincipalKind::ServiceUser
    }
}

/// The conditions of an entry of `trust`.
pub(crate) fn trust_conditions(declared: &[ConditionDecl], fill: Fill<'_>) -> Conditions {
    let mut conditions = Conditions::new();
    for ConditionDecl { operator, key, values } in declared {
        insert(&mut conditions, &operator.to_string(), key, values, fill);
    }
    conditions
}

fn insert(conditions: &mut Conditions, operator: &str, key: &str, values: &[Text], fill: Fill<'_>) {
    let known = conditions.entry(operator.to_owned()).or_default().entry(key.to_owned()).or_default();
    known.extend(values.iter().map(|value| fill.text(value)));
}
