//! Which stacks have to be deployed before which: IAM takes a trust policy only once the principals
//! that it names exist.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use iamc_model::declaration::TrustKind;
use iamc_model::grants::TrustStatement;
use iamc_model::graph::Principal;
use iamc_model::{Diagnostic, Graph, Settings, Span, codes};

use crate::arn::Arn;
use crate::stack::{Identity, Stack};

/// Fills [`Stack::after`], and reports stacks that wait for each other.
pub(crate) fn order(settings: &Settings, graph: &Graph, stacks: &mut [Stack]) -> Vec<Diagnostic> {
    let edges = edges(settings, graph, stacks);
    let names: Vec<_> = stacks.iter().map(|stack| stack.name.clone()).collect();
    for (at, targets) in edges.iter().enumerate() {
        let others = targets.keys().filter(|&&to| to != at);
        stacks[at].after = others.map(|&to| names[to].clone()).collect::<BTreeSet<_>>().into_iter().collect();
    }
    cycles(&edges).iter().map(|cycle| report(cycle, &edges, graph, stacks)).collect()
}

/// For each stack those that it waits for, each with the place that names it.
type Edges = Vec<BTreeMap<usize, Span>>;

fn edges(settings: &Settings, graph: &Graph, stacks: &[Stack]) -> Edges {
    let account = settings.account.as_ref().map(|account| account.as_str());
    let is_ours = |arn: &Arn<'_>| {
        arn.partition == settings.partition.value && account.is_none_or(|own| own == arn.account)
    };
    let identities: BTreeMap<_, _> = stacks.iter().map(identity).zip(0..).collect();
    let named = |arn: &str| {
        let arn = Arn::parse(arn).filter(is_ours)?;
        identities.get(&(arn.kind, arn.name)).copied()
    };
    let of_stack = |stack: &Stack| {
        let trust = stack.role().map_or(&[][..], |role| &role.trust);
        let entries = trust.iter().filter(|entry| entry.kind == TrustKind::Aws);
        let arns = entries.flat_map(|entry| entry.principals.iter().map(move |arn| (entry, arn)));
        let principal = graph.principal(stack.id);
        arns.filter_map(|(entry, arn)| Some((named(arn)?, place(principal, entry, arn)))).collect()
    };
    stacks.iter().map(of_stack).collect()
}

/// Where an ARN is written, or where a placeholder has made it, the entry that it stands in.
fn place(principal: &Principal, entry: &TrustStatement, arn: &str) -> Span {
    let written = principal.attributes.trust.iter().flatten().find(|written| written.span == entry.span);
    let texts = written.map_or(&[][..], |written| &written.principals);
    texts.iter().find(|text| text.as_literal() == Some(arn)).map_or(entry.span, |text| text.span)
}

/// As ARNs have it: `role` or `user`, and the name.
fn identity(stack: &Stack) -> (&'static str, &str) {
    match &stack.identity {
        Identity::Engineer { role, .. } | Identity::Role { role } => ("role", &role.name),
        Identity::ServiceUser { user, .. } => ("user", &user.name),
    }
}

/// For each stack that waits for itself a shortest cycle through it, unless one was found before.
fn cycles(edges: &Edges) -> Vec<Vec<usize>> {
    let stuck = stuck(edges);
    let mut cycles: Vec<Vec<usize>> = Vec::new();
    let mut found = BTreeSet::new();
    for &start in &stuck {
        if !found.contains(&start)
            && let Some(cycle) = shortest_cycle(start, edges, &stuck)
        {
            found.extend(cycle.iter().copied());
            cycles.push(cycle);
        }
    }
    cycles
}

fn shortest_cycle(start: usize, edges: &Edges, within: &BTreeSet<usize>) -> Option<Vec<usize>> {
    let mut came_from = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for &to in edges[at].keys().filter(|to| within.contains(to)) {
            if to == start {
                let back = std::iter::successors(Some(at), |on| came_from.get(on).copied());
                let mut cycle: Vec<_> = back.collect();
                cycle.reverse();
                return Some(cycle);
            }
            if let Entry::Vacant(entry) = came_from.entry(to) {
                entry.insert(at);
                queue.push_back(to);
            }
        }
    }
    None
}

