//! How full managed policies become, and how many of them an edit changes.
//!
//! `cargo bench -p iamc-emitter` prints, for engineers with 10 to 300 statements, the managed policies
//! that they need by the least that could hold so many characters, and how many policies one insertion,
//! removal or edit of a statement creates, updates or deletes. Statements are made up in the shape of
//! AWS's own; `IAMC_AWS_POLICIES` names a file of real ones to take instead, one
//! `{"name": …, "document": …}` a line.
//!
//! As a test it asserts, for 100 statements, what the design promises of the stable rung.

mod engineers;
mod random;
mod statements;

use std::collections::BTreeMap;
use std::process::ExitCode;

use iamc_emitter::{Rung, Stack};

use engineers::Engineers;
use random::Random;
use statements::Source;

const ENGINEERS: usize = 40;
const EDITS: usize = 20;

/// At most so many times the least number of managed policies.
const MOST_POLICIES: f64 = 1.5;

/// At most so many managed policies created, updated or deleted by an edit, on average.
const MOST_CHANGED: f64 = 1.25;

fn main() -> ExitCode {
    let source = Source::from_environment();
    if !std::env::args().any(|argument| argument == "--bench") {
        return assess(&measure(&source, 100, 10, 10));
    }
    println!("statements  policies / least  changed by an insertion  a removal  an edit");
    for size in [10, 30, 100, 300] {
        let Measure { fill, changed: [insertion, removal, edit] } = measure(&source, size, ENGINEERS, EDITS);
        println!("{size:>10}  {fill:>16.2}  {insertion:>23.2}  {removal:>9.2}  {edit:>7.2}");
    }
    ExitCode::SUCCESS
}

fn assess(measure: &Measure) -> ExitCode {
    let is_kept = measure.fill <= MOST_POLICIES && measure.changed.iter().all(|&it| it <= MOST_CHANGED);
    if !is_kept {
        eprintln!("not kept: at most {MOST_POLICIES} and {MOST_CHANGED}, measured {measure:?}");
    }
    if is_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was measured on engineers with one number of statements.
#[derive(Debug)]
struct Measure {
    /// Managed policies by the least that could hold so many characters.
    fill: f64,
    /// Managed policies that an insertion, a removal and an edit change, on average.
    changed: [f64; 3],
}

fn measure(source: &Source, size: usize, engineers: usize, edits: usize) -> Measure {
    let mut random = Random::new(size as u64);
    let mut project = Engineers::new(source, size, engineers, &mut random);
    let mut before = project.stacks();
    let (mut policies, mut least) = (0, 0);
    let mut changed = [0; 3];
    for _ in 0..edits {
        for (kind, changed) in changed.iter_mut().enumerate() {
            match kind {
                0 => project.insert(source, &mut random),
                1 => project.remove(&mut random),
                _ => project.edit(&mut random),
            }
            let after = project.stacks();
            assert!(after.iter().all(|stack| stack.rung == Rung::Stable));
            *changed +=
                before.iter().zip(&after).map(|(before, after)| difference(before, after)).sum::<usize>();
            policies += after.iter().map(|stack| stack.policies.len()).sum::<usize>();
            least += after.iter().map(|stack| project.least(stack)).sum::<usize>();
            before = after;
        }
    }
    let each = (engineers * edits) as f64;
    Measure { fill: policies as f64 / least as f64, changed: changed.map(|changed| changed as f64 / each) }
}

/// How many managed policies are created, updated or deleted.
fn difference(before: &Stack, after: &Stack) -> usize {
    let documents = |stack: &Stack| -> BTreeMap<String, _> {
        stack
            .policies
            .iter()
            .map(|policy| (policy.name.clone(), policy.document.statements.clone()))
            .collect()
    };
    let (before, after) = (documents(before), documents(after));
    let written = after.iter().filter(|(name, document)| before.get(*name) != Some(document)).count();
    written + before.keys().filter(|name| !after.contains_key(*name)).count()
}
