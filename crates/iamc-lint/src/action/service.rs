//! Services with a wildcard.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes};

use crate::pattern::has_wildcard;
use crate::words;
use crate::written::{Written, WrittenAction};

/// `wildcard-service` at each action with a wildcard before its colon, which IAM refuses.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
pub(super) fn wildcard(written: &Written<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let with_wildcard = written.actions.iter().filter(|action| has_wildcard(action.prefix()));
    with_wildcard.map(|action| wildcard_service(action, catalog)).collect()
}

fn wildcard_service(action: &WrittenAction<'_>, catalog: &Catalog) -> Diagnostic {
    let message =
        format!("`{}` has a wildcard in the name of its service, which IAM does not take", action.word);
    Diagnostic::new(&codes::WILDCARD_SERVICE, message, action.span, "stands for several services")
        .help(spelt_out(action, catalog))
}

fn spelt_out(action: &WrittenAction<'_>, catalog: &Catalog) -> String {
    let name = action.name();
    let services = catalog.services_matching(action.prefix());
    let having = services.filter(|service| service.matching(name).next().is_some());
    let spelt: Vec<String> = having.take(4).map(|service| format!("{}:{name}", service.prefix)).collect();
    match spelt.as_slice() {
        [] => "write each service out".to_owned(),
        [first, second, third, _] => {
            format!("write each service out: `{first}`, `{second}`, `{third}`, …")
        }
        few => format!("write each service out: {}", words::and(few)),
    }
}
