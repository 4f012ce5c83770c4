//! iamc's decisions against those of engines that nobody here wrote: npm's `@cloud-copilot/iam-simulate`
//! and PyPI's `ministack`, each run as a program of its own. Where one cannot be had its test is skipped,
//! loudly, unless `IAMC_REQUIRE_EXTERNAL=1`.
//!
//! `IAMC_DECISIONS=25000` asks so many requests in place of a few, `IAMC_DECISIONS_SEED` asks others. What
//! differs is shrunk to its smallest and has to be of a class that is explained in known.rs.

#![allow(clippy::unwrap_used)]

mod case;
mod command;
mod engine;
mod known;
mod managed;
mod random;
mod request;
mod shrink;
mod statements;
#[path = "../support/mod.rs"]
mod support;
mod values;

use std::collections::BTreeMap;
use std::io::Write;

use iamc_access::{Decision, Verdict};
use iamc_model::Operator;
use iamc_model::condition::BaseOperator;

use crate::case::Case;
use crate::engine::{Engine, IAM_SIMULATE, MINISTACK, Program};
use crate::known::Known;
use crate::random::Random;
use crate::statements::Language;

/// How many requests an ordinary run asks.
const FEW: usize = 3000;

#[test]
fn decisions_are_those_of_iam_simulate() {
    let language = Language { operators: Operator::all().collect(), variables: true };
    compare(&IAM_SIMULATE, &language, known::IAM_SIMULATE);
}

#[test]
fn decisions_are_those_of_ministack() {
    // It knows no policy variables, and no set prefix on Null.
    let operators =
        Operator::all().filter(|operator| operator.set.is_none() || operator.base != BaseOperator::Null);
    let language = Language { operators: operators.collect(), variables: false };
    compare(&MINISTACK, &language, known::MINISTACK);
}

/// What holds for the evaluator holds for the command: it is asked about the same statements.
#[test]
fn the_command_line_decides_alike() {
    let language = Language { operators: Operator::all().collect(), variables: true };
    let cases = cases(&language, FEW);
    let asked: Vec<_> = cases.iter().filter(|case| command::can_ask(case)).take(150).collect();
    assert_eq!(asked.len(), 150);
    for case in asked {
        assert_eq!(command::explain(case), case.decide().decision.name(), "{}", case.json());
    }
}

fn compare(program: &Program, language: &Language, known: &[Known]) {
    match Engine::start(program) {
        Ok(mut engine) => Tally::of(&mut engine, language, known, number("IAMC_DECISIONS", FEW)).check(),
        Err(why) => {
            let required = std::env::var_os("IAMC_REQUIRE_EXTERNAL").is_some_and(|value| value == "1");
            assert!(!required, "decisions cannot be compared: {why}");
            // Past the capture of the test harness: a test that did not run has to be seen.
            let _ = writeln!(std::io::stderr(), "\n*** SKIPPED decisions: {why}\n");
        }
    }
}

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |number| number.parse().unwrap())
}

/// What came of a number of requests.
#[derive(Debug, Default)]
struct Tally {
    requests: usize,
    decisions: BTreeMap<&'static str, usize>,
    /// Of classes that are known.
    differences: BTreeMap<&'static str, usize>,
    /// Of none.
    faults: Vec<String>,
}

impl Tally {
    fn of(engine: &mut Engine, language: &Language, known: &[Known], requests: usize) -> Self {
        let cases = cases(language, requests);
        let answers = engine.ask(&cases);
        let mut tally = Self { requests, ..Self::default() };
        for (case, theirs) in cases.into_iter().zip(&answers) {
            let ours = case.decide();
            *tally.decisions.entry(ours.decision.name()).or_default() += 1;
            if !agree(&ours, theirs) {
                tally.differ(engine, known, case);
            }
        }
        tally.report();
        tally
    }

    fn differ(&mut self, engine: &mut Engine, known: &[Known], case: Case) {
        let smallest = shrink::shrink(case, |case| !agree(&case.decide(), &engine.ask_one(case)));
        match known.iter().find(|known| (known.covers)(&smallest)) {
            Some(known) => *self.differences.entry(known.what).or_default() += 1,
            None => self.faults.push(fault(&smallest, &engine.ask_one(&smallest))),
        }
    }

    fn report(&self) {
        println!("{} requests", self.requests);
        for (decision, count) in &self.decisions {
            println!("{count:>8} {decision}");
        }
        for (what, count) in &self.differences {
            println!("{count:>8} differ: {what}");
        }
    }

    fn check(&self) {
        let (faults, requests) = (&self.faults, self.requests);
        assert!(faults.is_empty(), "{} of {requests} differ:\n{}", faults.len(), faults.join("\n"));
        for decision in [Decision::Allowed, Decision::ExplicitlyDenied, Decision::ImplicitlyDenied] {
            let count = self.decisions.get(decision.name()).copied().unwrap_or_default();
            assert!(count * 10 > requests, "{count} of {requests} are {}", decision.name());
        }
    }
}

/// What iamc leaves open, for a doubt in IAM's own text, agrees with either answer.
fn agree(ours: &Verdict, theirs: &str) -> bool {
    match ours.decision {
        Decision::Allowed => theirs == "Allowed",
        Decision::ExplicitlyDenied => theirs == "ExplicitlyDenied",
        // Beside a Deny that may match, for such a doubt, the kind of denial is left open.
        Decision::ImplicitlyDenied => {
            theirs == "ImplicitlyDenied" || (theirs == "ExplicitlyDenied" && !ours.statements.is_empty())
        }
        Decision::Conditional => true,
        Decision::PartlyAllowed => false,
    }
}

fn fault(case: &Case, theirs: &str) -> String {
    format!("iamc: {}, the other: {theirs}: {}", case.decide().decision.name(), case.json())
}

fn cases(language: &Language, count: usize) -> Vec<Case> {
    let mut random = Random::new(number("IAMC_DECISIONS_SEED", 1) as u64);
    let documents = managed::documents();
    assert!(documents.len() > 1000, "{} of AWS's policies", documents.len());
    let case = |number| {
        let statements = match number % 2 {
            0 => language.policy(&mut random),
            _ => managed::policy(&mut random, &documents),
        };
        request::request(&mut random, statements)
    };
    let all = (0..).map(case);
    all.filter(|case| !asks_the_resource_too(case) && language.takes(case)).take(count).collect()
}

/// Without its key's own policy nobody may use a key of KMS, whatever the principal's say.
fn asks_the_resource_too(case: &Case) -> bool {
    case.action.to_ascii_lowercase().starts_with("kms:")
}
