//! `iamc graph`

mod dot;
mod json;
mod mermaid;

use std::collections::BTreeSet;

use clap::ValueEnum;
use iamc_graph::paths::{self, Holders, Node, Step};
use iamc_model::Graph;

use crate::answer::{self, Places};
use crate::exit::{Exit, Failure};
use crate::nodes;
use crate::session::Session;

/// Print the graph of principals, groups and policies
///
/// For a picture: `iamc graph --focus NAME | dot -Tsvg > graph.svg`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = json::SHAPE)]
pub(crate) struct Args {
    /// How to write the graph
    #[arg(long, value_name = "FORMAT", default_value = "dot")]
    pub(crate) format: Format,
    /// Only what has this name, what it holds and what holds it
    #[arg(long, value_name = "NAME")]
    pub(crate) focus: Option<String>,
}

/// What a graph is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For Graphviz
    Dot,
    /// For Mermaid, as in Markdown
    Mermaid,
    /// For programs
    Json,
}

/// Writes the graph, or the part of it that `--focus` names.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let compilation = session.compile()?;
    let graph = &compilation.graph;
    let part = match &args.focus {
        Some(name) => Part::around(graph, &nodes::find(graph, name)?),
        None => Part { graph, nodes: nodes::all(graph).collect() },
    };
    let answer = match args.format {
        Format::Dot => dot::write(&part),
        Format::Mermaid => mermaid::write(&part),
        Format::Json => answer::json(&json::write(&part, Places::new(&compilation.sources))),
    };
    session.print(&answer)?;
    Ok(Exit::Ok)
}

/// Some nodes of a graph, with the edges between them.
struct Part<'g> {
    graph: &'g Graph,
    nodes: BTreeSet<Node>,
}

impl<'g> Part<'g> {
    /// These nodes with their ancestors and descendants.
    fn around(graph: &'g Graph, nodes: &[Node]) -> Self {
        let holders = Holders::of(graph);
        let around = |&node: &Node| {
            let (above, below) = (holders.ancestors(node), paths::descendants(graph, node));
            above.into_iter().chain(below).chain([node])
        };
        Self { graph, nodes: nodes.iter().flat_map(around).collect() }
    }

    /// The edges, by the names of their ends, then in the order written.
    fn edges(&self) -> Vec<(Node, Step<'g>)> {
        let mut edges: Vec<_> = self.nodes.iter().flat_map(|&node| self.edges_from(node)).collect();
        edges.sort_by_key(|(from, step)| (*from, step.to, step.until, step.span));
        edges
    }

    fn edges_from(&self, node: Node) -> impl Iterator<Item = (Node, Step<'g>)> {
        let steps = paths::steps(self.graph, node).filter(|step| self.nodes.contains(&step.to));
        steps.map(move |step| (node, step))
    }
}
