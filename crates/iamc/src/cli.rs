//! The command line. Each command's own arguments stand in its file under commands/.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let catalog = iamc_catalog::Catalog::builtin_date();
    format!("{} (catalogue of AWS of {catalog})", env!("CARGO_PKG_VERSION"))
});

/// Compiles reviewed TOML to personal AWS IAM roles
#[derive(Debug, Parser)]
#[command(name = "iamc", version = VERSION.as_str(), disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// The project's root [default: the nearest folder, upwards, with iamc.toml or engineers.toml]
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(crate) directory: Option<PathBuf>,
    /// How to print diagnostics: human, json, github or sarif
    #[arg(long, value_name = "FORMAT", global = true, default_value = "human", hide_possible_values = true)]
    pub(crate) message_format: MessageFormat,
    /// When to use colours: auto, always or never
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto", hide_possible_values = true)]
    pub(crate) color: ColorChoice,
    /// A newer catalogue of AWS's services, in place of the one that is built in
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) iam_data: Option<PathBuf>,
    /// Print errors only, and no summary
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more: every file that is written, warnings of commands that only answer
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// GitHub's workflow commands.
    Github,
    /// One SARIF 2.1.0 log.
    Sarif,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal that takes them, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands, in the order of `--help`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Build(commands::build::Args),
    Check(commands::check::Args),
    Verify(commands::verify::Args),
    Explain(commands::explain::Args),
    WhoCan(commands::who_can::Args),
    Test(commands::test::Args),
    Diff(commands::diff::Args),
    Graph(commands::graph::Args),
    List(commands::list::Args),
    Rule(commands::rule::Args),
    Schema(commands::schema::Args),
    Init(commands::init::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
}
