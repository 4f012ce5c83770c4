//! `iamc list`

mod groups;
mod policies;
mod principals;

use std::collections::BTreeMap;

use clap::ValueEnum;
use iamc_graph::paths::{self, Node};
use iamc_model::{Graph, PrincipalKind, Span};
use serde_json::Value;

use crate::answer::{self, Cell, Format, Paint, Places, Table};
use crate::compile::Compilation;
use crate::exit::{Exit, Failure};
use crate::nodes;
use crate::session::Session;

/// For `--help`.
const JSON: &str = r#"JSON:
  [ { "name", …, "source": { "file", "line", "column" } } ]
  policies    "effect", "template" (or null), "principals" that hold it
  groups      "groups" and "policies" that it reaches, "principals" that
              hold it
  principals  "groups" (names), "policies" that it reaches,
              "managed-policies", "fullest-percent", "expires": when the
              first of its policies runs out, or null
  What is no name is a number."#;

/// List policies, groups, engineers, service users or roles
#[derive(Debug, clap::Args)]
#[command(after_long_help = JSON)]
pub(crate) struct Args {
    /// What to list
    #[arg(value_name = "policies|groups|engineers|service-users|roles")]
    pub(crate) kind: Kind,
    /// How to print the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// With their effects, and how many principals hold each
    Policies,
    /// With what each reaches, and how many principals hold it
    Groups,
    /// With their policies, how full these are, and what runs out
    Engineers,
    /// The same
    ServiceUsers,
    /// The same
    Roles,
}

/// Lists everything of one kind, by name.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let compilation = session.compile()?;
    let paint = Paint::new(session.color());
    let answer = match args.kind {
        Kind::Policies => print(&policies::rows(&compilation), args.format, paint),
        Kind::Groups => print(&groups::rows(&compilation), args.format, paint),
        Kind::Engineers => print_principals(&compilation, PrincipalKind::Engineer, args.format, paint),
        Kind::ServiceUsers => print_principals(&compilation, PrincipalKind::ServiceUser, args.format, paint),
        Kind::Roles => print_principals(&compilation, PrincipalKind::Role, args.format, paint),
    };
    session.print(&answer)?;
    Ok(Exit::Ok)
}

fn print_principals(compilation: &Compilation, kind: PrincipalKind, format: Format, paint: Paint) -> String {
    print(&principals::rows(compilation, kind), format, paint)
}

/// One thing that is listed.
trait Row {
    /// The headings of its columns, a number's in the place of a number.
    fn headings() -> Vec<Cell>;
    /// One cell a column.
    fn cells(&self, paint: Paint) -> Vec<Cell>;
    /// The same for programs.
    fn json(&self) -> Value;
}

fn print<R: Row>(rows: &[R], format: Format, paint: Paint) -> String {
    match format {
        Format::Human => table(rows, paint),
        Format::Json => answer::json(&rows.iter().map(Row::json).collect()),
    }
}

fn table<R: Row>(rows: &[R], paint: Paint) -> String {
    let mut table = Table::default();
    table.row(R::headings().into_iter().map(|heading| heading.repaint(|text| paint.dim(text))));
    rows.iter().for_each(|row| table.row(row.cells(paint)));
    table.render()
}

/// A place as both forms print it.
struct Place {
    line: String,
    json: Value,
}

impl Place {
    fn of(compilation: &Compilation, span: Span) -> Self {
        let places = Places::new(&compilation.sources);
        Self { line: places.line(span), json: places.json(span) }
    }

    fn cell(&self, paint: Paint) -> Cell {
        Cell::painted(&self.line, |text| paint.dim(text))
    }
}

/// How many principals reach each node; those that none reaches are left out.
fn principals_of(graph: &Graph) -> BTreeMap<Node, usize> {
    let mut counts = BTreeMap::new();
    let principals = nodes::all(graph).filter(|node| matches!(node, Node::Principal(_)));
    for node in principals.flat_map(|principal| paths::descendants(graph, principal)) {
        *counts.entry(node).or_default() += 1;
    }
    counts
}
