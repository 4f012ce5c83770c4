//! What is said of an assertion that does not hold.

use iamc_model::assertion::AssertDecl;
use iamc_model::{Diagnostic, Spanned, codes};

use super::examine::{Decided, Examiner, Failed, Possible, Way};
use super::story;
use crate::answer::thousands;

/// Ways to fail that are told of one assertion.
const WAYS: usize = 5;

/// Principals that are named of one way to fail.
const NAMES: usize = 3;

/// An assertion that concerns nobody.
pub(super) fn vacuous(assertion: &AssertDecl) -> Diagnostic {
    let message = "this assertion is about nobody: it holds whatever is allowed";
    let groups = assertion.groups.iter().map(|group| group.span);
    let span = groups.chain(assertion.who.iter().map(|name| name.span)).next().unwrap_or(assertion.span);
    let help = match assertion.groups.first() {
        Some(group) if assertion.except_who.is_empty() && assertion.except_groups.is_empty() => {
            format!("nobody holds `{}`: give the group to somebody, or remove the assertion", group.value)
        }
        _ => "`except` leaves everybody out: name fewer there, or remove the assertion".to_owned(),
    };
    Diagnostic::new(&codes::VACUOUS_ASSERTION, message, span, "nobody").help(help)
}

/// A report for each way in which an assertion fails, as far as anybody would read them.
pub(super) fn failures(
    examiner: &Examiner<'_>,
    assertion: &AssertDecl,
    failed: &[Failed<'_>],
) -> Vec<Diagnostic> {
    let mut reports: Vec<Diagnostic> =
        failed.iter().take(WAYS).map(|failed| report(examiner, assertion, failed)).collect();
    let hidden = failed.get(WAYS..).unwrap_or_default();
    if let Some(last) = reports.pop() {
        let principals: usize = hidden.iter().map(|failed| failed.principals.len()).sum();
        let more = match principals {
            0 => return reports.into_iter().chain([last]).collect(),
            1 => "1 more principal fails it in another way".to_owned(),
            _ => format!("{} more principals fail it in other ways", thousands(principals as u64)),
        };
        reports.push(last.related(more, assertion.expect.span, ""));
    }
    reports
}

fn report(examiner: &Examiner<'_>, assertion: &AssertDecl, failed: &Failed<'_>) -> Diagnostic {
    let names = names(examiner, &failed.principals);
    let (message, label) = match &failed.way {
        Way::Decided(decided) => (told(assertion, decided, &names), labelled(decided)),
        Way::Possible(possible) => (
            format!("{names} can do what never should be allowed: {}", request(examiner, possible)),
            "but it is possible".to_owned(),
        ),
        Way::Unknown { reason, through } => (
            format!("{names} may be able to do what never should be allowed{}", acting(examiner, through)),
            format!("but {reason}"),
        ),
    };
    let report = Diagnostic::new(&codes::FAILED_ASSERTION, message, assertion.expect.span, label);
    let report = own_lines(report, assertion);
    let first = failed.principals[0];
    let report = story::tell(report, examiner, assertion, &failed.way, first);
    report.help(story::help(examiner, assertion, &failed.way, first))
}

/// `s3:GetObject` on `arn:…` is allowed for `JaneDoe`, and was to be denied
fn told(assertion: &AssertDecl, decided: &Decided<'_>, names: &str) -> String {
    let what = match &assertion.resource {
        Some(resource) => format!("`{}` on `{}`", assertion.action.value, resource.value),
        None => format!("`{}`", assertion.action.value),
    };
    let (decision, expected) = (decided.decision.name(), assertion.expect.value.name());
    format!("{what} is {decision} for {names}, and was to be {expected}")
}

fn labelled(decided: &Decided<'_>) -> String {
    match decided.notes.first() {
        Some(note) => format!("but it is {}: {note}", decided.decision.name()),
        None => format!("but it is {}", decided.decision.name()),
    }
}

/// `iam:CreateUser` on `arn:…`, as `Deploy`, with `aws:RequestedRegion` "eu-central-1"
fn request(examiner: &Examiner<'_>, possible: &Possible<'_>) -> String {
    let Possible { action, resource, context, through, .. } = possible;
    let mut request = format!("`{action}` on `{resource}`{}", acting(examiner, through));
    for (key, values) in context {
        let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
        let values = if values.is_empty() { "empty".to_owned() } else { values.join(", ") };
        request.push_str(&format!(", with `{key}` {values}"));
    }
    request
}

/// `, acting as A, then B`
fn acting(examiner: &Examiner<'_>, through: &[usize]) -> String {
    let roles: Vec<String> =
        through.iter().map(|&role| format!("`{}`", story::name(examiner, role))).collect();
    if roles.is_empty() { String::new() } else { format!(", acting as {}", roles.join(", then ")) }
}

/// `JaneDoe`, `JohnDoe` and 9,998 more
fn names(examiner: &Examiner<'_>, principals: &[usize]) -> String {
    let named = principals.iter().take(NAMES).map(|&at| format!("`{}`", story::name(examiner, at)));
    let named: Vec<String> = named.collect();
    let more = principals.len() - named.len();
    match (more, &named[..]) {
        (0, [all @ .., last]) if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        (0, _) => named.concat(),
        _ => format!("{} and {} more", named.join(", "), thousands(more as u64)),
    }
}

/// The assertion as it is written, from its action to its reason.
fn own_lines(report: Diagnostic, assertion: &AssertDecl) -> Diagnostic {
    let resource = assertion.resource.as_ref().map(|resource| resource.span);
    let because = assertion.because.as_ref().map(|because: &Spanned<String>| because.span);
    let spans = [Some(assertion.action.span), resource, because];
    spans.into_iter().flatten().fold(report, |report, span| report.also(span, ""))
}
