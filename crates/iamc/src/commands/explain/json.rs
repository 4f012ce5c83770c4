//! The answer as JSON, in the shape that `--help` describes.

use iamc_emitter::Stack;
use iamc_graph::paths::{self, Node, Step};
use iamc_model::grants::Patterns;
use iamc_model::graph::PolicyId;
use iamc_model::{Graph, Timestamp};
use serde_json::{Map, Value, json};

use super::holders;
use crate::answer::Places;
use crate::compile::Compilation;
use crate::stacks;
use iamc_graph::bounds;

/// For `--help`.
pub(super) const SHAPE: &str = r#"JSON:
  { "name", "answers": [ … ] }, one answer for each principal, group and
  policy of that name, each with "kind", "name", "description", "source"
  { "file", "line", "column" }, and
  of a principal:
    "policies": [ { "policy", "effect", "until", "source",
        "emitted": [ managed policies ], "paths", "paths-total" } ],
    "kubernetes-groups": [ … ],
    "stack": { "name", "file", "rung", "managed-policies":
        [ { "name", "statements", "characters", "limit" } ],
        "managed-policies-limit", "managed-policy-arns",
        "permissions-boundary", "tags", "after": [ stacks ] }
  of a group:
    "holds": [ { "kind", "name", "file", "line", "until", "reason" } ],
    "policies" and "kubernetes-groups" as above, "held-by"
  of a policy:
    "statement": { "effect", "actions" or "not-actions", "resources" or
        "not-resources", "conditions" },
    "template": { "name", "source" } or null, "held-by"
  "held-by" is [ { "principal", "kind", "until", "paths", "paths-total" } ].
  A path is a list of { "group", "file", "line", "until", "reason" }, with
  the place where the membership in the group is written; what is held
  directly has one empty path. At most 100 are listed, shortest first.
  "until" is the first instant at which it is no longer held, or null."#;

/// Paths that are listed for each pair.
pub(super) const PATHS: usize = 100;

/// All that has the name.
pub(super) fn answer(compilation: &Compilation, name: &str, found: &[Node]) -> Value {
    let writer = Writer { compilation, places: Places::new(&compilation.sources) };
    let answers: Vec<Value> = found.iter().map(|&node| writer.node(node)).collect();
    json!({ "name": name, "answers": answers })
}

struct Writer<'a> {
    compilation: &'a Compilation,
    places: Places<'a>,
}

