//! `cargo xtask`: organisations of any size, how long iamc takes with them, and the renewal of the catalogue
//! of AWS's services.

mod bench;
mod catalog;
mod organisation;
#[path = "../../crates/iamc/tests/external/python.rs"]
mod python;
mod random;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use organisation::Size;

/// The automation of the iamc repository
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    /// Write a generated organisation to a folder
    Org {
        /// How many engineers
        #[arg(long, default_value_t = 10_000)]
        engineers: usize,
        /// Another seed is another organisation
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// A folder that does not exist yet
        dir: PathBuf,
    },
    /// Time `iamc build` of a generated organisation beside writing the same bytes plainly
    BenchBuild {
        /// How many engineers
        #[arg(long, default_value_t = 10_000)]
        engineers: usize,
        /// How often each is timed; the medians count
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// Time `iamc build` of generated organisations of several sizes, and tell how much memory it takes
    BenchScale {
        /// How many engineers
        #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000])]
        engineers: Vec<usize>,
        /// How often each is timed; the medians count
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// Time the answers of `iamc who-can` and `iamc explain` about a generated organisation
    BenchAccess {
        /// How many engineers
        #[arg(long, default_value_t = 10_000)]
        engineers: usize,
        /// How often each question is asked; the medians count
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// Time `iamc diff` between two states of a generated organisation
    BenchDiff {
        /// How many engineers
        #[arg(long, default_value_t = 10_000)]
        engineers: usize,
        /// How often each is timed; the medians count
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// Time `iamc check` of generated policies beside parliament and cfn-lint
    BenchCheck {
        /// How many policies
        #[arg(long, default_value_t = 1_000)]
        policies: usize,
        /// How often each is timed; the medians count
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// Renew the catalogue of AWS's services and managed policies
    Catalog(catalog::Args),
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Org { engineers, seed, dir } => organisation::write(Size { engineers }, seed, &dir)?,
        Command::BenchBuild { engineers, rounds } => bench::build::run(engineers, rounds.max(1))?,
        Command::BenchScale { engineers, rounds } => bench::scale::run(&engineers, rounds.max(1))?,
        Command::BenchAccess { engineers, rounds } => bench::access::run(engineers, rounds.max(1))?,
        Command::BenchDiff { engineers, rounds } => bench::diff::run(engineers, rounds.max(1))?,
        Command::BenchCheck { policies, rounds } => bench::check::run(policies.max(1), rounds.max(1))?,
        Command::Catalog(args) => catalog::renew(&args)?,
    }
    Ok(())
}
