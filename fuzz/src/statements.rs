//! Statements and requests that are made of bytes: of few words, so that they meet.

use std::fmt;

use arbitrary::{Result, Unstructured};
use iamc_access::{Context, Known, Statement};
use iamc_model::declaration::Effect;
use iamc_model::grants::{Conditions, Patterns};
use iamc_model::{Operator, Timestamp};

/// Two sides of a comparison, and a request.
pub struct Case {
    pub before: Vec<Statement>,
    pub after: Vec<Statement>,
    pub action_pattern: String,
    pub resource_pattern: String,
    /// An action that the pattern covers.
    pub action: String,
    /// A resource that the pattern covers.
    pub resource: String,
    /// What is known of the context.
    pub known: Context,
    /// That, and what the rest turns out to be.
    pub whole: Context,
}

impl fmt::Debug for Case {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, side) in [("before", &self.before), ("after", &self.after)] {
            writeln!(out, "\n{name}:")?;
            for it in side {
                let (actions, resources) = (it.actions(), it.resources());
                writeln!(out, "  {:?} {actions:?} {resources:?} {:?}", it.effect(), it.conditions())?;
            }
        }
        let Self { action_pattern, resource_pattern, action, resource, known, whole, .. } = self;
        writeln!(out, "asked: {action_pattern:?} {resource_pattern:?} {known:?}")?;
        writeln!(out, "one: {action:?} {resource:?} {whole:?}")
    }
}

const ACTIONS: [&str; 9] = ["s3:", "Get", "get", "Object", "*", "?", "iam:", "a", "é"];

const RESOURCES: [&str; 16] = [
    "arn:aws:s3:::",
    "x",
    "y",
    "/",
    "*",
    "?",
    ":",
    "arn:aws:sqs:eu:1:",
    "arn:",
    "${aws:username}",
    "${*}",
    "${aws:PrincipalTag/a, 'x'}",
    "${",
    "}",
    "é",
    "${s3:k}",
];

const VALUES: [&str; 26] = [
    "x",
    "y",
    "X",
    "",
    "*",
    "?",
    "true",
    "false",
    "10",
    "9.5",
    "-1",
    "1e3",
    "2027-01-01T00:00:00Z",
    "2027-01-01",
    "1798761600",
    "203.0.113.0/24",
    "203.0.113.7",
    "2001:db8::/32",
    "aWFtYw==",
    "arn:aws:s3:::x",
    "arn:*",
    "${aws:username}",
    "${aws:CurrentTime}",
    "${s3:k, 'x'}",
    "é",
    "${",
];

const KEYS: [&str; 10] = [
    "aws:username",
    "aws:PrincipalTag/a",
    "s3:k",
    "S3:K",
    "aws:TagKeys",
    "aws:SourceIp",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:SecureTransport",
    "s3:n",
];

const TIMES: [&str; 2] = ["aws:CurrentTime", "aws:EpochTime"];

/// Keys that may have several values.
const SETS: [&str; 3] = ["s3:k", "aws:TagKeys", "s3:n"];

/// A case of the bytes; what they do not say is the simplest.
pub fn case(data: &[u8]) -> Result<Case> {
    let bytes = &mut Unstructured::new(data);
    let shared = statements(bytes)?;
    let (mut before, mut after) = (shared.clone(), shared);
    before.extend(statements(bytes)?);
    after.extend(statements(bytes)?);
    let (action_pattern, resource_pattern) = (text(bytes, &ACTIONS)?, text(bytes, &RESOURCES)?);
    let action = filled(bytes, &action_pattern, &ACTIONS)?;
    let resource = filled(bytes, &resource_pattern, &RESOURCES)?;
    let (known, whole) = contexts(bytes)?;
    Ok(Case { before, after, action_pattern, resource_pattern, action, resource, known, whole })
}

fn text(bytes: &mut Unstructured<'_>, pieces: &[&str]) -> Result<String> {
    let count = bytes.int_in_range(1..=5)?;
    (0..count).map(|_| bytes.choose(pieces).copied()).collect()
}

