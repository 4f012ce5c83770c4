//! Groups that contain themselves.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use iamc_model::graph::{Edge, Graph, GroupId};
use iamc_model::{Diagnostic, Span, codes};

use crate::closure::components;

/// Reports the shortest cycle of each strongly connected component, and takes the memberships within
/// the component out of the graph, so that it is free of cycles.
pub(super) fn cut(graph: &mut Graph) -> Vec<Diagnostic> {
    let mut reports = Vec::new();
    for component in components(graph) {
        let component: BTreeSet<GroupId> = component.into_iter().collect();
        let Some(cycle) = shortest(graph, &component) else { continue };
        reports.push(report(graph, &cycle));
        for &group in &component {
            graph.groups[group.0 as usize].groups.retain(|edge| !component.contains(&edge.to));
        }
    }
    reports
}

/// The groups of the shortest cycle, beginning with the first by name; of equally short ones the one
/// that begins first.
fn shortest(graph: &Graph, component: &BTreeSet<GroupId>) -> Option<Vec<GroupId>> {
    let mut open = Open::new(graph, component);
    let mut best: Option<Vec<GroupId>> = None;
    while let Some(&start) = open.groups.first() {
        let most = best.as_ref().map_or(component.len(), |best| best.len() - 1);
        best = through(graph, &open.groups, start, most).or(best);
        // Every cycle through `start` has been looked at, so the rest is searched without it.
        open.remove(start);
    }
    best
}

/// Groups that may still lie on a cycle: each includes another of them and is included by one.
struct Open<'g> {
    graph: &'g Graph,
    groups: BTreeSet<GroupId>,
    included_by: BTreeMap<GroupId, Vec<GroupId>>,
    /// How many memberships lead to a group, and from it.
    degrees: BTreeMap<GroupId, (usize, usize)>,
}

impl<'g> Open<'g> {
    fn new(graph: &'g Graph, component: &BTreeSet<GroupId>) -> Self {
        let (groups, included_by, degrees) = (component.clone(), BTreeMap::new(), BTreeMap::new());
        let mut open = Self { graph, groups, included_by, degrees };
        for &from in component {
            for to in graph.group(from).groups.iter().map(|edge| edge.to).filter(|to| component.contains(to))
            {
                open.included_by.entry(to).or_default().push(from);
                open.degrees.entry(to).or_default().0 += 1;
                open.degrees.entry(from).or_default().1 += 1;
            }
        }
        open
    }

    /// Takes a group out, and whatever then lies on no cycle any more.
    fn remove(&mut self, group: GroupId) {
        let mut dead = vec![group];
        while let Some(group) = dead.pop() {
            if !self.groups.remove(&group) {
                continue;
            }
            let graph = self.graph;
            for to in graph.group(group).groups.iter().map(|edge| edge.to) {
                self.degrees.entry(to).and_modify(|(into, _)| *into -= 1);
                dead.extend(self.is_loose(to).then_some(to));
            }
            for from in self.included_by.remove(&group).unwrap_or_default() {
                self.degrees.entry(from).and_modify(|(_, out)| *out -= 1);
                dead.extend(self.is_loose(from).then_some(from));
            }
        }
    }

    fn is_loose(&self, group: GroupId) -> bool {
        self.degrees.get(&group).is_some_and(|&(into, out)| into == 0 || out == 0)
    }
}

/// The shortest cycle through `start`, of at most `most` groups, by breadth-first search.
fn through(graph: &Graph, open: &BTreeSet<GroupId>, start: GroupId, most: usize) -> Option<Vec<GroupId>> {
    let mut entered_from = BTreeMap::new();
    let mut queue = VecDeque::from([(start, 1)]);
    while let Some((group, length)) = queue.pop_front().filter(|&(_, length)| length <= most) {
        let mut held: Vec<GroupId> = graph.group(group).groups.iter().map(|edge| edge.to).collect();
        held.sort_unstable();
        for to in held {
            if to == start {
                return Some(back(&entered_from, start, group));
            }
            if open.contains(&to) && !entered_from.contains_key(&to) {
                entered_from.insert(to, group);
                queue.push_back((to, length + 1));
            }
        }
    }
    None
}

fn back(entered_from: &BTreeMap<GroupId, GroupId>, start: GroupId, last: GroupId) -> Vec<GroupId> {
    let mut cycle = vec![last];
    let mut group = last;
    while let Some(&from) = entered_from.get(&group).filter(|_| group != start) {
        cycle.push(from);
        group = from;
    }
    cycle.reverse();
    cycle
}

fn report(graph: &Graph, cycle: &[GroupId]) -> Diagnostic {
    let next = cycle.iter().cycle().skip(1);
    let edges = cycle.iter().zip(next).filter_map(|(&from, &to)| edge(graph, from, to));
    let labels: Vec<(Span, String)> =
        edges.map(|edge| (edge.span, format!("includes `{}`", graph.group(edge.to).name))).collect();
    let first = graph.group(cycle[0]);
    let message = format!("group `{}` contains itself", first.name);
    let help = match labels.len() {
        1 => "remove the membership".to_owned(),
        many => format!("remove one of the {many} memberships"),
    };
    let mut labels = labels.into_iter();
    let (span, text) = labels.next().unwrap_or_else(|| (first.span, String::new()));
    let report = Diagnostic::new(&codes::CYCLE, message, span, text).help(help);
    labels.fold(report, |report, (span, text)| report.also(span, text))
}

fn edge(graph: &Graph, from: GroupId, to: GroupId) -> Option<&Edge<GroupId>> {
    graph.group(from).groups.iter().find(|edge| edge.to == to)
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, run};

    #[test]
    fn the_shortest_cycle_of_each_component() {
        let files = "\
--- groups/a.toml
[group.A]
groups = ['B']
[group.X]
groups = ['Y']
--- groups/b.toml
[group.B]
groups = ['C', 'D']
[group.C]
groups = ['D']
--- groups/d.toml
[group.D]
groups = ['A']
[group.Y]
groups = [{ name = 'X', until = 2027-06-30 }]
";
        check(files, "cycle: 'B' | 'D' | 'A'\n cycle: 'Y' | 'X'");
        assert_eq!(run(files).helps(), "remove one of the 3 memberships\nremove one of the 2 memberships");
    }

    #[test]
    fn a_shorter_cycle_that_begins_later() {
        let files = "\
--- groups/a.toml
[group.A]
groups = ['B']
[group.B]
groups = ['C']
[group.C]
groups = ['D', 'E', 'Z']
[group.D]
groups = ['A']
[group.E]
groups = ['C']
[group.Z]
";
        check(files, "cycle: 'E' | 'C'");
    }

    #[test]
    fn a_long_cycle() {
        let groups = (0..5_000).map(|at| format!("[group.G{at}]\ngroups = ['G{}']\n", (at + 1) % 5_000));
        let run = run(&format!("--- groups/a.toml\n{}", groups.collect::<String>()));
        assert_eq!(run.diagnostics[0].labels.len(), 5_000);
    }

    #[test]
    fn a_group_in_itself() {
        check("--- groups/a.toml\n[group.A]\ngroups = ['A']", "cycle: 'A'");
    }

    #[test]
    fn memberships_within_a_component_are_cut_and_no_others() {
        let run = run("\
--- groups/a.toml
[group.A]
groups = ['B', 'Base']
[group.B]
groups = ['A']
[group.Base]
[group.Top]
groups = ['A']
");
        let held: Vec<usize> = run.graph.groups.iter().map(|group| group.groups.len()).collect();
        assert_eq!(held, [1, 0, 0, 1]);
    }
}
