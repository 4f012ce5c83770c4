//! Finding the nodes of the graph that a command line names.

use iamc_graph::paths::Node;
use iamc_model::Graph;
use iamc_model::graph::{GroupId, PolicyId, PrincipalId};
use iamc_model::name::nearest;

use crate::exit::Failure;

/// Everything that `name` names: a principal, a group and a policy may share a name.
///
/// # Errors
/// Fails where nothing has that name, with the nearest name as help.
pub(crate) fn find(graph: &Graph, name: &str) -> Result<Vec<Node>, Failure> {
    let principal = graph.principal_id(name).map(Node::Principal);
    let group = graph.group_id(name).map(Node::Group);
    let policy = graph.policy_id(name).map(Node::Policy);
    let found: Vec<Node> = [principal, group, policy].into_iter().flatten().collect();
    if found.is_empty() { Err(unknown(graph, name)) } else { Ok(found) }
}

/// The principal of a name: only principals make requests.
///
/// # Errors
/// Fails where no principal has that name, with what has it, or the nearest name, as help.
pub(crate) fn principal(graph: &Graph, name: &str) -> Result<PrincipalId, Failure> {
    if let Some(id) = graph.principal_id(name) {
        return Ok(id);
    }
    let group = graph.group_id(name).map(Node::Group);
    let policy = graph.policy_id(name).map(Node::Policy);
    if let Some(other) = group.or(policy) {
        let message = format!("`{name}` is a {}, and only principals make requests", other.kind(graph));
        let help = format!("name who holds it: `iamc explain {name}` lists them");
        return Err(Failure::usage(message, help));
    }
    let message = format!("no principal is named `{name}`");
    let near = nearest(name, graph.principals.iter().map(|principal| principal.name.as_ref()));
    let help = near.map_or_else(
        || "`iamc list engineers` shows names, and so do `service-users` and `roles`".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Failure::usage(message, help))
}

fn unknown(graph: &Graph, name: &str) -> Failure {
    let message = format!("no principal, group or policy is named `{name}`");
    let near = nearest(name, all(graph).map(|node| node.name(graph)));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if name.ends_with(".toml") => {
            "this is a file: name what it declares, as in `iamc explain JaneDoe`".to_owned()
        }
        None => {
            "`iamc list engineers` shows names, and so do `service-users`, `roles`, `groups` and `policies`"
                .to_owned()
        }
    };
    Failure::usage(message, help)
}

/// All nodes: principals, groups, policies, each by name.
pub(crate) fn all(graph: &Graph) -> impl Iterator<Item = Node> {
    let ids = |count: usize| 0..u32::try_from(count).unwrap_or(u32::MAX);
    let principals = ids(graph.principals.len()).map(|id| Node::Principal(PrincipalId(id)));
    let groups = ids(graph.groups.len()).map(|id| Node::Group(GroupId(id)));
    let policies = ids(graph.policies.len()).map(|id| Node::Policy(PolicyId(id)));
    principals.chain(groups).chain(policies)
}
