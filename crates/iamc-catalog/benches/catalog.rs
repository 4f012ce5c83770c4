//! `cargo bench -p iamc-catalog`: what it costs to ask a catalogue that was not asked before.

use std::hint::black_box;
use std::time::{Duration, Instant};

use iamc_catalog::Catalog;

const ROUNDS: usize = 101;

fn main() {
    let five = ["ec2", "iam", "lambda", "s3", "secretsmanager"];
    row("a catalogue", || ());
    row("the global keys", || Catalog::builtin().global_keys().len());
    row("s3", || ask(&["s3"]));
    row("ec2, which is the largest", || ask(&["ec2"]));
    row("ec2, iam, lambda, s3, secretsmanager", || ask(&five));
    row("one managed policy", || {
        Catalog::builtin().managed_policy("arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy").is_some()
    });
    row("every service", || {
        let catalog = Catalog::builtin();
        catalog
            .services()
            .filter_map(|name| catalog.service(name))
            .map(|service| service.actions.len())
            .sum::<usize>()
    });
}

fn ask(prefixes: &[&str]) -> usize {
    let catalog = Catalog::builtin();
    prefixes.iter().filter_map(|prefix| catalog.service(prefix)).map(|service| service.actions.len()).sum()
}

/// Prints the median of the rounds.
fn row<T>(what: &str, asked: impl Fn() -> T) {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(Catalog::builtin());
            black_box(asked());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("{what:40} {:9.3} ms", times[ROUNDS / 2].as_secs_f64() * 1000.0);
}