/// The stacks that remain when one after another all that wait for nothing are deployed.
fn stuck(edges: &Edges) -> BTreeSet<usize> {
    let mut waits: Vec<_> = edges.iter().map(BTreeMap::len).collect();
    let mut waiting = vec![vec![]; edges.len()];
    for (at, targets) in edges.iter().enumerate() {
        targets.keys().for_each(|&to| waiting[to].push(at));
    }
    let mut free: Vec<_> = (0..edges.len()).filter(|&at| waits[at] == 0).collect();
    while let Some(done) = free.pop() {
        for &at in &waiting[done] {
            waits[at] -= 1;
            if waits[at] == 0 {
                free.push(at);
            }
        }
    }
    (0..edges.len()).filter(|&at| waits[at] > 0).collect()
}

fn report(cycle: &[usize], edges: &Edges, graph: &Graph, stacks: &[Stack]) -> Diagnostic {
    let next = |at: usize| cycle[(at + 1) % cycle.len()];
    let principal = |at: usize| &stacks[at].principal;
    let place = |at: usize| edges[cycle[at]][&next(at)];
    let says = |at: usize| format!("`{}` trusts `{}`", principal(cycle[at]), principal(next(at)));
    let message = match cycle {
        [alone] => {
            format!("the trust of `{}` names its own role, which has to exist before", principal(*alone))
        }
        _ => format!("`{}` cannot be deployed before itself: the trust goes round", principal(cycle[0])),
    };
    let first = Diagnostic::new(&codes::TRUST_CYCLE, message, place(0), says(0))
        .help("trust `arn:{partition}:iam::{account}:root` in one of these places, with a condition on `aws:PrincipalArn`");
    let whole = (1..cycle.len()).fold(first, |report, at| report.also(place(at), says(at)));
    cycle.iter().fold(whole, |report, &at| report.subject(graph.principal(stacks[at].id).span))
}

#[cfg(test)]
mod tests {
    use iamc_model::{PrincipalKind, Spanned};

    use crate::testing::Case;

    const ACCOUNT: &str = "arn:aws:iam::123456789876";

    fn role(case: &mut Case, name: &str, trusted: &[&str]) {
        case.principal(PrincipalKind::Role, name, &[]);
        trusted.iter().for_each(|resource| case.trust(&format!("{ACCOUNT}:{resource}")));
    }

    fn after(case: &Case, principal: &str) -> Vec<String> {
        case.stacks().get(principal).unwrap().after.clone()
    }

    #[test]
    fn stacks_wait_for_those_that_they_trust() {
        let mut case = Case::default();
        role(&mut case, "Build", &["role/path/PersonalRoleJaneDoe", "user/Web", "user/JaneDoe", "root"]);
        case.engineer("JaneDoe", &[]);
        case.principal(PrincipalKind::ServiceUser, "Web", &[]);
        case.check(&[]);
        assert_eq!(after(&case, "Build"), ["personal-iam-profile-JaneDoe", "service-user-Web"]);
        assert!(after(&case, "JaneDoe").is_empty());
    }

    #[test]
    fn principals_of_another_account_are_not_ours() {
        let mut case = Case::default();
        role(&mut case, "Build", &["role/Deploy"]);
        role(&mut case, "Deploy", &[]);
        assert_eq!(after(&case, "Build"), ["role-Deploy"]);
        case.settings.account = Some(Spanned::builtin("111111111111".into()));
        assert!(after(&case, "Build").is_empty());
    }

    #[test]
    fn each_cycle_is_reported_once() {
        let mut case = Case::default();
        role(&mut case, "A", &["role/B"]);
        role(&mut case, "B", &["role/C"]);
        role(&mut case, "C", &["role/A", "role/B"]);
        role(&mut case, "D", &["role/A", "role/E"]);
        role(&mut case, "E", &["role/E"]);
        case.check(&[
            ("trust-cycle", "arn:aws:iam::123456789876:role/B"),
            ("trust-cycle", "arn:aws:iam::123456789876:role/E"),
        ]);
        let places: Vec<_> = case.reports().iter().map(|report| report.labels.len()).collect();
        assert_eq!(places, [3, 1]);
        assert!(after(&case, "E").is_empty());
    }
}
