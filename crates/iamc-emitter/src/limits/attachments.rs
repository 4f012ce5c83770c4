//! What is attached or set as a boundary is a managed policy of the project's partition.

use iamc_model::graph::Principal;
use iamc_model::{Diagnostic, Settings, Span, Text, codes};

use crate::arn::Arn;
use crate::stack::{Identity, Stack};

/// `managed-policy-arns` and `permissions-boundary` that name no managed policy.
pub(super) fn attachments(settings: &Settings, principal: &Principal, stack: &Stack) -> Vec<Diagnostic> {
    let (arns, boundary) = match &stack.identity {
        Identity::Engineer { role, .. } | Identity::Role { role } => {
            (&role.managed_policy_arns, &role.permissions_boundary)
        }
        Identity::ServiceUser { group, user } => (&group.managed_policy_arns, &user.permissions_boundary),
    };
    let attributes = &principal.attributes;
    let attached = arns.iter().map(|arn| (arn, place(principal, arn, &attributes.managed_policy_arns)));
    let bounding =
        boundary.iter().map(|arn| (arn, place(principal, arn, attributes.permissions_boundary.as_slice())));
    attached.chain(bounding).filter_map(|(arn, span)| report(&settings.partition, arn, span)).collect()
}

/// Where an ARN is written: the text that is it, else one that may have become it.
fn place(principal: &Principal, arn: &str, texts: &[Text]) -> Span {
    let literal = texts.iter().find(|text| text.as_literal() == Some(arn));
    let filled = || texts.iter().find(|text| text.as_literal().is_none());
    literal.or_else(filled).map_or(principal.span, |text| text.span)
}

fn report(partition: &str, arn: &str, span: Span) -> Option<Diagnostic> {
    let invalid = |message| Diagnostic::new(&codes::INVALID_ATTACHMENT, message, span, "no managed policy");
    match Arn::parse(arn).filter(Arn::is_policy) {
        None => {
            let help = format!(
                "write `arn:{partition}:iam::aws:policy/NAME` for a policy of AWS's, or \
                 `arn:{partition}:iam::{{account}}:policy/NAME` for one of the account's"
            );
            Some(invalid(format!("`{arn}` is not the ARN of a managed policy")).help(help))
        }
        Some(parsed) if parsed.partition != partition => {
            let message =
                format!("`{arn}` lies in the partition `{}`, the project in `{partition}`", parsed.partition);
            Some(
                invalid(message)
                    .help("write `arn:{partition}:…`, which fits wherever the project is deployed"),
            )
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use iamc_model::Spanned;

    use crate::testing::Case;

    fn case(arn: &str) -> Case {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        case.attach(arn);
        case
    }

    #[test]
    fn policies_can_be_attached() {
        case("arn:aws:iam::aws:policy/service-role/AWSLambdaRole").check(&[]);
        case("arn:aws:iam::123456789876:policy/Own").check(&[]);
    }

    #[test]
    fn nothing_else_can() {
        for arn in ["ReadOnlyAccess", "arn:aws:iam::123456789876:role/X", "arn:aws:s3:::bucket", "*"] {
            case(arn).check(&[("invalid-attachment", arn)]);
        }
    }

    #[test]
    fn a_policy_lies_in_the_projects_partition() {
        let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        let mut case = case(arn);
        case.settings.partition = Spanned::builtin("aws-cn".into());
        case.check(&[("invalid-attachment", arn)]);
    }

    #[test]
    fn a_boundary_is_a_policy() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]).permissions_boundary = Some("Boundary".into());
        case.check(&[("invalid-attachment", "JaneDoe")]);
        case.graph.principals[0].attributes.permissions_boundary = Some(case.text("Boundary"));
        case.check(&[("invalid-attachment", "Boundary")]);
    }
}
