//! `iamc list groups`

use iamc_graph::paths::{self, Node};
use iamc_model::graph::{Group, GroupId};
use serde_json::{Value, json};

use super::{Place, Row, principals_of};
use crate::answer::{Cell, Paint};
use crate::compile::Compilation;

pub(super) struct GroupRow {
    name: String,
    groups: usize,
    policies: usize,
    principals: usize,
    place: Place,
}

/// All groups by name.
pub(super) fn rows(compilation: &Compilation) -> Vec<GroupRow> {
    let principals = principals_of(&compilation.graph);
    let row = |(id, group): (GroupId, &Group)| {
        let below = paths::descendants(&compilation.graph, Node::Group(id));
        let policies = below.iter().filter(|node| matches!(node, Node::Policy(_))).count();
        GroupRow {
            name: group.name.to_string(),
            groups: below.len() - policies,
            policies,
            principals: principals.get(&Node::Group(id)).copied().unwrap_or_default(),
            place: Place::of(compilation, group.span),
        }
    };
    (0..).map(GroupId).zip(&compilation.graph.groups).map(row).collect()
}

impl Row for GroupRow {
    fn headings() -> Vec<Cell> {
        vec![
            Cell::plain("NAME"),
            Cell::plain("GROUPS").right(),
            Cell::plain("POLICIES").right(),
            Cell::plain("HELD BY").right(),
            Cell::plain("PLACE"),
        ]
    }

    fn cells(&self, paint: Paint) -> Vec<Cell> {
        vec![
            Cell::plain(&self.name),
            Cell::number(self.groups),
            Cell::number(self.policies),
            Cell::number(self.principals),
            self.place.cell(paint),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "groups": self.groups,
            "policies": self.policies,
            "principals": self.principals,
            "source": self.place.json,
        })
    }
}
