//! What keeps a principal's statements from fitting into managed policies, and what weighs most.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use iamc_model::grants::{Grant, StatementId};
use iamc_model::graph::{GroupId, PolicyId};
use iamc_model::{Diagnostic, Grants, Graph, PrincipalKind, Settings, Span, codes};

use crate::pack::{Budget, Needed, Overfull, Part, TooLarge};

/// How many groups and how many policies a report names.
const NAMED: usize = 3;

/// What a principal's documents may use.
pub(crate) fn budget(settings: &Settings, grant: &Grant) -> Budget {
    let pattern = settings.naming.policy(grant.kind);
    Budget {
        documents: settings
            .limits
            .managed_policies(grant.kind)
            .saturating_sub(grant.managed_policy_arns.len()),
        by_category: pattern.placeholders().any(|placeholder| placeholder.name == "category"),
    }
}

/// Reports what has no layout.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reporter<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) graph: &'a Graph,
    pub(crate) grants: &'a Grants,
}

impl Reporter<'_> {
    /// Why a principal has no managed policies.
    pub(crate) fn reports(&self, grant: &Grant, overfull: &Overfull) -> Vec<Diagnostic> {
        match overfull {
            Overfull::Statements(statements) => statements.iter().map(|it| self.statement(it)).collect(),
            Overfull::Documents { needed, weights, .. } => vec![self.too_many(grant, *needed, weights)],
        }
    }

    /// A principal to which more is attached than fits, whatever is made for it besides.
    pub(crate) fn attached(&self, grant: &Grant) -> Option<Diagnostic> {
        let is_over = grant.managed_policy_arns.len() > self.settings.limits.managed_policies(grant.kind);
        is_over.then(|| self.too_many(grant, Needed::Found(0), &[]))
    }

    fn statement(&self, too_large: &TooLarge) -> Diagnostic {
        let statement = self.grants.statement(too_large.statement);
        let limit = self.settings.limits.managed_policy_characters.value;
        let message = format!(
            "`{}` needs a managed policy of {} characters, where {limit} fit, and cannot be divided",
            statement.name, too_large.characters
        );
        let (label, help) = match (too_large.part, statement.actions.negated, statement.resources.negated) {
            (Part::Actions, true, _) => {
                ("its `not-actions` stay together", "shorten `not-actions` with wildcards")
            }
            (Part::Actions, false, _) => ("one of its actions is too long", "shorten the action"),
            (Part::Resources, _, true) => {
                ("its `not-resources` stay together", "shorten `not-resources` with wildcards")
            }
            (Part::Resources, _, false) => ("one of its resources is too long", "shorten the resource"),
            (Part::Conditions, ..) => {
                ("its conditions stay together", "give it fewer or shorter condition values")
            }
        };
        Diagnostic::new(&codes::STATEMENT_TOO_LARGE, message, statement.span, label).help(help)
    }

    fn too_many(&self, grant: &Grant, needed: Needed, weights: &[(StatementId, usize)]) -> Diagnostic {
        let attached = grant.managed_policy_arns.len();
        let quota = self.settings.limits.managed_policies(grant.kind);
        let holder = if grant.kind == PrincipalKind::ServiceUser { "an IAM group" } else { "a role" };
        let (at_least, needed) = match needed {
            Needed::Found(needed) => ("", needed),
            Needed::AtLeast(needed) => ("at least ", needed),
        };
        let total = needed + attached;
        let included =
            if attached > 0 { format!(", the {attached} attached included") } else { String::new() };
        let message = format!(
            "`{}` needs {at_least}{total} managed policies{included}, where {holder} can have {quota}",
            grant.name
        );
        let over = total.saturating_sub(quota);
        let no_room = attached >= quota;
        let heaviest = if no_room { vec![] } else { self.heaviest(grant, weights) };
        let report = Diagnostic::new(
            &codes::TOO_MANY_POLICIES,
            message,
            grant.span,
            format!("{at_least}{over} too many"),
        )
        .help(help(grant.kind, no_room, &heaviest));
        heaviest.iter().fold(report, |report, part| report.related(part.to_string(), part.span, ""))
    }

    /// The groups and the policies that weigh most. A group counts what stands in it, not in the groups
    /// that it holds.
    fn heaviest(&self, grant: &Grant, weights: &[(StatementId, usize)]) -> Vec<Contributor<'_>> {
        let mut by_policy: BTreeMap<PolicyId, usize> = BTreeMap::new();
        for &(statement, characters) in weights {
            *by_policy.entry(self.grants.statement(statement).policy).or_default() += characters;
        }
        let groups = self.reached(grant).into_iter().map(|id| {
            let group = self.graph.group(id);
            let held: BTreeSet<_> = group.policies.iter().map(|edge| edge.to).collect();
            let characters = held.iter().filter_map(|policy| by_policy.get(policy)).sum();
            Contributor { kind: "group", name: &group.name, span: group.span, characters }
        });
        let policies = by_policy.iter().map(|(&id, &characters)| {
            let policy = self.graph.policy(id);
            Contributor { kind: "policy", name: &policy.name, span: policy.span, characters }
        });
        let (groups, policies) = (first(groups.collect()), first(policies.collect()));
        groups.into_iter().chain(policies).collect()
    }

    /// Every group that the principal holds.
    fn reached(&self, grant: &Grant) -> BTreeSet<GroupId> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<_> = self.graph.principal(grant.id).groups.iter().map(|edge| edge.to).collect();
        while let Some(group) = open.pop() {
            if reached.insert(group) {
                open.extend(self.graph.group(group).groups.iter().map(|edge| edge.to));
            }
        }
        reached
    }
}

