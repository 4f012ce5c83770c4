//! Variables that IAM does not have, or does not fill where they stand.

use iamc_catalog::{Catalog, ConditionKey};
use iamc_model::{Diagnostic, codes};

use super::{is_character, key, of};
use crate::condition::{self, is_claim};
use crate::written::{Word, Written};

/// `bad-variable` in the resources and the conditions of a policy.
pub(crate) fn check(written: &Written<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let resources = written.resources.iter().flat_map(|word| in_resource(word, catalog));
    let values = written.conditions.iter().flat_map(|condition| &condition.values);
    resources.chain(values.flat_map(|word| in_value(word, catalog))).collect()
}

/// In a trust policy's principal, where IAM fills none.
pub(crate) fn in_principal(word: &Word) -> Vec<Diagnostic> {
    let variables = of(&word.value);
    let help = "write the principal out; `{name}`, without the `$`, has iamc fill it";
    variables.map(|inside| report(inside, word, "is not filled in a principal", help.to_owned())).collect()
}

fn in_resource(word: &Word, catalog: &Catalog) -> Vec<Diagnostic> {
    let early = early(&word.value).map(|inside| {
        let help = "write `*` or `{name}` there: IAM fills variables behind an ARN's fifth colon only";
        report(inside, word, "stands before an ARN's fifth colon, where IAM fills none", help.to_owned())
    });
    early.into_iter().chain(in_value(word, catalog)).collect()
}

/// The first variable in an ARN's first five fields.
fn early(resource: &str) -> Option<&str> {
    let inside = of(resource).next()?;
    let at = resource.find("${")?;
    let is_early = resource[..at].matches(':').count() < 5 && resource.starts_with("arn:");
    (is_early && super::key(inside).contains(':') && !is_formation(inside)).then_some(inside)
}

/// In a value of a condition.
pub(crate) fn in_value(word: &Word, catalog: &Catalog) -> Vec<Diagnostic> {
    of(&word.value).filter_map(|inside| judge(inside, word, catalog)).collect()
}

fn judge(inside: &str, word: &Word, catalog: &Catalog) -> Option<Diagnostic> {
    let key = key(inside);
    match () {
        () if is_character(inside) => None,
        () if !key.contains(':') || is_formation(key) => {
            Some(report(inside, word, "is not a policy variable of IAM's", placeholder(inside)))
        }
        () if inside.trim() != inside || key.contains(char::is_whitespace) => {
            let help = format!("write `${{{}}}`", tidy(inside));
            Some(report(inside, word, "holds a blank, with which IAM knows no variable", help))
        }
        () if !is_default(inside) => {
            let help = format!("write `${{{key}, 'default'}}`, the default in single quotes");
            Some(report(inside, word, "has a default that IAM does not read", help))
        }
        () => of_key(inside, word, catalog),
    }
}

fn of_key(inside: &str, word: &Word, catalog: &Catalog) -> Option<Diagnostic> {
    let name = key(inside);
    match catalog.key(name) {
        Some(ConditionKey { multivalued: true, .. }) if !is_claim(name) => {
            let help = "use a key of which a request has one value";
            Some(report(inside, word, "has several values, and a variable takes one", help.to_owned()))
        }
        Some(_) => None,
        None if is_claim(name) || name.eq_ignore_ascii_case("aws:ARN") => None,
        None => Some(report(inside, word, "is a key that no request has", nearest(name, catalog))),
    }
}

fn nearest(key: &str, catalog: &Catalog) -> String {
    match condition::nearest(key, catalog) {
        Some(near) => format!("write `${{{near}}}`"),
        None => "write a key of AWS's, such as `${aws:PrincipalTag/team}`".to_owned(),
    }
}

/// Whether it is CloudFormation's: `AWS::AccountId`.
fn is_formation(inside: &str) -> bool {
    inside.starts_with("AWS::")
}

/// Whether what stands behind a comma is a default as IAM wants it: `, 'nobody'`.
fn is_default(inside: &str) -> bool {
    let default = inside.split_once(',').map(|(_, default)| default.trim_start());
    default.is_none_or(|default| default.len() > 1 && default.starts_with('\'') && default.ends_with('\''))
}

/// A variable without the blanks that do not belong there.
fn tidy(inside: &str) -> String {
    let key: String = key(inside).split_whitespace().collect();
    let default = inside.split_once(',').map(|(_, default)| format!(", {}", default.trim()));
    key + &default.unwrap_or_default()
}

fn placeholder(inside: &str) -> String {
    let placeholder = match inside {
        "AWS::AccountId" => "account",
        "AWS::Partition" => "partition",
        _ => inside,
    };
    let is_name = placeholder.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    match is_name && !placeholder.is_empty() {
        true => format!("write `{{{placeholder}}}`, without the `$`, to have iamc fill it"),
        false => {
            "write `{name}` for a placeholder; IAM's own variables are such as `${aws:username}`".to_owned()
        }
    }
}

fn report(inside: &str, word: &Word, why: &str, help: String) -> Diagnostic {
    let message = format!("`${{{inside}}}` {why}");
    Diagnostic::new(&codes::BAD_VARIABLE, message, word.span, format!("`${{{inside}}}` reaches IAM as it is"))
        .help(help)
}
