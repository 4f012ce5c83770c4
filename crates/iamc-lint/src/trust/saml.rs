//! Trust in SAML providers.

use iamc_model::declaration::TrustKind;
use iamc_model::{Diagnostic, codes};

use super::Entry;

/// `saml-audience`: an assertion that was made for another application fits.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html>
pub(super) fn audience(entry: &Entry<'_>) -> Vec<Diagnostic> {
    if entry.wants(&["saml:aud"]) {
        return vec![];
    }
    let providers = entry.of_kind(TrustKind::Federated).iter();
    let reports = providers.filter(|word| word.value.contains(":saml-provider/")).map(|word| {
        let message = "an assertion fits whatever application it was made for";
        Diagnostic::new(&codes::SAML_AUDIENCE, message, word.span, "for which audience?")
            .help("add `conditions.StringEquals.\"SAML:aud\" = [\"https://signin.aws.amazon.com/saml\"]`")
    });
    reports.collect()
}