/// A group or a policy with the characters that it brings.
struct Contributor<'a> {
    kind: &'static str,
    name: &'a str,
    span: Span,
    characters: usize,
}

impl std::fmt::Display for Contributor<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the {} `{}` weighs {} characters", self.kind, self.name, self.characters)
    }
}

/// The heaviest few; of equally heavy ones the first by name.
fn first(mut contributors: Vec<Contributor<'_>>) -> Vec<Contributor<'_>> {
    contributors.retain(|contributor| contributor.characters > 0);
    contributors.sort_by_key(|contributor| Reverse(contributor.characters));
    contributors.truncate(NAMED);
    contributors
}

fn help(kind: PrincipalKind, no_room: bool, heaviest: &[Contributor<'_>]) -> String {
    let names: Vec<_> = heaviest.iter().map(|part| format!("{} `{}`", part.kind, part.name)).collect();
    let most = if names.is_empty() { String::new() } else { format!(", above all of {}", names.join(", ")) };
    let raise = match kind {
        PrincipalKind::ServiceUser => "",
        _ => "; or have AWS raise the quota and set `managed-policies-per-role` in `[limits]`",
    };
    match no_room {
        true => format!("attach less: the `managed-policy-arns` leave no room for anything else{raise}"),
        false => format!("hold or attach less{most}{raise}"),
    }
}

#[cfg(test)]
mod tests {
    use iamc_model::graph::{Edge, Group};

    use super::*;
    use crate::testing::Case;

    /// A group that the principal that was added last holds.
    fn group(case: &mut Case, name: &str, policies: &[StatementId]) {
        let span = case.place(name);
        let edge =
            |id: &StatementId| Edge { to: PolicyId(id.0), until: None, until_span: None, reason: None, span };
        let id = GroupId(u32::try_from(case.graph.groups.len()).unwrap());
        case.graph.groups.push(Group {
            name: name.into(),
            span,
            description: None,
            policies: policies.iter().map(edge).collect(),
            groups: vec![],
            kubernetes_groups: vec![],
        });
        let principal = case.graph.principals.last_mut().unwrap();
        principal.groups.push(Edge { to: id, until: None, until_span: None, reason: None, span });
    }

    fn attach(case: &mut Case, count: usize) {
        (0..count).for_each(|at| case.attach(&format!("arn:aws:iam::aws:policy/P{at}")));
    }

    #[test]
    fn what_is_attached_counts() {
        let mut case = Case::default();
        let read = case.policy("ReadData", &["s3:GetObject"], &["*"]);
        case.engineer("JaneDoe", &[read]);
        attach(&mut case, 9);
        case.check(&[]);
        attach(&mut case, 1);
        case.check(&[("too-many-policies", "JaneDoe")]);
        let report = &case.reports()[0];
        assert_eq!(
            report.message,
            "`JaneDoe` needs 11 managed policies, the 10 attached included, where a role can have 10"
        );
        assert_eq!(report.labels[0].text, "1 too many");
        assert!(report.help.as_deref().is_some_and(|help| help.starts_with("attach less: ")));
        assert!(report.related.is_empty());
        assert!(case.stacks().stacks.is_empty());
    }

    #[test]
    fn too_much_can_be_attached_alone() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        attach(&mut case, 11);
        case.check(&[("too-many-policies", "JaneDoe")]);
    }

    #[test]
    fn a_service_users_group_has_ten() {
        let mut case = Case::default();
        let read = case.policy("ReadData", &["s3:GetObject"], &["*"]);
        case.settings.limits.managed_policies_per_role.value = 20;
        case.principal(PrincipalKind::ServiceUser, "Web", &[read]);
        attach(&mut case, 10);
        case.check(&[("too-many-policies", "Web")]);
    }

    #[test]
    fn what_weighs_most_is_named() {
        let mut case = Case::default();
        case.settings.limits.managed_policies_per_role.value = 1;
        case.settings.limits.managed_policy_characters.value = 250;
        let small = case.policy("A", &["sqs:SendMessage"], &["arn:aws:sqs:*:*:a"]);
        let large = case.policy("B", &["s3:GetObject"], &["arn:aws:s3:::data/*", "arn:aws:s3:::logs/*"]);
        let middle = case.policy("C", &["sns:Publish"], &["arn:aws:sns:*:*:topic-of-c"]);
        case.engineer("JaneDoe", &[small, large, middle]);
        group(&mut case, "TeamA", &[small, middle]);
        group(&mut case, "TeamB", &[large]);
        case.check(&[("too-many-policies", "JaneDoe")]);
        let report = &case.reports()[0];
        let named: Vec<_> = report.related.iter().map(|related| related.message.as_str()).collect();
        let expected = ["group `TeamA`", "group `TeamB`", "policy `B`", "policy `C`", "policy `A`"];
        assert!(named.iter().zip(expected).all(|(named, expected)| named.contains(expected)), "{named:?}");
        let help = report.help.as_deref().unwrap();
        assert!(help.contains("group `TeamA`, group `TeamB`, policy `B`, policy `C`, policy `A`"), "{help}");
    }

    #[test]
    fn a_statement_that_cannot_be_divided() {
        let mut case = Case::default();
        let keep = case.policy("KeepData", &["s3:DeleteObject"], &["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]);
        case.statement().resources.negated = true;
        case.engineer("JaneDoe", &[keep]);
        case.engineer("JohnDoe", &[keep]);
        case.settings.limits.managed_policy_characters.value = 120;
        case.check(&[("statement-too-large", "KeepData")]);
        assert_eq!(case.reports()[0].labels[0].text, "its `not-resources` stay together");
    }
}
