//! Everything, or everything of a service.

use iamc_catalog::{Catalog, Service};
use iamc_model::{Diagnostic, codes};

use crate::written::{Written, WrittenAction};

/// `full-access` at each `*`, and `full-service` at each `service:*`, that is allowed on every resource.
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    if !is_allow_on_everything(written) {
        return vec![];
    }
    written.actions.iter().filter_map(report).collect()
}

/// Whether the statement allows its actions on every resource.
pub(super) fn is_allow_on_everything(written: &Written<'_>) -> bool {
    written.is_allow() && !written.policy.actions.negated && written.is_on_everything()
}

fn report(action: &WrittenAction<'_>) -> Option<Diagnostic> {
    if action.is_everything() {
        return Some(full_access(action));
    }
    let service = action.service.filter(|_| action.is_whole_service())?;
    Some(full_service(action, service))
}

fn full_access(action: &WrittenAction<'_>) -> Diagnostic {
    let message = format!("`{}` on `*` allows everything in the account, IAM itself included", action.word);
    Diagnostic::new(&codes::FULL_ACCESS, message, action.span, "every action of every service")
        .help("write the services and resources that are needed, such as `actions = [\"s3:GetObject\"]`")
}

fn full_service(action: &WrittenAction<'_>, service: &Service) -> Diagnostic {
    let prefix = &service.prefix;
    let message =
        format!("`{}` on `*` allows all of `{prefix}`, what AWS will add to it included", action.word);
    let help = match service.actions.first() {
        Some(first) => {
            format!("write the actions that are needed, such as `{prefix}:{}`, or name resources", first.name)
        }
        None => "write the actions that are needed, or name resources".to_owned(),
    };
    Diagnostic::new(&codes::FULL_SERVICE, message, action.span, "every action of the service").help(help)
}