/// Something that a pattern covers: without wildcards.
fn filled(bytes: &mut Unstructured<'_>, pattern: &str, pieces: &[&str]) -> Result<String> {
    let mut all = String::new();
    for character in pattern.chars() {
        match character {
            '*' => all.push_str(&text(bytes, pieces)?.replace(['*', '?'], "")),
            '?' => all.push(*bytes.choose(&['x', ':', 'é'])?),
            other => all.push(other),
        }
    }
    // No request is about nothing; what can be empty can be anything.
    Ok(if all.is_empty() { "x".to_owned() } else { all })
}

fn statements(bytes: &mut Unstructured<'_>) -> Result<Vec<Statement>> {
    (0..bytes.int_in_range(0..=3)?).map(|_| statement(bytes)).collect()
}

fn statement(bytes: &mut Unstructured<'_>) -> Result<Statement> {
    let effect = if bytes.ratio(1, 3)? { Effect::Deny } else { Effect::Allow };
    let (actions, resources) = (patterns(bytes, &ACTIONS)?, patterns(bytes, &RESOURCES)?);
    Ok(Statement::new(effect, actions, resources, conditions(bytes)?))
}

fn patterns(bytes: &mut Unstructured<'_>, pieces: &[&str]) -> Result<Patterns> {
    let negated = bytes.ratio(1, 6)?;
    let count = bytes.int_in_range(1..=3)?;
    let mut patterns = (0..count).map(|_| text(bytes, pieces)).collect::<Result<Vec<_>>>()?;
    patterns.sort();
    patterns.dedup();
    Ok(Patterns { negated, patterns })
}

fn conditions(bytes: &mut Unstructured<'_>) -> Result<Conditions> {
    let operators: Vec<Operator> = Operator::all().collect();
    let mut block = Conditions::new();
    for _ in 0..bytes.int_in_range(0..=2)? {
        let (operator, key) = (*bytes.choose(&operators)?, *bytes.choose(&KEYS)?);
        let mut values: Vec<String> =
            (0..bytes.int_in_range(1..=3)?).map(|_| value(bytes)).collect::<Result<_>>()?;
        values.sort();
        values.dedup();
        block.entry(operator).or_default().insert(key.to_owned(), values);
    }
    Ok(block)
}

/// One of the words mostly, else several in a row.
fn value(bytes: &mut Unstructured<'_>) -> Result<String> {
    if bytes.ratio(1, 6)? {
        text(bytes, &VALUES)
    } else {
        bytes.choose(&VALUES).map(|&value| value.to_owned())
    }
}

/// What is known, and all of it.
fn contexts(bytes: &mut Unstructured<'_>) -> Result<(Context, Context)> {
    let (mut known, mut whole) = (Context::new(), Context::new());
    // The time is known under both of its names, and a key in another case is the same.
    for key in KEYS.iter().filter(|key| !TIMES.contains(key) && **key != "S3:K") {
        let is_known: bool = bytes.arbitrary()?;
        let most = if SETS.contains(key) { 2 } else { 1 };
        let count = bytes.int_in_range(0..=most)?;
        let values = (0..count).map(|_| value(bytes)).collect::<Result<Vec<_>>>()?;
        if is_known {
            set(&mut known, key, &values);
        }
        set(&mut whole, key, &values);
    }
    if bytes.arbitrary()? {
        assume_time(&mut known);
    }
    assume_time(&mut whole);
    whole.set_exact(true);
    Ok((known, whole))
}

fn set(context: &mut Context, key: &str, values: &[String]) {
    match values {
        [] => context.set_absent(key),
        values => context.set(key, values),
    }
}

impl Case {
    /// Whether there may be such an action on such a resource: a service and a name, and an ARN.
    pub fn is_real(&self) -> bool {
        let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let action = self.action.split_once(':');
        action.is_some_and(|(service, name)| is_word(service) && is_word(name))
            && self.resource.starts_with("arn:")
            && self.resource.matches(':').count() >= 5
    }
}

/// An instant, where nothing is known of the time.
pub fn assume_time(context: &mut Context) {
    let [current, epoch] = TIMES;
    if context.get(current) == Known::Unknown {
        let at = Timestamp(1_798_761_600);
        context.set(current, [at.to_string()]);
        context.set(epoch, [at.0.to_string()]);
    }
}
