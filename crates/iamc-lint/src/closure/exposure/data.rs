//! Actions that read, or copy, what an account keeps.

use iamc_model::codes;

use super::{Exposure, named};
use crate::closure::ask::Scope;
use crate::words;

/// An action, and what it reads. As in cloudsplaining
/// (<https://github.com/salesforce/cloudsplaining>, its list of data exfiltration, BSD-3-Clause).
pub(super) const ACTIONS: &[&str] = &[
    "rds:CopyDBSnapshot",
    "rds:CreateDBSnapshot",
    "s3:GetObject",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
];

/// `data-exfiltration`
pub(super) const EXPOSURE: Exposure = Exposure {
    code: &codes::DATA_EXFILTRATION,
    scope: Scope::Unbound,
    actions: |held, _| named(held, ACTIONS),
    gives: |actions| format!("{}, by {}", reads(actions), words::first_few(actions)),
    help: "write the ARNs of what is needed in place of the wildcard, or a condition that binds it",
};

/// What the first of these actions reads.
fn reads(actions: &[&str]) -> &'static str {
    match actions.first().and_then(|action| action.split(':').next()) {
        Some("rds") => "copy every database of the account",
        Some("secretsmanager") => "read every secret of the account",
        Some("ssm") => "read every parameter of the account",
        _ => "read every object of every bucket",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_actions_are_sorted() {
        assert!(super::ACTIONS.is_sorted());
    }
}
