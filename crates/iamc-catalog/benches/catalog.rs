//! `cargo bench -p iamc-catalog`: what it costs to ask a catalogue that was not asked before: the best and
//! the median of many rounds.

use std::hint::black_box;
use std::time::{Duration, Instant};

use iamc_catalog::Catalog;

const ROUNDS: usize = 301;

fn main() {
    let five = ["ec2", "iam", "lambda", "s3", "secretsmanager"];
    row("a catalogue", |_| ());
    row("the global keys", |catalog| {
        black_box(catalog.global_keys());
    });
    row("s3", |catalog| ask(catalog, &["s3"]));
    row("ec2, which is the largest", |catalog| ask(catalog, &["ec2"]));
    row("ec2, iam, lambda, s3, secretsmanager", |catalog| ask(catalog, &five));
    row("one managed policy", |catalog| {
        black_box(catalog.managed_policy("arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"));
    });
    row("every service", |catalog| ask(catalog, &catalog.services().collect::<Vec<_>>()));
}

fn ask(catalog: &Catalog, prefixes: &[&str]) {
    for prefix in prefixes {
        black_box(catalog.service(prefix));
    }
}

/// Prints the best and the median of the rounds.
fn row(what: &str, ask: impl Fn(&Catalog)) {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let catalog = Catalog::builtin();
            ask(&catalog);
            start.elapsed()
        })
        .collect();
    times.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("{what:40} {:7.3} ms {:7.3} ms", milliseconds(times[0]), milliseconds(times[ROUNDS / 2]));
}
