//! The closure agrees with the most obvious reading of what is declared, and not with its order.

use std::collections::BTreeMap;
use std::sync::Arc;

use iamc_graph::{close, resolve};
use iamc_model::declaration::{
    Attributes, ConditionDecl, Effect, GroupDecl, List, Member, PolicyBody, PolicyDecl, PrincipalDecl,
    StatementDecl,
};
use iamc_model::grants::Conditions;
use iamc_model::source::FileId;
use iamc_model::{Grants, Operator, PrincipalKind, Project, Span, Spanned, Text, Timestamp};
use proptest::prelude::*;

/// A membership: the number of what is held, and the day until which it is.
type Edge = (usize, Option<i64>);

/// A small organisation: group `i` holds groups with greater numbers only.
#[derive(Debug, Clone)]
struct Organisation {
    /// The effect of each policy, and the day of its own time bound.
    policies: Vec<(Effect, Option<i64>)>,
    groups: Vec<Holder>,
    principals: Vec<Holder>,
}

#[derive(Debug, Clone)]
struct Holder {
    groups: Vec<Edge>,
    policies: Vec<Edge>,
}

fn day(days: i64) -> Timestamp {
    Timestamp(days * Timestamp::DAY)
}

fn edges(below: std::ops::Range<usize>, most: usize) -> BoxedStrategy<Vec<Edge>> {
    if below.is_empty() {
        return Just(vec![]).boxed();
    }
    prop::collection::vec((below, prop::option::of(1..6i64)), 0..=most).boxed()
}

fn organisation() -> impl Strategy<Value = Organisation> {
    (1..5usize, 1..8usize, 1..4usize).prop_flat_map(|(policies, groups, principals)| {
        let effect = prop_oneof![3 => Just(Effect::Allow), 1 => Just(Effect::Deny)];
        let holder = move |groups: std::ops::Range<usize>| {
            (edges(groups, 3), edges(0..policies, 2))
                .prop_map(|(groups, policies)| Holder { groups, policies })
        };
        let nested: Vec<_> = (0..groups).map(|group| holder(group + 1..groups).boxed()).collect();
        let policies = prop::collection::vec((effect, prop::option::of(1..6i64)), policies);
        let principals = prop::collection::vec(holder(0..groups), principals);
        (policies, nested, principals).prop_map(|(policies, groups, principals)| Organisation {
            policies,
            groups,
            principals,
        })
    })
}

/// Hands out places, so that no two words share one.
#[derive(Default)]
struct Places(u32);

impl Places {
    fn next(&mut self) -> Span {
        self.0 += 1;
        Span { file: FileId(0), start: self.0 * 2, end: self.0 * 2 + 1 }
    }

    fn name(&mut self, name: String) -> Spanned<String> {
        Spanned::new(name, self.next())
    }

    fn members(&mut self, letter: char, edges: &[Edge]) -> Vec<Member> {
        let member = |&(to, until): &Edge| {
            let name = self.name(format!("{letter}{to}"));
            let span = name.span;
            Member { name, until: until.map(|until| Spanned::new(day(until), span)), reason: None, span }
        };
        edges.iter().map(member).collect()
    }

    fn policy(&mut self, number: usize, effect: Effect, own: Option<i64>) -> PolicyDecl {
        let span = self.next();
        let condition = own.map(|own| ConditionDecl {
            operator: Spanned::new(Operator::DATE_LESS_THAN, span),
            key: self.name("aws:currenttime".into()),
            values: vec![Text::literal(day(own).to_string(), span)],
        });
        let statement = StatementDecl {
            effect,
            actions: Arc::new(List { negated: false, items: vec![self.name("s3:GetObject".into())] }),
            resources: List { negated: false, items: vec![Text::literal("*", span)] },
            conditions: condition.into_iter().collect(),
        };
        PolicyDecl {
            name: Text::literal(format!("P{number}"), span),
            description: None,
            body: PolicyBody::Statement(statement),
            for_each: None,
            silence: vec![],
        }
    }
}

fn project(organisation: &Organisation) -> Project {
    let mut places = Places::default();
    let mut project = Project::default();
    for (number, &(effect, own)) in organisation.policies.iter().enumerate() {
        project.policies.push(places.policy(number, effect, own));
    }
    for (number, group) in organisation.groups.iter().enumerate() {
        project.groups.push(GroupDecl {
            name: places.name(format!("G{number}")),
            description: None,
            policies: places.members('P', &group.policies),
            groups: places.members('G', &group.groups),
            kubernetes_groups: vec![],
            silence: vec![],
        });
    }
    for (number, principal) in organisation.principals.iter().enumerate() {
        let attributes = Attributes {
            groups: Some(places.members('G', &principal.groups)),
            policies: Some(places.members('P', &principal.policies)),
            ..Attributes::default()
        };
        let name = Text::literal(format!("E{number}"), places.next());
        project.principals.push(PrincipalDecl {
            kind: PrincipalKind::Engineer,
            name,
            attributes,
            for_each: None,
        });
    }
    project
}

