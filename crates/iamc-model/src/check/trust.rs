//! Whom a trust policy can name.

use super::is_account;
use crate::declaration::TrustKind;

/// Whether IAM takes this as a principal that a trust policy names: of AWS an account's id, the ARN of
/// an account's root, of a user, a role or a session, or the id of a user or a role; of services and
/// providers a domain, of providers also an ARN.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub fn is_trusted(kind: TrustKind, principal: &str) -> bool {
    match kind {
        TrustKind::Aws => {
            is_account(principal)
                || is_unique_id(principal)
                || is_arn_in_account(principal, "iam", &["root", "user/", "role/"])
                || is_arn_in_account(principal, "sts", &["assumed-role/", "federated-user/"])
        }
        TrustKind::Service => is_domain(principal),
        TrustKind::Federated => {
            is_domain(principal) || is_arn_in_account(principal, "iam", &["saml-provider/", "oidc-provider/"])
        }
    }
}

/// `AIDA…` of a user, `AROA…` of a role.
fn is_unique_id(id: &str) -> bool {
    id.len() >= 16
        && (id.starts_with("AIDA") || id.starts_with("AROA"))
        && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Whether this is the ARN of something of an account: `root` itself, or what such a `type/` stands
/// before.
fn is_arn_in_account(arn: &str, service: &str, types: &[&str]) -> bool {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let &["arn", partition, of, "", account, resource] = fields.as_slice() else { return false };
    let is_of_type = |kind: &&str| match resource.strip_prefix(kind) {
        Some(name) => kind.ends_with('/') != name.is_empty(),
        None => false,
    };
    !partition.is_empty() && of == service && is_account(account) && types.iter().any(is_of_type)
}

fn is_domain(name: &str) -> bool {
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    name.contains('.') && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_trust_policy_can_name() {
        use TrustKind::{Aws, Federated, Service};
        for (kind, principal) in [
            (Aws, "123456789012"),
            (Aws, "arn:aws:iam::123456789012:root"),
            (Aws, "arn:aws-cn:iam::123456789012:role/path/Deploy"),
            (Aws, "arn:aws:iam::123456789012:user/Jane"),
            (Aws, "arn:aws:sts::123456789012:assumed-role/Deploy/session"),
            (Aws, "AIDACKCEVSQ6C2EXAMPLE"),
            (Service, "ec2.amazonaws.com"),
            (Service, "states.eu-central-1.amazonaws.com"),
            (Federated, "cognito-identity.amazonaws.com"),
            (Federated, "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"),
        ] {
            assert!(is_trusted(kind, principal), "{principal}");
        }
        for (kind, principal) in [
            (Aws, "12345678901"),
            (Aws, "MaryMajor"),
            (Aws, "ec2.amazonaws.com"),
            (Aws, "arn:aws:iam::123:root"),
            (Aws, "arn:aws:iam::123456789012:rooted"),
            (Aws, "arn:aws:iam::123456789012:role/"),
            (Aws, "arn:aws:iam::123456789012:group/Admins"),
            (Aws, "arn:aws:iam:eu-west-1:123456789012:role/Deploy"),
            (Aws, "arn:aws:s3:::bucket"),
            (Service, "ec2"),
            (Service, "https://ec2.amazonaws.com"),
            (Service, "ec2..amazonaws.com"),
            (Service, "arn:aws:iam::123456789012:root"),
            (Federated, "GitHub"),
            (Federated, "arn:aws:iam::123456789012:role/Deploy"),
        ] {
            assert!(!is_trusted(kind, principal), "{principal}");
        }
    }
}
