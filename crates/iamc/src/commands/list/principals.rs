//! `iamc list engineers`, `service-users` and `roles`

use iamc_graph::bounds;
use iamc_graph::paths::Node;
use iamc_model::graph::{Principal, PrincipalId};
use iamc_model::{PrincipalKind, Timestamp};
use serde_json::{Value, json};

use super::{Place, Row};
use crate::answer::{Cell, Paint};
use crate::compile::Compilation;
use crate::stacks;

pub(super) struct PrincipalRow {
    name: String,
    groups: Vec<String>,
    policies: usize,
    managed_policies: usize,
    fullest: usize,
    /// When the first of its policies runs out.
    expires: Option<Timestamp>,
    place: Place,
}

/// All principals of a kind by name.
pub(super) fn rows(compilation: &Compilation, kind: PrincipalKind) -> Vec<PrincipalRow> {
    let principals = (0..).map(PrincipalId).zip(&compilation.graph.principals);
    let of_kind = principals.filter(|(_, principal)| principal.kind == kind);
    of_kind.map(|(id, principal)| row(compilation, id, principal)).collect()
}

fn row(compilation: &Compilation, id: PrincipalId, principal: &Principal) -> PrincipalRow {
    let reached = bounds::reached(&compilation.graph, Node::Principal(id));
    let policies = || reached.iter().filter(|(node, _)| matches!(node, Node::Policy(_)));
    let stack = compilation.stacks.get(&principal.name);
    let groups = principal.groups.iter().map(|edge| compilation.graph.group(edge.to).name.to_string());
    PrincipalRow {
        name: principal.name.to_string(),
        groups: groups.collect(),
        policies: policies().count(),
        managed_policies: stack.map_or(0, |stack| stack.policies.len()),
        fullest: stack.map_or(0, |stack| stacks::fullest(&compilation.project.settings, stack)),
        expires: policies().filter_map(|(_, bound)| bound.until()).min(),
        place: Place::of(compilation, principal.span),
    }
}

impl Row for PrincipalRow {
    fn headings() -> Vec<Cell> {
        vec![
            Cell::plain("NAME"),
            Cell::plain("POLICIES").right(),
            Cell::plain("MANAGED").right(),
            Cell::plain("FULLEST").right(),
            Cell::plain("EXPIRES"),
            Cell::plain("PLACE"),
            Cell::plain("GROUPS"),
        ]
    }

    fn cells(&self, paint: Paint) -> Vec<Cell> {
        let expires = self.expires.map(|until| until.last_day().unwrap_or_else(|| until.to_string()));
        vec![
            Cell::plain(&self.name),
            Cell::number(self.policies),
            Cell::number(self.managed_policies),
            Cell::number(format!("{} %", self.fullest)),
            Cell::painted(&expires.unwrap_or_else(|| "-".to_owned()), |text| paint.bounded(text)),
            self.place.cell(paint),
            Cell::plain(self.groups.join(", ")),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "groups": self.groups,
            "policies": self.policies,
            "managed-policies": self.managed_policies,
            "fullest-percent": self.fullest,
            "expires": self.expires.map(|until| until.to_string()),
            "source": self.place.json,
        })
    }
}
