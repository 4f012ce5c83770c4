//! What happens in the account while CloudFormation brings a stack from one template to the next.
//!
//! CloudFormation creates new managed policies before it updates the role, and deletes old ones behind
//! it; two that stay are updated one after the other. So a statement that moves between two that stay can
//! be absent for seconds (<https://github.com/aws/aws-cdk/issues/35611>), and for a moment the old and
//! the new ones can be attached together.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::{Diagnostic, Graph, Settings, codes};

use crate::stack::{Identity, Stack};

/// A statement that changes from one managed policy to another, both of which stay.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// The policy that it comes from.
    pub statement: String,
    /// The managed policy that it leaves.
    pub from: String,
    /// The managed policy that it enters.
    pub to: String,
}

/// The statements of a stack that can be absent for a moment when it takes the place of the template
/// `old`, which [`crate::render`] has made.
pub fn moves(old: &str, stack: &Stack) -> Vec<Move> {
    let (old, new) = (holders(&layout_of(old)), holders(&layout(stack)));
    let stays = |policy: &String| old.policies.contains(policy) && new.policies.contains(policy);
    let mut moves = Vec::new();
    for (statement, before) in &old.of {
        let Some(after) = new.of.get(statement) else { continue };
        for from in before.difference(after).filter(|policy| stays(policy)) {
            moves.extend(after.difference(before).filter(|policy| stays(policy)).map(|to| Move {
                statement: statement.clone(),
                from: from.clone(),
                to: to.clone(),
            }));
        }
    }
    moves
}

/// Warns where the managed policies of the template `old` and those of the stack are together more than
/// the principal can have.
pub fn crowded(settings: &Settings, graph: &Graph, old: &str, stack: &Stack) -> Option<Diagnostic> {
    let old = layout_of(old);
    let gone = old.keys().filter(|name| stack.policies.iter().all(|policy| policy.name != **name));
    let attached = match &stack.identity {
        Identity::Engineer { role, .. } | Identity::Role { role } => &role.managed_policy_arns,
        Identity::ServiceUser { group, .. } => &group.managed_policy_arns,
    };
    let together = gone.count() + stack.policies.len() + attached.len();
    let quota = settings.limits.managed_policies(stack.kind());
    let principal = graph.principal(stack.id);
    let message = format!(
        "the update of `{}` can need {together} managed policies at once, where {quota} can be attached",
        stack.name
    );
    let report = Diagnostic::new(&codes::CROWDED_UPDATE, message, principal.span, "old and new together")
        .help("should the update fail, detach a policy that goes away before it, or have AWS raise the quota")
        .subject(principal.span);
    (together > quota).then_some(report)
}

/// Managed policy → the policies whose statements it holds.
type Layout = BTreeMap<String, BTreeSet<String>>;

fn layout(stack: &Stack) -> Layout {
    let names = |policy: &crate::ManagedPolicy| {
        let statements = policy.document.statements.iter();
        statements.flat_map(|statement| statement.policies.iter().map(ToString::to_string)).collect()
    };
    stack.policies.iter().map(|policy| (policy.name.clone(), names(policy))).collect()
}

/// Reads the lines that name managed policies and statements back.
fn layout_of(template: &str) -> Layout {
    let mut layout = Layout::new();
    let mut current = None;
    for line in template.lines().map(str::trim_start) {
        if let Some(name) = line.strip_prefix("ManagedPolicyName: ") {
            let name = name.trim_matches('"').to_owned();
            layout.entry(name.clone()).or_default();
            current = Some(name);
        } else if let (Some(statement), Some(policy)) = (line.strip_prefix("# "), &current) {
            layout.entry(policy.clone()).or_default().insert(statement.to_owned());
        }
    }
    layout
}

/// A layout turned round: statement → managed policies.
struct Holders {
    policies: BTreeSet<String>,
    of: BTreeMap<String, BTreeSet<String>>,
}

fn holders(layout: &Layout) -> Holders {
    let mut of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (policy, statements) in layout {
        statements.iter().for_each(|statement| {
            of.entry(statement.clone()).or_default().insert(policy.clone());
        });
    }
    Holders { policies: layout.keys().cloned().collect(), of }
}

#[cfg(test)]
mod tests {
    use crate::testing::Case;

    use super::*;

    fn case(actions: &[&str]) -> Case {
        let mut case = Case::default();
        let other = case.policy("A", &["s3:GetObject"], &["*"]);
        let misc = case.policy("B", &["logs:GetLogEvents"], &["*"]);
        let moving = case.policy("C", actions, &["*"]);
        case.engineer("JaneDoe", &[other, misc, moving]);
        case
    }

    fn template(case: &Case) -> String {
        case.outputs()["engineers/JaneDoe.yaml"].clone()
    }

    #[test]
    fn a_statement_moves_with_its_category() {
        let old = template(&case(&["s3:PutObject"]));
        let moved = Move {
            statement: "C".into(),
            from: "PersonalPolicyS3JaneDoe".into(),
            to: "PersonalPolicyMiscJaneDoe".into(),
        };
        assert_eq!(moves(&old, &case(&["s3:PutObject", "logs:PutLogEvents"]).stacks().stacks[0]), [moved]);
        assert_eq!(moves(&old, &case(&["s3:DeleteObject"]).stacks().stacks[0]), []);
    }

    #[test]
    fn what_moves_to_a_new_policy_is_there_before() {
        let old = template(&case(&["s3:PutObject"]));
        let new = case(&["secretsmanager:ListSecrets"]);
        assert_eq!(moves(&old, &new.stacks().stacks[0]), []);
    }

    #[test]
    fn old_and_new_are_counted_together() {
        let old = template(&case(&["s3:PutObject"])).replace("PersonalPolicyS3JaneDoe", "Gone");
        let mut new = case(&["s3:PutObject"]);
        let report = |new: &Case| crowded(&new.settings, &new.graph, &old, &new.stacks().stacks[0]);
        new.settings.limits.managed_policies_per_role.value = 3;
        assert!(report(&new).is_none());
        new.settings.limits.managed_policies_per_role.value = 2;
        let report = report(&new).unwrap();
        assert_eq!(report.code.rule(), "crowded-update");
        assert!(report.message.contains("3 managed policies at once, where 2"), "{}", report.message);
    }
}
