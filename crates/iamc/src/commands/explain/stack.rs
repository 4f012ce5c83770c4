//! A principal's stack: its resources, what is attached, and how full its managed policies are.

use iamc_emitter::{Identity, Role, Stack};
use iamc_model::graph::PrincipalId;

use super::View;
use crate::answer::{Cell, Table, count, thousands};
use crate::stacks;

impl View<'_> {
    /// The stack and its managed policies; none where the principal has no stack.
    pub(super) fn stack(&self, id: PrincipalId) -> Vec<String> {
        let name = &self.compilation.graph.principal(id).name;
        let stack = self.compilation.stacks.get(name);
        stack.map(|stack| vec![self.resources(stack), self.managed_policies(stack)]).unwrap_or_default()
    }

    fn resources(&self, stack: &Stack) -> String {
        let mut table = Table::indented(2);
        for (key, value) in self.properties(stack) {
            table.row([Cell::painted(key, |text| self.paint.dim(text)), Cell::plain(value)]);
        }
        let file = self.paint.dim(&format!("out/{}", stack.path()));
        let title = format!("{}  {file}", self.paint.strong(&format!("Stack {}", stack.name)));
        format!("{title}\n{}", table.render())
    }

    fn properties(&self, stack: &Stack) -> Vec<(&'static str, String)> {
        let mut properties = identity(&stack.identity);
        let each = |key, values: Vec<String>| {
            values.into_iter().enumerate().map(move |(at, value)| (if at == 0 { key } else { "" }, value))
        };
        properties.extend(each("attached", stacks::attached(stack).to_vec()));
        properties.extend(stacks::boundary(stack).map(|arn| ("boundary", arn.to_owned())));
        let tags = stacks::tags(stack).iter().map(|(key, value)| format!("{key} = {value}")).collect();
        properties.extend(each("tags", tags));
        properties.extend(each(
            "kubernetes",
            stacks::kubernetes_groups(&self.compilation.grants, &stack.principal),
        ));
        properties.extend(each("deploy after", stack.after.clone()));
        properties
    }

    fn managed_policies(&self, stack: &Stack) -> String {
        let settings = &self.compilation.project.settings;
        let limit = settings.limits.managed_policy_characters.value as usize;
        let mut table = Table::indented(2);
        for policy in &stack.policies {
            let characters = policy.document.characters;
            table.row([
                Cell::plain(&policy.name),
                Cell::plain(count(policy.document.statements.len(), "statement", "statements")).right(),
                Cell::plain(format!(
                    "{} of {} characters",
                    thousands(characters as u64),
                    thousands(limit as u64)
                ))
                .right(),
                Cell::number(format!("{} %", stacks::percent(characters, limit))),
            ]);
        }
        let used = stack.policies.len() + stacks::attached(stack).len();
        let most = settings.limits.managed_policies(stack.kind());
        let rung = format!("{} division: {}", stacks::rung(stack.rung), stacks::stability(stack.rung));
        table.line(format!("  {}", self.paint.dim(&rung)));
        self.section(&format!("Managed policies ({used} of {most} attached)"), &table)
    }
}

fn identity(identity: &Identity) -> Vec<(&'static str, String)> {
    match identity {
        Identity::Engineer { role: own, instance_profile } => {
            let mut properties = role(own);
            properties.insert(1, ("instance profile", instance_profile.name.clone()));
            properties
        }
        Identity::ServiceUser { group, user } => {
            vec![("user", user.name.clone()), ("group", group.name.clone())]
        }
        Identity::Role { role: own } => role(own),
    }
}

fn role(role: &Role) -> Vec<(&'static str, String)> {
    let mut properties = vec![("role", role.name.clone())];
    for (at, statement) in role.trust.iter().enumerate() {
        let key = if at == 0 { "trusts" } else { "" };
        let conditions = if statement.conditions.is_empty() { "" } else { ", on conditions" };
        let principals = statement.principals.join(", ");
        properties.push((key, format!("{} {principals}{conditions}", statement.kind.key())));
    }
    properties.extend(
        role.max_session_duration
            .map(|seconds| ("session", format!("{} seconds at most", thousands(seconds.into())))),
    );
    properties
}
