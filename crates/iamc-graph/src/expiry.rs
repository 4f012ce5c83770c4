//! Memberships that have run out, and that soon will.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::graph::{Graph, PrincipalId};
use iamc_model::{Code, Diagnostic, Span, Timestamp, codes};

use crate::bounded::silenced;
use crate::paths::{Holders, Node, Step, holders, steps};

/// How long before its end a membership is said to end soon, in seconds.
const SOON: i64 = 14 * Timestamp::DAY;

/// `expired` and `expires-soon` as of `now`, one for each place where a membership is written. The
/// group or principal that it is written in can silence it; two reports of one place can differ in that.
pub fn expiry(graph: &Graph, now: Timestamp) -> Vec<Diagnostic> {
    let mut places: BTreeMap<(Span, Option<Span>), Place<'_>> = BTreeMap::new();
    for node in holders(graph) {
        for step in steps(graph, node) {
            if let Some((code, until)) = step.until.and_then(|until| Some((judge(until, now)?, until))) {
                let silence = silenced(graph, node, code);
                let new = Place { code, until, step, nodes: vec![] };
                places.entry((step.span, silence)).or_insert(new).nodes.push(node);
            }
        }
    }
    if places.is_empty() {
        return vec![];
    }
    let holders = Holders::of(graph);
    places.into_values().map(|place| place.report(graph, &holders, now)).collect()
}

fn judge(until: Timestamp, now: Timestamp) -> Option<&'static Code> {
    if until <= now {
        Some(&codes::EXPIRED)
    } else if until.0 <= now.0.saturating_add(SOON) {
        Some(&codes::EXPIRES_SOON)
    } else {
        None
    }
}

/// A place where a membership is written, with the nodes that have it: several where it stands in a
/// declaration with `for-each`, or among the defaults.
struct Place<'g> {
    code: &'static Code,
    until: Timestamp,
    step: Step<'g>,
    nodes: Vec<Node>,
}

impl Place<'_> {
    fn report(&self, graph: &Graph, holders: &Holders, now: Timestamp) -> Diagnostic {
        let name = self.step.to.name(graph);
        let day = self.until.last_day();
        let end = day.map_or_else(|| self.until.to_string(), |day| format!("the end of {day}"));
        let (message, label) = if self.code == &codes::EXPIRED {
            (format!("the membership in `{name}` has run out"), format!("ran out with {end}"))
        } else {
            let days = (self.until.0 - now.0 + Timestamp::DAY - 1) / Timestamp::DAY;
            let left = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
            (format!("the membership in `{name}` runs out within {left}"), format!("runs out with {end}"))
        };
        let concerned = concerned(self.concerned(holders));
        let span = self.step.until_span.unwrap_or(self.step.span);
        let report = Diagnostic::new(self.code, message, span, format!("{label}; {concerned}"));
        let report = report.help(format!("remove `{name}` here, or give it a later `until`"));
        self.nodes.first().map_or(report.clone(), |&node| report.subject(node.span(graph)))
    }

    /// How many principals have the membership, by whatever way.
    fn concerned(&self, holders: &Holders) -> usize {
        let mut principals: BTreeSet<PrincipalId> = BTreeSet::new();
        for &node in &self.nodes {
            let all = holders.ancestors(node).into_iter().chain([node]);
            principals.extend(all.filter_map(|node| match node {
                Node::Principal(id) => Some(id),
                _ => None,
            }));
        }
        principals.len()
    }
}

fn concerned(principals: usize) -> String {
    match principals {
        0 => "it concerns no principal".to_owned(),
        1 => "it concerns 1 principal".to_owned(),
        many => format!("it concerns {many} principals"),
    }
}

#[cfg(test)]
mod tests {
    use iamc_model::Timestamp;

    use super::expiry;
    use crate::testing::run;

    #[test]
    fn what_has_run_out_and_what_soon_will() {
        let files = "\
--- engineers.toml
[engineer]
Jane = [{ name = 'A', until = 2026-11-20 }, { name = 'A', until = 2026-11-21T00:00:00Z }]
John = [{ name = 'A', until = 2026-11-21 }, { name = 'A', until = 2026-12-05T02:00:00+02:00 }]
Mary = [{ name = 'A', until = 2026-12-05 }]
--- groups/a.toml
[group.A]
groups = [{ name = 'B', until = 2026-11-01 }]
[group.B]
--- iamc.toml
[service-user-defaults]
groups = [{ name = 'B', until = 2026-11-01 }]
--- service-users.toml
[service-user.Web]
[service-user.App]
silence = [{ lint = 'expired', reason = 'tidied in May' }]
";
        let run = run(files);
        let now = Timestamp::parse("2026-11-21T00:00:00Z").expect("an instant");
        let found = expiry(&run.graph, now);
        let expected = [
            "expired: 2026-11-20",
            "expired: 2026-11-21T00:00:00Z",
            "expires-soon: 2026-11-21",
            "expires-soon: 2026-12-05T02:00:00+02:00",
            "expired: 2026-11-01",
            "expired: 2026-11-01",
            "expired: 2026-11-01",
        ];
        assert_eq!(run.said(&found), expected.join("\n"));
        let labels: Vec<&str> = found.iter().map(|report| report.labels[0].text.as_str()).collect();
        assert_eq!(labels[0], "ran out with the end of 2026-11-20; it concerns 1 principal");
        assert_eq!(labels[4], "ran out with the end of 2026-11-01; it concerns 3 principals");
        assert_eq!(found[2].message, "the membership in `A` runs out within 1 day");
    }
}
