//! How long a decision takes: `cargo bench -p iamc-access --bench deciding` prints it for 5,000 statements
//! with twelve actions and four resources each, a fifth of them of the request's service. The least of fifty
//! rounds counts.

use std::hint::black_box;
use std::time::{Duration, Instant};

use iamc_access::{Context, Permissions, Request, Statement, decide};
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};

const STATEMENTS: usize = 5_000;
const ROUNDS: u32 = 50;

fn main() {
    let statements: Vec<Statement> = (0..STATEMENTS).map(statement).collect();
    println!("{:<70} {:<17} {:>9}", "request", "decision", "time");
    for (action, resource) in [
        ("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:123456789876:function:f"),
        ("s3:PutObject", "arn:aws:s3:::bucket-7/team/x"),
        ("s3:GetObject", "arn:aws:s3:::bucket-none/team/x"),
        ("s3:GetObject", "arn:aws:s3:::bucket-7/team/x"),
    ] {
        let (decision, time) = measure(&statements, action, resource);
        println!("{:<70} {decision:<17} {time:>9.1?}", format!("{action} {resource}"));
    }
}

fn measure(statements: &[Statement], action: &str, resource: &str) -> (&'static str, Duration) {
    let statements: Vec<&Statement> = statements.iter().collect();
    let permissions = Permissions { statements: &statements, unknown_documents: false };
    let request = Request { action: action.into(), resource: Some(resource.into()), context: Context::new() };
    let mut least = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        black_box(decide(permissions, black_box(&request)));
        least = least.min(start.elapsed());
    }
    (decide(permissions, &request).decision.name(), least)
}

/// The first is about S3, the next four about services whose names begin alike or otherwise.
fn statement(index: usize) -> Statement {
    let service = ["s3", "ec2", "secretsmanager", "sqs", "s3-object-lambda"][index % 5];
    let actions = (0..12).map(|verb| match verb {
        0 => format!("{service}:GetObject*"),
        verb => format!("{service}:List{verb}"),
    });
    let resources = (0..4).map(|part| format!("arn:aws:s3:::bucket-{}/team/*", index + part));
    Statement::new(Effect::Allow, patterns(actions), patterns(resources), Conditions::new())
}

fn patterns(patterns: impl Iterator<Item = String>) -> Patterns {
    Patterns { negated: false, patterns: patterns.collect() }
}
