//! Trust in OpenID Connect providers: whom their tokens are for, and whose they are.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html>

use iamc_model::declaration::TrustKind;
use iamc_model::{Diagnostic, codes};

use super::Entry;
use crate::written::{Word, WrittenCondition};

/// Providers that IAM knows by their own names.
const KNOWN: [&str; 4] =
    ["accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"];

const GITHUB: &str = "token.actions.githubusercontent.com";

/// Claims by which a token can be for an application.
const AUDIENCES: [&str; 3] = ["aud", "app_id", "oaud"];

/// GitHub's claims that say whose a token is: `ref` and `environment` do not. Of other providers each
/// claim but the audience may.
const GITHUB_SUBJECTS: [&str; 8] = [
    "sub",
    "actor",
    "actor_id",
    "enterprise_id",
    "job_workflow_ref",
    "repository",
    "repository_id",
    "repository_owner_id",
];

/// The provider's name, by which its claims begin: `token.actions.githubusercontent.com`.
fn provider(word: &Word) -> Option<&str> {
    let value = word.value.as_str();
    let own = value.split_once(":oidc-provider/").map(|(_, provider)| provider);
    own.or_else(|| KNOWN.contains(&value).then_some(value))
}

fn providers<'e>(entry: &'e Entry<'_>) -> impl Iterator<Item = (&'e Word, &'e str)> {
    entry.of_kind(TrustKind::Federated).iter().filter_map(|word| Some((word, provider(word)?)))
}

/// The conditions that a token has to meet by a claim of the provider's.
fn on_claims<'e, 'a>(
    entry: &'e Entry<'a>,
    provider: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<&'e WrittenCondition<'a>> {
    let claim = |condition: &&WrittenCondition<'a>| {
        let key = condition.key.to_ascii_lowercase();
        let claim = key.strip_prefix(&provider.to_ascii_lowercase()).and_then(|rest| rest.strip_prefix(':'));
        claim.is_some_and(&is_wanted)
    };
    let wanted = entry.conditions.iter().filter(claim);
    wanted.filter(|condition| !condition.holds_without_key()).collect()
}

fn is_audience(claim: &str) -> bool {
    AUDIENCES.contains(&claim)
}

fn is_github(provider: &str) -> bool {
    provider.starts_with(GITHUB)
}

/// `oidc-audience`: a token that was made for another application fits.
pub(super) fn audience(entry: &Entry<'_>) -> Vec<Diagnostic> {
    let open = providers(entry).filter(|(_, provider)| on_claims(entry, provider, is_audience).is_empty());
    let reports = open.map(|(word, provider)| {
        let claim =
            if matches!(provider, "graph.facebook.com" | "www.amazon.com") { "app_id" } else { "aud" };
        let message = format!("a token of `{provider}` fits whatever application it was made for");
        let audience = if claim == "aud" { "sts.amazonaws.com" } else { "…" };
        Diagnostic::new(&codes::OIDC_AUDIENCE, message, word.span, "for which audience?")
            .help(format!("add `conditions.StringEquals.\"{provider}:{claim}\" = [\"{audience}\"]`"))
    });
    reports.collect()
}

/// `oidc-subject`: whoever the provider gives a token fits.
pub(super) fn subject(entry: &Entry<'_>) -> Vec<Diagnostic> {
    providers(entry).flat_map(|(word, provider)| of_provider(entry, word, provider)).collect()
}

fn of_provider(entry: &Entry<'_>, word: &Word, provider: &str) -> Vec<Diagnostic> {
    let is_subject = |claim: &str| match is_github(provider) {
        true => GITHUB_SUBJECTS.contains(&claim),
        false => !is_audience(claim),
    };
    let conditions = on_claims(entry, provider, is_subject);
    let values = conditions.iter().map(|condition| wide(condition, provider));
    let wide: Vec<Vec<&Word>> = values.collect();
    match conditions.is_empty() {
        true => vec![missing(word, provider)],
        false if wide.iter().any(Vec::is_empty) => vec![],
        false => wide.into_iter().flatten().map(|word| too_wide(word, provider)).collect(),
    }
}

/// The values of a condition that do not say whose a token is.
fn wide<'c>(condition: &'c WrittenCondition<'_>, provider: &str) -> Vec<&'c Word> {
    condition.values.iter().filter(|word| is_wide(&word.value, provider)).collect()
}

/// Whether a pattern of subjects fits those of several owners. GitHub's begin with `repo:OWNER/`.
fn is_wide(value: &str, provider: &str) -> bool {
    let Some(at) = value.find(['*', '?']) else { return false };
    let fixed = &value[..at];
    let is_open = |owner: &str| !owner.contains('/');
    fixed.is_empty() || is_github(provider) && fixed.strip_prefix("repo:").is_some_and(is_open)
}

fn missing(word: &Word, provider: &str) -> Diagnostic {
    let whose = if is_github(provider) { "any repository of anybody's" } else { "anybody" };
    let message = format!("`{provider}` gives {whose} a token that fits");
    Diagnostic::new(&codes::OIDC_SUBJECT, message, word.span, "whose tokens?").help(help(provider))
}

fn too_wide(word: &Word, provider: &str) -> Diagnostic {
    let message = format!("`{}` fits tokens that `{provider}` gives to others", word.shown());
    Diagnostic::new(&codes::OIDC_SUBJECT, message, word.span, "a wildcard for whose").help(help(provider))
}

fn help(provider: &str) -> String {
    let subject = match provider {
        _ if is_github(provider) => "repo:OWNER/REPOSITORY:ref:refs/heads/main",
        _ if provider.contains(".eks.") => "system:serviceaccount:NAMESPACE:NAME",
        "gitlab.com" => "project_path:GROUP/PROJECT:ref_type:branch:ref:main",
        _ => "…",
    };
    format!("write `conditions.StringEquals.\"{provider}:sub\" = [\"{subject}\"]`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_of_others() {
        for value in ["*", "repo:*", "repo:acme*", "repo:ac?e/web", "*:ref:refs/heads/main"] {
            assert!(is_wide(value, GITHUB), "{value}");
        }
        for value in ["repo:acme/*", "repo:acme/web:*", "repo:acme/web:ref:refs/heads/main"] {
            assert!(!is_wide(value, GITHUB), "{value}");
        }
        assert!(!is_wide("system:serviceaccount:web:*", "oidc.eks.eu-central-1.amazonaws.com/id/A"));
    }
}
