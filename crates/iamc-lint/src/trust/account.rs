//! Trust in other accounts.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html>

use iamc_model::declaration::TrustKind;
use iamc_model::{Diagnostic, codes};

use super::Entry;
use crate::written::Word;

/// `trust-in-account`: in another account, or somebody there, without any condition.
pub(super) fn other(entry: &Entry<'_>) -> Vec<Diagnostic> {
    if !entry.conditions.is_empty() {
        return vec![];
    }
    let words = entry.of_kind(TrustKind::Aws).iter();
    let others = words.filter_map(|word| Some((word, foreign_account(&word.value, entry.account?)?)));
    others.map(|(word, account)| report(word, account)).collect()
}

/// The account of a principal, where it is another one.
fn foreign_account<'w>(principal: &'w str, own: &str) -> Option<&'w str> {
    let account = principal.split(':').nth(4).unwrap_or(principal);
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    (is_account && account != own).then_some(account)
}

fn report(word: &Word, account: &str) -> Diagnostic {
    let is_whole = word.value == account || word.value.ends_with(":root");
    let message = match is_whole {
        true => {
            format!("whoever account `{account}` lets assume roles can assume this one, without a condition")
        }
        false => format!("`{}` of another account can assume this role without a condition", word.shown()),
    };
    let help = match is_whole {
        true => {
            "add `conditions.StringEquals.\"sts:ExternalId\" = [\"…\"]` for a third party, or `conditions.ArnEquals.\"aws:PrincipalArn\" = [\"…\"]` to name who may"
        }
        false => {
            "add `conditions.StringEquals.\"sts:ExternalId\" = [\"…\"]` for a third party, or `conditions.StringEquals.\"aws:PrincipalOrgID\" = [\"o-…\"]` for your own organization"
        }
    };
    Diagnostic::new(&codes::TRUST_IN_ACCOUNT, message, word.span, "another account").help(help)
}
