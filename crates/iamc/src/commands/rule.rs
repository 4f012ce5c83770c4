//! `iamc rule`

mod page;

use std::collections::BTreeMap;

use iamc_model::level::Level;
use iamc_model::name::nearest;
use iamc_model::{Code, codes};

use crate::answer::{Cell, Paint, Table};
use crate::exit::{Exit, Failure};
use crate::session::Session;

/// Show all diagnostics with their levels, or what one means and its cure
///
/// Inside a project the levels are those of its [lints].
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A code such as iamc::graph::cycle, or its last part
    pub(crate) code: Option<String>,
}

/// Prints the table of rules, or one rule's page.
pub(crate) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let levels = Levels::of(session)?;
    let paint = Paint::new(session.color());
    let answer = match &args.code {
        Some(name) => explain(find(name)?, &levels, paint),
        None => table(&levels, paint),
    };
    session.print(&answer)?;
    Ok(Exit::Ok)
}

/// The levels that the project sets, where there is one.
struct Levels(BTreeMap<String, Level>);

impl Levels {
    fn of(session: &Session<'_>) -> Result<Self, Failure> {
        let root = match session.root() {
            Ok(root) => root,
            Err(failure) if session.global.directory.is_some() => return Err(failure),
            Err(_) => return Ok(Self(BTreeMap::new())),
        };
        let (sources, _) = iamc_parser::load(&root);
        let (project, _) = iamc_parser::parse(&sources);
        let lints = project.settings.lints.into_iter();
        Ok(Self(lints.map(|(lint, level)| (lint.value, level)).collect()))
    }

    /// `error`, `warn`, or `forbid (warn by default)`.
    fn describe(&self, code: &Code) -> String {
        let Some(default) = code.level else { return "error".to_owned() };
        match self.set(code) {
            Some(level) => format!("{} (default {})", level.name(), default.name()),
            None => default.name().to_owned(),
        }
    }

    /// A level other than the default.
    fn set(&self, code: &Code) -> Option<Level> {
        self.0.get(code.rule()).copied().filter(|&level| code.level.is_some_and(|default| default != level))
    }
}

fn find(name: &str) -> Result<&'static Code, Failure> {
    codes::find(name).ok_or_else(|| {
        let names = codes::ALL.iter().flat_map(|code| [code.rule(), code.id]);
        let last = name.rsplit("::").next().and_then(codes::find).map(|code| code.id);
        let help = match last.or_else(|| nearest(name, names)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`iamc rule` shows all codes".to_owned(),
        };
        Failure::usage(format!("no rule is named `{name}`"), help)
    })
}

fn table(levels: &Levels, paint: Paint) -> String {
    let mut table = Table::default();
    let mut area = "";
    for code in codes::ALL {
        let rule = code.rule();
        let above = code.id.strip_suffix(rule).unwrap_or_default();
        if above != area {
            table.line(format!("{}{}", if area.is_empty() { "" } else { "\n" }, paint.dim(above)));
            area = above;
        }
        table.row([
            Cell::plain("  ").then(Cell::painted(rule, |text| paint.strong(text))),
            level(&levels.describe(code), paint),
            Cell::plain(code.summary),
        ]);
    }
    table.render()
}

fn level(level: &str, paint: Paint) -> Cell {
    Cell::painted(level, |text| match text {
        "error" => paint.deny(text),
        "warn" => paint.bounded(text),
        _ => text.to_owned(),
    })
}

fn explain(code: &Code, levels: &Levels, paint: Paint) -> String {
    let page = page::of(code.rule()).map(|page| page::render(page, paint));
    let page = page.unwrap_or_else(|| format!("`{}`: {}.\n", code.id, code.summary));
    let set = levels.set(code).map(|level| format!("\nIn this project: `{}`.\n", level.name()));
    format!("{page}{}", set.unwrap_or_default())
}