impl Writer<'_> {
    fn graph(&self) -> &Graph {
        &self.compilation.graph
    }

    fn node(&self, node: Node) -> Value {
        let mut answer = json!({
            "kind": node.kind(self.graph()),
            "name": node.name(self.graph()),
            "description": node.description(self.graph()),
            "source": self.places.json(node.span(self.graph())),
        });
        match node {
            Node::Principal(id) => {
                let name = &self.graph().principal(id).name;
                let stack = self.compilation.stacks.get(name);
                answer["policies"] = self.policies(node, stack);
                answer["kubernetes-groups"] =
                    json!(stacks::kubernetes_groups(&self.compilation.grants, name));
                answer["stack"] = stack.map_or(Value::Null, |stack| self.stack(stack));
            }
            Node::Group(id) => {
                let groups = &self.graph().group(id).kubernetes_groups;
                let steps = paths::steps(self.graph(), node);
                answer["holds"] = steps.map(|step| self.member(&step)).collect();
                answer["policies"] = self.policies(node, None);
                answer["kubernetes-groups"] = groups.iter().map(|group| json!(group.value)).collect();
                answer["held-by"] = self.held_by(node);
            }
            Node::Policy(id) => {
                answer["statement"] = self.statement(id);
                answer["template"] = self.template(id);
                answer["held-by"] = self.held_by(node);
            }
        }
        answer
    }

    fn member(&self, step: &Step<'_>) -> Value {
        let mut member = json!({
            "kind": step.to.kind(self.graph()),
            "name": step.to.name(self.graph()),
        });
        self.places.add(step.span, &mut member);
        member["until"] = instant(step.until);
        member["reason"] = json!(step.reason);
        member
    }

    /// The policies that a node reaches; with a stack, where each stands in it.
    fn policies(&self, holder: Node, stack: Option<&Stack>) -> Value {
        let reached = bounds::reached(self.graph(), holder);
        let policy = |(node, bound): (Node, bounds::Bound)| match node {
            Node::Policy(id) => {
                let policy = self.graph().policy(id);
                let mut answer = json!({
                    "policy": policy.name.as_ref(),
                    "effect": policy.effect.name(),
                    "until": instant(bound.until()),
                    "source": self.places.json(policy.span),
                });
                if let Some(stack) = stack {
                    answer["emitted"] = emitted(stack, &policy.name);
                }
                self.add_paths(&mut answer, holder, node);
                Some(answer)
            }
            Node::Group(_) | Node::Principal(_) => None,
        };
        reached.into_iter().filter_map(policy).collect()
    }

    fn held_by(&self, node: Node) -> Value {
        let holder = |holder: Node| {
            let until = holders::latest(self.graph(), holder, node).until();
            let mut answer = json!({
                "principal": holder.name(self.graph()),
                "kind": holder.kind(self.graph()),
                "until": instant(until),
            });
            self.add_paths(&mut answer, holder, node);
            answer
        };
        holders::principals_above(self.graph(), node).into_iter().map(holder).collect()
    }

    fn add_paths(&self, answer: &mut Value, from: Node, to: Node) {
        let found = paths::find(self.graph(), from, to, PATHS);
        answer["paths"] = found.paths.iter().map(|path| self.path(path)).collect();
        answer["paths-total"] = json!(found.total);
    }

    fn path(&self, path: &[Step<'_>]) -> Value {
        let groups = path.iter().filter(|step| matches!(step.to, Node::Group(_)));
        groups.map(|step| group(self.compilation, step)).collect()
    }

    fn statement(&self, id: PolicyId) -> Value {
        let policy = self.graph().policy(id);
        let actions = policy.actions.items.iter().map(|action| action.value.clone()).collect();
        let resources = policy.resources.items.iter().map(ToString::to_string).collect();
        let mut statement = json!({ "effect": policy.effect.name() });
        add_patterns(
            &mut statement,
            "actions",
            Patterns { negated: policy.actions.negated, patterns: actions },
        );
        add_patterns(
            &mut statement,
            "resources",
            Patterns { negated: policy.resources.negated, patterns: resources },
        );
        for condition in &policy.conditions {
            let values: Vec<String> = condition.values.iter().map(ToString::to_string).collect();
            statement["conditions"][condition.operator.to_string()][condition.key.as_str()] = json!(values);
        }
        statement
    }

    fn template(&self, id: PolicyId) -> Value {
        let template = self.graph().policy(id).template.as_ref();
        template.map_or(
            Value::Null,
            |template| json!({ "name": template.value.as_ref(), "source": self.places.json(template.span) }),
        )
    }

    fn stack(&self, stack: &Stack) -> Value {
        let settings = &self.compilation.project.settings;
        let policies: Vec<Value> = stack
            .policies
            .iter()
            .map(|policy| {
                json!({
                    "name": policy.name,
                    "statements": policy.document.statements.len(),
                    "characters": policy.document.characters,
                    "limit": settings.limits.managed_policy_characters.value,
                })
            })
            .collect();
        let tags: Map<String, Value> =
            stacks::tags(stack).iter().map(|(key, value)| (key.clone(), json!(value))).collect();
        json!({
            "name": stack.name,
            "file": format!("out/{}", stack.path()),
            "rung": stacks::rung(stack.rung),
            "managed-policies": policies,
            "managed-policies-limit": settings.limits.managed_policies(stack.kind()),
            "managed-policy-arns": stacks::attached(stack),
            "permissions-boundary": stacks::boundary(stack),
            "tags": tags,
            "after": stack.after,
        })
    }
}

/// Adds `actions` or `not-actions` to an object, or the same of resources.
pub(super) fn add_patterns(statement: &mut Value, key: &str, patterns: Patterns) {
    let key = if patterns.negated { format!("not-{key}") } else { key.to_owned() };
    statement[key] = json!(patterns.patterns);
}

/// A group that a path enters, with the place where the membership is written.
pub(super) fn group(compilation: &Compilation, step: &Step<'_>) -> Value {
    let mut group = json!({ "group": step.to.name(&compilation.graph) });
    Places::new(&compilation.sources).add(step.span, &mut group);
    group["until"] = instant(step.until);
    group["reason"] = json!(step.reason);
    group
}

/// The managed policies of the stack that hold statements of the policy.
fn emitted(stack: &Stack, policy: &str) -> Value {
    let holds = |document: &iamc_emitter::Document| {
        document
            .statements
            .iter()
            .any(|statement| statement.policies.iter().any(|name| name.as_ref() == policy))
    };
    stack
        .policies
        .iter()
        .filter(|managed| holds(&managed.document))
        .map(|managed| json!(managed.name))
        .collect()
}

/// An instant; null is permanent.
pub(super) fn instant(until: Option<Timestamp>) -> Value {
    until.map_or(Value::Null, |until| json!(until.to_string()))
}
