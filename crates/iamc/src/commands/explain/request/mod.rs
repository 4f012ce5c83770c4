//! `iamc explain NAME ACTION [RESOURCE]`: may a principal do it, and why.

mod headline;
mod human;
mod json;
mod parts;
mod statement;
mod story;

use std::collections::BTreeMap;

use iamc_access::decide::decide_with;
use iamc_access::{Judged, Request, Verdict};
use iamc_catalog::Catalog;
use iamc_emitter::Stack;
use iamc_graph::paths::Node;
use iamc_model::graph::PrincipalId;

use super::View;
use crate::answer::{self, Format};
use crate::decisions::Examples;
use crate::exit::{Exit, Failure};
use crate::filling::Filling;
use crate::request::Asked;
use crate::{nodes, stacks};
use iamc_effective::{self as effective, Access, Accesses, Attached, Names};
use iamc_graph::bounds::{self, Bound};
pub(super) use json::SHAPE;
use story::Story;

/// Decides a request of the principal that has the name, and explains the decision.
///
/// # Errors
/// Fails where no principal has the name.
pub(super) fn answer(
    view: &View<'_>,
    catalog: &Catalog,
    name: &str,
    asked: &Asked,
    format: Format,
) -> Result<String, Failure> {
    let compilation = view.compilation;
    let id = nodes::principal(&compilation.graph, name)?;
    // Only what has errors has no grant or no stack, and is not explained.
    let missing = || Failure::Reported(Exit::Project);
    let grant = stacks::grant(&compilation.grants, name).ok_or_else(missing)?;
    let stack = compilation.stacks.get(name).ok_or_else(missing)?;
    let accesses = Accesses::new(compilation.built(), catalog);
    let access = accesses.of(grant);
    let request = asked.by(effective::context(&compilation.project.settings, stack, grant));
    let verdict = decide_with(access.permissions(), &request, &Names(catalog));
    let verdict = Examples { permissions: access.permissions(), request: &request, catalog }.of(verdict);
    let bounds = bounds::reached(&compilation.graph, Node::Principal(id));
    let arns = grant.managed_policy_arns.iter();
    let attached = arns.filter_map(|arn| Some((arn.as_str(), accesses.attached(arn)?))).collect();
    let answer =
        Answer { view, id, stack, asked, request: &request, access: &access, attached, verdict, bounds };
    Ok(match format {
        Format::Human => answer.human(),
        Format::Json => answer::json(&answer.json()),
    })
}

/// A decision, with all that it is explained by.
struct Answer<'a> {
    view: &'a View<'a>,
    id: PrincipalId,
    stack: &'a Stack,
    asked: &'a Asked,
    request: &'a Request,
    access: &'a Access<'a>,
    /// By ARN.
    attached: BTreeMap<&'a str, &'a Attached<'a>>,
    verdict: Verdict,
    bounds: BTreeMap<Node, Bound>,
}

impl Answer<'_> {
    fn principal(&self) -> Node {
        Node::Principal(self.id)
    }

    fn name(&self) -> &str {
        &self.view.compilation.graph.principal(self.id).name
    }

    fn filling(&self) -> Filling<'_> {
        let compilation = self.view.compilation;
        Filling { settings: &compilation.project.settings, principal: compilation.graph.principal(self.id) }
    }

    fn story<'s>(&'s self, judged: &'s Judged) -> Story<'s> {
        Story::new(self, judged)
    }
}
