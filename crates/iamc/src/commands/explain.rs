//! `iamc explain`

mod holders;
mod json;
mod request;
mod stack;
mod statement;
mod tree;

use std::collections::BTreeMap;

use iamc_graph::paths::Node;
use iamc_model::grants::Statement;
use iamc_model::graph::{PolicyId, PrincipalId};
use iamc_model::{Span, Spanned};

use crate::answer::{self, Cell, Format, Paint, Places, Table};
use crate::compile::Compilation;
use crate::exit::{Exit, Failure};
use crate::report::printable;
use crate::request::{self as asked, Circumstances};
use crate::session::Session;
use crate::{hint, nodes, stacks};
use iamc_graph::bounds::{self, Bound};

/// Show what somebody holds, or whether they may do something, and why
///
/// With a NAME alone, for a principal: the tree of its groups down to the policies, each with the place
/// where it is written, then its stack. For a group or a policy: what it holds, and who holds it by
/// which paths. With an ACTION: whether the principal may do it, and why.
#[derive(Debug, clap::Args)]
#[command(after_long_help = format!("{}\n\n{}", json::SHAPE, request::SHAPE))]
pub(crate) struct Args {
    /// An engineer, service user, role, group or policy
    pub(crate) name: String,
    /// An action such as s3:GetObject, or a pattern of actions such as s3:Get*
    #[arg(value_parser = asked::action)]
    pub(crate) action: Option<String>,
    /// The ARN of a resource, or a pattern; without it the question is whether any resource would do
    #[arg(value_parser = asked::resource)]
    pub(crate) resource: Option<String>,
    #[command(flatten)]
    pub(crate) circumstances: Circumstances,
    /// How to print the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// Explains everything that has the name, or what is decided of its request.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let compilation = session.compile()?;
    let view = View::new(&compilation, Paint::new(session.color()));
    let answer = match &args.action {
        None => view.holdings(&args.name, args.format)?,
        Some(action) => {
            let asked = args.circumstances.ask(action, args.resource.as_deref());
            request::answer(&view, &*session.catalog()?, &args.name, &asked, args.format)?
        }
    };
    session.print(&answer)?;
    args.action.iter().try_for_each(|action| hint::on_action(action, session))?;
    Ok(Exit::Ok)
}

/// What the parts of an answer are made from.
struct View<'a> {
    compilation: &'a Compilation,
    places: Places<'a>,
    paint: Paint,
}

impl<'a> View<'a> {
    fn new(compilation: &'a Compilation, paint: Paint) -> Self {
        Self { compilation, places: Places::new(&compilation.sources), paint }
    }

    /// All about everything that has the name.
    fn holdings(&self, name: &str, format: Format) -> Result<String, Failure> {
        let found = nodes::find(&self.compilation.graph, name)?;
        Ok(match format {
            Format::Human => found.iter().map(|&node| self.node(node)).collect::<Vec<_>>().join("\n"),
            Format::Json => answer::json(&json::answer(self.compilation, name, &found)),
        })
    }

    /// All about one node: sections with an empty line between two.
    fn node(&self, node: Node) -> String {
        let mut sections = vec![self.heading(node)];
        match node {
            Node::Principal(id) => {
                sections.push(self.tree(node));
                sections.push(self.policies(id));
                sections.extend(self.stack(id));
            }
            Node::Group(id) => {
                sections.push(self.tree(node));
                sections.push(self.kubernetes_groups(&self.compilation.graph.group(id).kubernetes_groups));
                sections.push(self.holders(node));
            }
            Node::Policy(id) => {
                sections.push(self.statement(id));
                sections.push(self.holders(node));
            }
        }
        sections.retain(|section| !section.is_empty());
        sections.join("\n")
    }

    /// What it is, where it is declared, what it says of itself.
    fn heading(&self, node: Node) -> String {
        let graph = &self.compilation.graph;
        let kind = node.kind(graph);
        let name = self.paint.strong(node.name(graph));
        let place = self.paint.dim(&self.places.line(node.span(graph)));
        let description = node.description(graph).unwrap_or_default();
        let description = printable(description);
        let description: String = description.lines().map(|line| format!("  {line}\n")).collect();
        format!("{kind} {name}  {place}\n{description}")
    }

    /// The policies that a principal reaches, with what each comes to for it.
    fn policies(&self, id: PrincipalId) -> String {
        let graph = &self.compilation.graph;
        let statements = self.statements(id);
        let mut table = Table::indented(2);
        let mut policies = 0;
        for (node, bound) in bounds::reached(graph, Node::Principal(id)) {
            let Node::Policy(policy) = node else { continue };
            policies += 1;
            table.row([
                self.effect(graph.policy(policy).effect),
                Cell::plain(node.name(graph)),
                self.bound(bound),
                self.place(node.span(graph)),
            ]);
            if let Some(statement) = statements.get(&policy) {
                table.line(format!("         {}", self.paint.dim(&statement::short(statement, bound))));
            }
        }
        self.section(&format!("Policies ({policies})"), &table)
    }

    /// A principal's statements, placeholders filled.
    fn statements(&self, id: PrincipalId) -> BTreeMap<PolicyId, &'a Statement> {
        let grants = &self.compilation.grants;
        let grant = stacks::grant(grants, &self.compilation.graph.principal(id).name);
        let statements = grant.into_iter().flat_map(|grant| grant.statements.iter());
        statements.map(|&id| grants.statement(id)).map(|statement| (statement.policy, statement)).collect()
    }

    fn kubernetes_groups(&self, groups: &[Spanned<String>]) -> String {
        let mut table = Table::indented(2);
        groups.iter().for_each(|group| table.row([Cell::plain(&group.value), self.place(group.span)]));
        if groups.is_empty() { String::new() } else { self.section("Kubernetes groups", &table) }
    }

    fn section(&self, title: &str, table: &Table) -> String {
        format!("{}\n{}", self.paint.strong(title), table.render())
    }

    fn place(&self, span: Span) -> Cell {
        Cell::painted(&self.places.line(span), |text| self.paint.dim(text))
    }

    fn bound(&self, bound: Bound) -> Cell {
        match bound.until() {
            Some(until) => Cell::painted(&bounds::until(until), |text| self.paint.bounded(text)),
            None => Cell::painted("permanent", |text| self.paint.dim(text)),
        }
    }
}
