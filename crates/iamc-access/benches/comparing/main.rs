//! How long exact answers take: `cargo bench -p iamc-access --bench comparing`.
//!
//! Sets of 200 statements are compared with others, and with themselves written otherwise; and it is asked
//! whether they ever allow an action of a service. Statements are made up; `IAMC_AWS_POLICIES` names a file
//! of AWS's own to take instead, one `{"name": …, "document": …}` a line.

mod random;
mod statements;

use std::time::{Duration, Instant};

use iamc_access::exact::{Answer, Caps, Gains, NoNames, Region, Side, gains, grants_any};
use iamc_access::{Context, Permissions, Statement};

use random::Random;
use statements::rewritten;

const STATEMENTS: usize = 200;
const ROUNDS: u64 = 40;

fn main() {
    let all = statements::from_environment();
    let draw = |seed| {
        let mut random = Random(seed);
        (0..STATEMENTS).map(|_| all[random.below(all.len())].clone()).collect::<Vec<_>>()
    };
    println!("{STATEMENTS} statements                     median       most    found   none  unknown");
    report("against others", |round| compare(&draw(2 * round), &draw(2 * round + 1)));
    for (what, by_action) in [("divided by actions", true), ("divided by resources", false)] {
        report(what, |round| {
            let before = draw(round);
            let after: Vec<_> = before.iter().rev().flat_map(|it| rewritten(it, by_action)).collect();
            compare(&before, &after)
        });
        report(&format!("{what}, back"), |round| {
            let after = draw(round);
            let before: Vec<_> = after.iter().rev().flat_map(|it| rewritten(it, by_action)).collect();
            compare(&before, &after)
        });
    }
    report("made to be hard", |round| {
        let [before, after] = statements::hard(round);
        compare(&before, &after)
    });
    for action in ["iam:*", "s3:*Object", "*"] {
        report(&format!("ever {action}"), |round| never(&draw(round), action));
    }
}

/// Whether something was found; whether something could not be told.
type Told = (bool, bool);

fn compare(before: &[Statement], after: &[Statement]) -> Told {
    let context = Context::new();
    let [before, after] = [before, after].map(|statements| statements.iter().collect::<Vec<_>>());
    let [before, after] =
        [&before, &after].map(|statements| Side { permissions: permissions(statements), context: &context });
    let Gains { gains, doubts } = gains(before, after, Caps::default(), &NoNames);
    (!gains.is_empty(), !doubts.is_empty())
}

fn never(statements: &[Statement], action: &str) -> Told {
    let context = Context::new();
    let statements: Vec<&Statement> = statements.iter().collect();
    let region = Region { action, resources: vec!["*"], context: &context };
    let answer = grants_any(permissions(&statements), &region, Caps::default(), &NoNames);
    (answer.witness().is_some(), matches!(answer, Answer::Unknown(_)))
}

fn permissions<'a>(statements: &'a [&'a Statement]) -> Permissions<'a> {
    Permissions { statements, unknown_documents: false }
}

fn report(what: &str, ask: impl Fn(u64) -> Told) {
    let mut times = Vec::new();
    let [mut found, mut none, mut unknown] = [0, 0, 0];
    for round in 0..ROUNDS {
        let start = Instant::now();
        let (has_found, is_unknown) = ask(round);
        times.push(start.elapsed());
        found += u32::from(has_found);
        unknown += u32::from(is_unknown);
        none += u32::from(!has_found && !is_unknown);
    }
    times.sort_unstable();
    let (median, most): (Duration, Duration) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{what:<32} {median:>10.1?} {most:>10.1?} {found:>8} {none:>6} {unknown:>8}");
}
