//! Keys that AWS does not have, lack the tag that they are of, or are not to be used any more.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes, name};

use super::Clause;

/// `unknown-condition-key`, or `missing-tag-key` where the tag alone lacks.
pub(super) fn unknown(clause: &Clause<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let is_known = clause.key.is_some() || clause.is_claim() || successor(clause.name()).is_some();
    match is_known {
        true => vec![],
        false => vec![without_tag(clause, catalog).unwrap_or_else(|| nowhere(clause, catalog))],
    }
}

fn nowhere(clause: &Clause<'_>, catalog: &Catalog) -> Diagnostic {
    let key = clause.name();
    let message = format!("AWS has no condition key `{key}`: {}", clause.consequence());
    let help = match nearest(key, catalog) {
        Some(near) => format!("write `{near}`"),
        None => {
            "write a key of AWS's, such as `aws:SourceIp`, or one that the actions' service has".to_owned()
        }
    };
    Diagnostic::new(&codes::UNKNOWN_CONDITION_KEY, message, clause.span(), "unknown key").help(help)
}

/// The nearest of the service's keys and those of AWS's, with the tag that was written.
pub(crate) fn nearest(key: &str, catalog: &Catalog) -> Option<String> {
    let (prefix, rest) = key.split_once(':')?;
    let service = catalog.service(prefix);
    let own = service.iter().flat_map(|service| &service.keys);
    let names: Vec<&str> = own.chain(catalog.global_keys()).map(|key| key.name.as_str()).collect();
    let tag = rest.split_once('/').map(|(_, tag)| tag);
    let plain = |name: &str| stem(name).map(str::to_owned);
    let written = if tag.is_some() { key.split('/').next().unwrap_or(key) } else { key };
    let candidates: Vec<String> = match tag {
        Some(_) => names.into_iter().filter_map(plain).collect(),
        None => names.into_iter().filter(|name| stem(name).is_none()).map(str::to_owned).collect(),
    };
    let near = name::nearest(written, candidates.iter().map(String::as_str))?;
    Some(tag.map_or_else(|| near.to_owned(), |tag| format!("{near}/{tag}")))
}

/// What stands before the tag in a key that has one: `aws:RequestTag`.
fn stem(key: &str) -> Option<&str> {
    let (stem, tag) = key.split_once('/')?;
    (tag.starts_with("${") || tag.starts_with('<') || tag == "tag-key").then_some(stem)
}

fn without_tag(clause: &Clause<'_>, catalog: &Catalog) -> Option<Diagnostic> {
    let key = clause.name();
    let known = catalog.key(&format!("{}/x", key.trim_end_matches('/')))?;
    let stem = stem(&known.name)?;
    let message = format!("`{key}` names no tag: {}", clause.consequence());
    let help = format!("write the tag's key behind a slash, such as `{stem}/team`");
    Some(Diagnostic::new(&codes::MISSING_TAG_KEY, message, clause.span(), "of which tag?").help(help))
}

/// `deprecated-condition-key`
pub(super) fn deprecated(clause: &Clause<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let found = successor(clause.name()).map(|successor| {
        let message = format!("`{}` is not to be used any more", clause.name());
        Diagnostic::new(&codes::DEPRECATED_CONDITION_KEY, message, clause.span(), "deprecated by AWS")
            .help(format!("write {successor}"))
    });
    found.into_iter().collect()
}

/// What has taken the place of a deprecated key.
///
/// `aws:ARN`: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>,
/// `aws:SourceOwner`: <https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html>
fn successor(key: &str) -> Option<&'static str> {
    match key.to_ascii_lowercase().as_str() {
        "aws:arn" => Some("`aws:PrincipalArn`, or `aws:SourceArn` for what a service acts for"),
        "aws:sourceowner" => Some("`aws:SourceAccount`"),
        _ => None,
    }
}
