//! A note on a question about an action that AWS does not have: its answer is true, and not what was
//! meant.

use iamc_catalog::Catalog;

use crate::exit::Failure;
use crate::session::Session;

/// Says on the stream of diagnostics that AWS does not have the action, or nothing that the pattern
/// covers.
pub(crate) fn on_action(action: &str, session: &mut Session<'_>) -> Result<(), Failure> {
    let catalog = session.catalog()?;
    match unknown(action, &catalog).filter(|_| !session.global.quiet) {
        Some((message, help)) => session.print_error(&format!("note: {message}\n  help: {help}\n")),
        None => Ok(()),
    }
}

/// What is wrong with an action or a pattern of actions, and what to write; none where AWS has it.
pub(crate) fn unknown(action: &str, catalog: &Catalog) -> Option<(String, String)> {
    let (prefix, name) = action.split_once(':')?;
    let is_pattern = |text: &str| text.contains(['*', '?']);
    if catalog.services_matching(prefix).any(|service| service.matching(name).next().is_some()) {
        return None;
    }
    let Some(service) = catalog.service(prefix).filter(|_| !is_pattern(prefix)) else {
        let near = catalog.nearest_services(prefix).iter().map(|near| format!("{near}:{name}")).collect();
        return Some((format!("AWS has no service `{prefix}`"), nearest(near, "its services")));
    };
    let full = |near: &&str| format!("{}:{near}", service.prefix);
    let near = service.nearest_actions(name).iter().map(full).collect();
    let message = match is_pattern(name) {
        true => format!("no action of AWS's matches `{action}`"),
        false => format!("AWS has no action `{action}`"),
    };
    Some((message, nearest(near, &format!("the actions of `{}`", service.prefix))))
}

fn nearest(near: Vec<String>, whole: &str) -> String {
    match near.as_slice() {
        [] => format!("none of {whole} has a name near to it"),
        [only] => format!("did you mean `{only}`?"),
        [some @ .., last] => format!("did you mean `{}` or `{last}`?", some.join("`, `")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_aws_has_needs_no_hint() {
        let catalog = Catalog::builtin();
        for known in ["*", "s3:*", "s3:GetObject", "S3:getobject", "s3:Get*", "*:Get*", "s?:GetObject"] {
            assert_eq!(unknown(known, &catalog), None, "{known}");
        }
    }

    #[test]
    fn a_slip_is_named_with_what_was_meant() {
        let catalog = Catalog::builtin();
        let said = |action| unknown(action, &catalog).unwrap();
        let (message, help) = said("s3:GetObjct");
        assert_eq!(message, "AWS has no action `s3:GetObjct`");
        assert!(help.starts_with("did you mean `s3:GetObject`"), "{help}");
        assert_eq!(said("s3:Gett*").0, "no action of AWS's matches `s3:Gett*`");
        let (message, help) = said("dynamodbb:GetItem");
        assert_eq!(message, "AWS has no service `dynamodbb`");
        assert!(help.contains("`dynamodb:GetItem`"), "{help}");
        assert_eq!(said("s3:Zzzzzzzzzzzzzzzz").1, "none of the actions of `s3` has a name near to it");
        assert_eq!(said("zz*:Get*").0, "AWS has no service `zz*`");
    }
}
