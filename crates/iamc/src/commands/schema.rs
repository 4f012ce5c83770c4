//! `iamc schema`

use crate::answer::{self, Cell, Paint, Table};
use crate::exit::{Exit, Failure};
use crate::schema::{Answer, Kind, Subject};
use crate::session::Session;

/// Print a JSON Schema for a kind of file, for editors, or for an answer
///
/// Without KIND: the kinds, their files, and the settings with which taplo and Even Better TOML use the
/// schemas.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A kind of file, or a command's answer
    pub(crate) kind: Option<Subject>,
}

/// Prints one schema, or what there are.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let answer = match args.kind {
        Some(kind) => answer::json(&kind.schema()),
        None => overview(Paint::new(session.color())),
    };
    session.print(&answer)?;
    Ok(Exit::Ok)
}

fn overview(paint: Paint) -> String {
    let mut table = Table::default();
    table.row(["KIND", "FILES", "WHAT"].map(|heading| Cell::painted(heading, |text| paint.dim(text))));
    for kind in Kind::ALL {
        table.row([kind.name(), &kind.files().join(", "), kind.title()].map(Cell::plain));
    }
    let mut answers = Table::default();
    answers.row(["ANSWER", "COMMAND", "WHAT"].map(|heading| Cell::painted(heading, |text| paint.dim(text))));
    for answer in Answer::ALL {
        answers.row([answer.name(), answer.command(), answer.title()].map(Cell::plain));
    }
    format!("{}\n{}\n{}", table.render(), answers.render(), usage(paint))
}

fn usage(paint: Paint) -> String {
    let names = Kind::ALL.map(Kind::name).join(" ");
    let rules: String = Kind::ALL.into_iter().map(rule).collect();
    format!(
        "{}\n\n  mkdir -p .schemas\n  for kind in {names}; do\n    iamc schema $kind > .schemas/$kind.json\n  done\n\n{}\n\n{rules}",
        paint.strong("To write those of the files:"),
        paint.strong("In .taplo.toml, for taplo and Even Better TOML:"),
    )
}

fn rule(kind: Kind) -> String {
    let files: Vec<String> = kind.files().iter().map(|glob| format!("\"{glob}\"")).collect();
    let name = kind.name();
    format!(
        "  [[rule]]\n  include = [{}]\n  schema = {{ path = \".schemas/{name}.json\", enabled = true }}\n",
        files.join(", ")
    )
}