/// Every path from a holder to a policy, as the days on it.
fn paths(organisation: &Organisation, holder: &Holder, policy: usize) -> Vec<Vec<i64>> {
    let direct = holder.policies.iter().filter(|&&(to, _)| to == policy);
    let mut all: Vec<Vec<i64>> = direct.map(|&(_, until)| until.into_iter().collect()).collect();
    for &(group, until) in &holder.groups {
        for mut path in paths(organisation, &organisation.groups[group], policy) {
            path.extend(until);
            all.push(path);
        }
    }
    all
}

/// The time bound of each policy that a principal holds, if it has one, by the policy's name.
fn naive(organisation: &Organisation, principal: &Holder) -> BTreeMap<String, Option<String>> {
    let mut held = BTreeMap::new();
    for (number, &(effect, own)) in organisation.policies.iter().enumerate() {
        let paths = paths(organisation, principal, number);
        if paths.is_empty() {
            continue;
        }
        let is_permanent = effect == Effect::Deny || paths.iter().any(Vec::is_empty);
        let latest = paths.iter().filter_map(|path| path.iter().min()).max().copied();
        let bound = if is_permanent { None } else { latest };
        let bound = [bound, own].into_iter().flatten().min();
        held.insert(format!("P{number}"), bound.map(|bound| day(bound).to_string()));
    }
    held
}

fn bound(conditions: &Conditions) -> Option<String> {
    let keys = conditions.get(&Operator::DATE_LESS_THAN)?;
    assert!(keys.len() == 1 && conditions.len() == 1, "{conditions:?}");
    keys.values().flatten().next().cloned()
}

fn grants(project: &Project) -> Grants {
    let (graph, wrong) = resolve(project);
    assert!(wrong.is_empty(), "{wrong:?}");
    let (grants, wrong) = close(&project.settings, &graph);
    assert!(wrong.is_empty(), "{wrong:?}");
    grants
}

/// Everything in grants but places and the numbers of statements.
fn contents(grants: &Grants) -> Vec<String> {
    let strip = |principal: &iamc_model::grants::Grant| {
        let statements: Vec<_> = principal
            .statements
            .iter()
            .map(|&id| iamc_model::grants::Statement { span: Span::BUILTIN, ..grants.statement(id).clone() })
            .collect();
        format!("{:?}", (principal.id, &principal.name, statements, &principal.tags, &principal.path))
    };
    grants.principals.iter().map(strip).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn closing_is_reading_every_path(organisation in organisation()) {
        let grants = grants(&project(&organisation));
        for (grant, principal) in grants.principals.iter().zip(&organisation.principals) {
            let statements = grant.statements.iter().map(|&id| grants.statement(id));
            let held: BTreeMap<String, Option<String>> = statements
                .map(|statement| (statement.name.to_string(), bound(&statement.conditions)))
                .collect();
            prop_assert_eq!(held.len(), grant.statements.len());
            prop_assert_eq!(held, naive(&organisation, principal));
        }
    }

    #[test]
    fn equal_statements_and_lists_are_one(organisation in organisation()) {
        let grants = grants(&project(&organisation));
        for (at, one) in grants.principals.iter().enumerate() {
            for other in &grants.principals[at + 1..] {
                prop_assert_eq!(one.statements == other.statements, Arc::ptr_eq(&one.statements, &other.statements));
            }
        }
        let distinct: std::collections::BTreeSet<_> = grants.statements.iter().collect();
        prop_assert_eq!(distinct.len(), grants.statements.len());
    }

    #[test]
    fn order_means_nothing(
        (organisation, shuffled) in organisation().prop_flat_map(|organisation| {
            let project = project(&organisation);
            let orders = (
                Just(project.policies).prop_shuffle(),
                Just(project.groups).prop_shuffle(),
                Just(project.principals).prop_shuffle(),
            );
            (Just(organisation), orders)
        })
    ) {
        let mut other = project(&organisation);
        (other.policies, other.groups, other.principals) = shuffled;
        other.groups.iter_mut().for_each(|group| group.groups.reverse());
        let mut places = Places(10_000);
        other.groups.iter_mut().for_each(|group| group.name.span = places.next());
        other.policies.iter_mut().for_each(|policy| policy.name.span = places.next());
        other.principals.iter_mut().for_each(|principal| principal.name.span = places.next());
        prop_assert_eq!(contents(&grants(&other)), contents(&grants(&project(&organisation))));
    }
}
