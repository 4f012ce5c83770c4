//! `iamc who-can`

mod finding;
mod human;
mod json;

use clap::ValueEnum;
use iamc_access::Decision;
use iamc_catalog::Catalog;
use iamc_effective::Accesses;
use iamc_model::PrincipalKind;

use crate::answer::{self, Format, Paint};
use crate::compile::Compilation;
use crate::exit::{Exit, Failure};
use crate::hint;
use crate::request::{self, Asked, Circumstances};
use crate::session::Session;
use finding::Findings;

/// Show who may do something
///
/// Every principal that may, under which policies, and by which of its groups; also by the project's
/// roles that it can assume. ACTION and RESOURCE may be patterns: who may do part of what they cover is
/// shown with examples. Without RESOURCE: on any resource.
#[derive(Debug, clap::Args)]
#[command(after_long_help = json::SHAPE)]
pub(crate) struct Args {
    /// An action such as s3:GetObject, or a pattern of actions
    #[arg(value_parser = request::action)]
    pub(crate) action: String,
    /// An ARN, or a pattern of ARNs
    #[arg(value_parser = request::resource)]
    pub(crate) resource: Option<String>,
    /// Principals of one kind only
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,
    /// Only those who may do all that the pattern covers, whatever the context
    #[arg(long)]
    pub(crate) all: bool,
    /// Those who may not
    #[arg(long, conflicts_with = "all")]
    pub(crate) not: bool,
    /// What they may do themselves, without the roles that they can assume
    #[arg(long)]
    pub(crate) direct: bool,
    /// How to print the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) circumstances: Circumstances,
}

/// The kinds of principals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// People
    #[value(alias = "engineers")]
    Engineer,
    /// Services with a user
    #[value(alias = "service-users")]
    ServiceUser,
    /// Roles for anything else
    #[value(alias = "roles")]
    Role,
}

impl From<Kind> for PrincipalKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Engineer => Self::Engineer,
            Kind::ServiceUser => Self::ServiceUser,
            Kind::Role => Self::Role,
        }
    }
}

/// Finds everybody who may, or may not.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let compilation = session.compile()?;
    let catalog = session.catalog()?;
    let answer = answer(args, &compilation, &catalog, session);
    session.print(&answer)?;
    hint::on_action(&args.action, session)?;
    Ok(Exit::Ok)
}

fn answer(args: &Args, compilation: &Compilation, catalog: &Catalog, session: &Session<'_>) -> String {
    let _progress = session.phase("deciding");
    let accesses = Accesses::new(compilation.built(), catalog);
    let asked = args.circumstances.ask(&args.action, args.resource.as_deref());
    let question = Question { args, asked };
    let findings = Findings::new(compilation, &accesses, catalog, &question);
    match args.format {
        Format::Human => {
            human::answer(&question, &findings, Paint::new(session.color()), session.global.verbose)
        }
        Format::Json => answer::json(&json::answer(&question, &findings)),
    }
}

/// What is asked, and of whom.
struct Question<'a> {
    args: &'a Args,
    asked: Asked,
}

impl Question<'_> {
    fn is_about(&self, kind: PrincipalKind) -> bool {
        self.args.kind.is_none_or(|only| PrincipalKind::from(only) == kind)
    }

    fn wants(&self, decision: Decision) -> bool {
        match decision {
            Decision::Allowed => !self.args.not,
            Decision::PartlyAllowed | Decision::Conditional => !self.args.not && !self.args.all,
            Decision::ExplicitlyDenied | Decision::ImplicitlyDenied => self.args.not,
        }
    }
}
