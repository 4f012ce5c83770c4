//! The nodes of the graph.

use iamc_model::Span;
use iamc_model::graph::{Graph, GroupId, PolicyId, PrincipalId};

/// What edges lead from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// Holds groups and policies; nothing holds it.
    Principal(PrincipalId),
    /// Holds groups and policies.
    Group(GroupId),
    /// Holds nothing.
    Policy(PolicyId),
}

impl Node {
    /// Its full name.
    pub fn name(self, graph: &Graph) -> &str {
        match self {
            Self::Principal(id) => &graph.principal(id).name,
            Self::Group(id) => &graph.group(id).name,
            Self::Policy(id) => &graph.policy(id).name,
        }
    }

    /// What it is, as TOML calls it: `engineer`, `service-user`, `role`, `group`, `policy`.
    pub fn kind(self, graph: &Graph) -> &'static str {
        match self {
            Self::Principal(id) => graph.principal(id).kind.key(),
            Self::Group(_) => "group",
            Self::Policy(_) => "policy",
        }
    }

    /// Where its declaration names it.
    pub fn span(self, graph: &Graph) -> Span {
        match self {
            Self::Principal(id) => graph.principal(id).span,
            Self::Group(id) => graph.group(id).span,
            Self::Policy(id) => graph.policy(id).span,
        }
    }

    /// What it says of itself.
    pub fn description(self, graph: &Graph) -> Option<&str> {
        let description = match self {
            Self::Principal(id) => &graph.principal(id).attributes.description,
            Self::Group(id) => &graph.group(id).description,
            Self::Policy(id) => &graph.policy(id).description,
        };
        description.as_ref().map(|text| text.value.as_str())
    }
}
