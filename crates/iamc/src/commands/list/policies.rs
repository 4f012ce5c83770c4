//! `iamc list policies`

use iamc_graph::paths::Node;
use iamc_model::declaration::Effect;
use iamc_model::graph::{Policy, PolicyId};
use serde_json::{Value, json};

use super::{Place, Row, principals_of};
use crate::answer::{Cell, Paint};
use crate::compile::Compilation;

pub(super) struct PolicyRow {
    name: String,
    effect: Effect,
    template: Option<String>,
    principals: usize,
    place: Place,
}

/// All policies by name.
pub(super) fn rows(compilation: &Compilation) -> Vec<PolicyRow> {
    let principals = principals_of(&compilation.graph);
    let policies = (0..).map(PolicyId).zip(&compilation.graph.policies);
    let row = |(id, policy): (PolicyId, &Policy)| PolicyRow {
        name: policy.name.to_string(),
        effect: policy.effect,
        template: policy.template.as_ref().map(|template| template.value.to_string()),
        principals: principals.get(&Node::Policy(id)).copied().unwrap_or_default(),
        place: Place::of(compilation, policy.span),
    };
    policies.map(row).collect()
}

impl Row for PolicyRow {
    fn headings() -> Vec<Cell> {
        vec![
            Cell::plain("NAME"),
            Cell::plain("EFFECT"),
            Cell::plain("TEMPLATE"),
            Cell::plain("HELD BY").right(),
            Cell::plain("PLACE"),
        ]
    }

    fn cells(&self, paint: Paint) -> Vec<Cell> {
        let effect = match self.effect {
            Effect::Allow => Cell::plain("Allow"),
            Effect::Deny => Cell::painted("Deny", |text| paint.deny(text)),
        };
        vec![
            Cell::plain(&self.name),
            effect,
            Cell::plain(self.template.as_deref().unwrap_or("-")),
            Cell::number(self.principals),
            self.place.cell(paint),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "effect": self.effect.name(),
            "template": self.template,
            "principals": self.principals,
            "source": self.place.json,
        })
    }
}
