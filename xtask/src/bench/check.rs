//! How long `iamc check` takes, beside parliament and cfn-lint on the same statements: whole processes,
//! start-up and knowledge of AWS included. All are timed in turns, so that whatever slows the machine slows
//! all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use iamc_catalog::Catalog;

use super::statements::{self, Statement};
use super::{Result, median, release_build};
use crate::python;

/// Engineers among whom the policies are divided: each is a template for cfn-lint.
const ENGINEERS: usize = 40;

/// Policies of a file, as people keep them for iamc.
const IN_A_FILE: usize = 50;

/// The programs.
struct Programs {
    iamc: PathBuf,
    parliament: PathBuf,
    cfn_lint: PathBuf,
}

/// The same statements as a project, as policies in JSON and as templates.
struct Forms {
    project: PathBuf,
    policies: PathBuf,
    templates: PathBuf,
}

/// Checks policies of a few services and of many `rounds` times each and prints what it took.
pub(crate) fn run(policies: usize, rounds: usize) -> Result<()> {
    let iamc = release_build()?;
    let target = iamc.ancestors().nth(2).unwrap_or(Path::new("."));
    let others = python::programs(&target.join("tmp"))?;
    let programs =
        Programs { iamc, parliament: others.join("parliament"), cfn_lint: others.join("cfn-lint") };
    println!("medians of {rounds} rounds");
    println!();
    println!("| policies | services | iamc | parliament | ratio | cfn-lint | ratio |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let most = statements::services(&Catalog::builtin()).len();
    for (policies, services) in [(1, 1), (policies, 5), (policies, most)] {
        let dir = tempfile::tempdir()?;
        let statements = statements::of_services(policies, services);
        let forms = Forms::write(&programs, &statements, dir.path())?;
        let [iamc, parliament, cfn_lint] = measure(&programs, &forms, rounds)?;
        let ratio = |peer: Duration| format!("{:.0}", peer.as_secs_f64() / iamc.as_secs_f64());
        println!(
            "| {policies} | {services} | {:.1} ms | {:.1} s | {} | {:.1} s | {} |",
            iamc.as_secs_f64() * 1e3,
            parliament.as_secs_f64(),
            ratio(parliament),
            cfn_lint.as_secs_f64(),
            ratio(cfn_lint),
        );
    }
    Ok(())
}

impl Forms {
    fn write(programs: &Programs, statements: &[Statement], dir: &Path) -> Result<Self> {
        let [project, policies, out] = ["project", "policies", "out"].map(|name| dir.join(name));
        fs::create_dir_all(project.join("policies"))?;
        fs::create_dir(&policies)?;
        fs::write(project.join("iamc.toml"), "[project]\naccount = \"123456789876\"\n")?;
        for (number, part) in statements.chunks(IN_A_FILE).enumerate() {
            let declared: String = part.iter().map(Statement::toml).collect();
            fs::write(project.join(format!("policies/part{number}.toml")), declared)?;
        }
        fs::write(project.join("engineers.toml"), engineers(statements))?;
        for statement in statements {
            fs::write(policies.join(format!("{}.json", statement.name)), statement.json())?;
        }
        let mut build = Command::new(&programs.iamc);
        spent(build.arg("-C").arg(&project).args(["build", "--quiet", "--out"]).arg(&out))?;
        Ok(Self { project, policies, templates: out.join("engineers") })
    }
}

/// Engineers who hold one part of the policies each.
fn engineers(statements: &[Statement]) -> String {
    let parts = statements.chunks(statements.len().div_ceil(ENGINEERS)).enumerate();
    let lines = parts.map(|(number, part)| {
        let names: Vec<&str> = part.iter().map(|statement| statement.name.as_str()).collect();
        format!("Engineer{number} = {{ policies = {names:?} }}\n")
    });
    "[engineer]\n".to_owned() + &lines.collect::<String>()
}

/// The medians of iamc, parliament and cfn-lint, each with its own defaults. Each run that counts follows one
/// of the same program that does not, so that what the others left in caches and memory is nobody's loss.
fn measure(programs: &Programs, forms: &Forms, rounds: usize) -> Result<[Duration; 3]> {
    let mut commands =
        [Command::new(&programs.iamc), Command::new(&programs.parliament), Command::new(&programs.cfn_lint)];
    let [iamc, parliament, cfn_lint] = &mut commands;
    iamc.arg("-C").arg(&forms.project).args(["check", "--quiet"]);
    parliament.arg("--directory").arg(&forms.policies);
    cfn_lint.arg(forms.templates.join("*.yaml"));
    let mut times = [vec![], vec![], vec![]];
    for _ in 0..rounds {
        for (command, times) in commands.iter_mut().zip(&mut times) {
            spent(command)?;
            times.push(spent(command)?);
        }
    }
    Ok(times.map(median))
}

/// How long a program takes, whatever it finds; that it could not do its work is an error.
fn spent(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output()?;
    let taken = start.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    let failed = output.status.code().is_none() || said.contains("Traceback") || said.starts_with("error");
    if failed { Err(format!("{command:?}: {said}").into()) } else { Ok(taken) }
}
