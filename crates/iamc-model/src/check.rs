//! Checks on values that go into policies. They are made on what is written out when it is read, and
//! on what a placeholder stood in once it is filled.

use std::net::IpAddr;

use crate::condition::{Operator, ValueType};
use crate::declaration::TrustKind;
use crate::time::Timestamp;

/// Whether IAM takes this as an action, or as a pattern of actions: `*` or `service:name`, either with
/// wildcards.
pub fn is_action(action: &str) -> bool {
    let is_service = |part: &str| !part.is_empty() && part.chars().all(|c| is_pattern(c) || c == '-');
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| is_pattern(c) || "-_".contains(c));
    let parts = action.split_once(':');
    action == "*" || parts.is_some_and(|(service, name)| is_service(service) && is_name(name))
}

fn is_pattern(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '*' | '?')
}

/// Whether IAM takes this as a resource: `*`, or what begins with `arn:`.
pub fn is_resource(resource: &str) -> bool {
    resource == "*" || resource.starts_with("arn:")
}

/// The first character that IAM does not take in a policy, with its place in bytes: it takes U+0009,
/// U+000A, U+000D and U+0020 to U+00FF.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
pub fn invalid_character(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(_, c)| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FF}'))
}

/// The place in bytes of the first `${` that no `}` closes.
pub fn unclosed_variable(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(open) = text[from..].find("${").map(|at| from + at) {
        match text[open..].find('}') {
            Some(length) => from = open + length + 1,
            None => return Some(open),
        }
    }
    None
}

/// Whether a condition operator can compare this value. Strings and ARNs are not judged.
pub fn is_condition_value(operator: Operator, value: &str) -> bool {
    match operator.base.value_type() {
        ValueType::String | ValueType::Arn => true,
        ValueType::Number => is_number(value),
        ValueType::Date => is_date(value),
        ValueType::Bool => value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"),
        ValueType::Binary => is_base64(value),
        ValueType::IpAddress => is_address(value),
    }
}

/// What [`is_condition_value`] wants for this operator, with an example, for a help.
pub fn wanted_condition_value(operator: Operator) -> &'static str {
    match operator.base.value_type() {
        ValueType::String => "a string",
        ValueType::Arn => "an ARN",
        ValueType::Number => "a number such as \"10\" or \"0.5\"",
        ValueType::Date => "a date such as \"2027-01-01T00:00:00Z\", or seconds since 1970",
        ValueType::Bool => "\"true\" or \"false\"",
        ValueType::Binary => "Base64 such as \"aWFtYw==\"",
        ValueType::IpAddress => "an address or range such as \"203.0.113.0/24\" or \"2001:db8::/32\"",
    }
}

fn is_number(value: &str) -> bool {
    let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

fn is_date(value: &str) -> bool {
    let characters = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | ':' | '.' | 'T' | 'Z');
    value.chars().all(characters)
        && Timestamp::parse(value).is_some_and(|at| (Timestamp::MIN..=Timestamp::MAX).contains(&at))
}

fn is_base64(value: &str) -> bool {
    let digits = value.trim_end_matches('=');
    value.len().is_multiple_of(4)
        && value.len() - digits.len() <= 2
        && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

fn is_address(value: &str) -> bool {
    let (address, prefix) = value.split_once('/').map_or((value, None), |(a, prefix)| (a, Some(prefix)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    prefix.is_none_or(|prefix| {
        prefix.bytes().all(|byte| byte.is_ascii_digit())
            && prefix.parse::<u8>().is_ok_and(|bits| bits <= most)
    })
}

/// Why a value must not fill a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is empty.
    Empty,
    /// It holds this character, at this place in bytes.
    Character(usize, char),
}

/// Whether a value may fill a placeholder: it is not empty and holds no `*`, `?`, `$`, brace, white
/// space or control character, so that it cannot widen what it is filled into.
pub fn unfit_filling(value: &str) -> Option<Unfit> {
    let is_unfit = |c: char| "*?${}".contains(c) || c.is_whitespace() || c.is_control();
    if value.is_empty() {
        return Some(Unfit::Empty);
    }
    value.char_indices().find(|&(_, c)| is_unfit(c)).map(|(at, c)| Unfit::Character(at, c))
}

/// Whether IAM takes this as a path: `/` or `/[!-~]+/`, at most 512 characters.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub fn is_path(path: &str) -> bool {
    path.len() <= 512
        && path.starts_with('/')
        && path.ends_with('/')
        && path.len() != 2
        && path.bytes().all(|byte| byte.is_ascii_graphic())
}

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

/// Whether this is the id of an account: 12 digits.
pub fn is_account(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
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
    fn actions() {
        for action in ["*", "s3:*", "s3:Get*", "S3:GetObject", "s3-object-lambda:Get?bject", "*:Describe*"] {
            assert!(is_action(action), "{action}");
        }
        for action in
            ["", "s3", "s3:", ":Get", "s3:Get Object", "s3:a:b", "s3:{x}", "**", "s3:Gét", "s3 :Get"]
        {
            assert!(!is_action(action), "{action}");
        }
    }

    #[test]
    fn characters() {
        assert_eq!(invalid_character("aé\t\r\n ÿ"), None);
        assert_eq!(invalid_character("aéā"), Some((3, 'ā')));
        assert_eq!(invalid_character("\u{1}"), Some((0, '\u{1}')));
    }

    #[test]
    fn variables() {
        assert_eq!(unclosed_variable("a/${aws:username}/${*}"), None);
        assert_eq!(unclosed_variable("a/${aws:username}/${x"), Some(18));
    }

    #[test]
    fn condition_values() {
        let check =
            |operator: &str, value: &str| is_condition_value(operator.parse().expect("an operator"), value);
        for (operator, value) in [
            ("NumericEquals", "-1.5"),
            ("DateLessThan", "2027-01-01"),
            ("DateLessThan", "2027-01-01T00:00:00Z"),
            ("DateLessThan", "2027-01-01T00:00:00+01:00"),
            ("DateLessThan", "1798761600"),
            ("BoolIfExists", "true"),
            ("Null", "False"),
            ("BinaryEquals", "aWFtYw=="),
            ("IpAddress", "203.0.113.0/24"),
            ("NotIpAddress", "2001:db8::/32"),
            ("StringLike", "anything"),
        ] {
            assert!(check(operator, value), "{operator} {value}");
        }
        for (operator, value) in [
            ("NumericEquals", "1e3"),
            ("NumericEquals", ".5"),
            ("DateLessThan", "tomorrow"),
            ("DateLessThan", "2027-02-30"),
            ("DateLessThan", "2027-01-01 00:00:00Z"),
            ("DateLessThan", "0000-01-01T00:00:00+01:00"),
            ("DateLessThan", "-99999999999"),
            ("Bool", "yes"),
            ("BinaryEquals", "a"),
            ("BinaryEquals", "===="),
            ("IpAddress", "203.0.113.0/33"),
            ("IpAddress", "203.0.113.0/+8"),
            ("IpAddress", "203.0.113"),
        ] {
            assert!(!check(operator, value), "{operator} {value}");
        }
    }

    #[test]
    fn fillings() {
        assert_eq!(unfit_filling("ml-data/x"), None);
        assert_eq!(unfit_filling(""), Some(Unfit::Empty));
        assert_eq!(unfit_filling("é*"), Some(Unfit::Character(2, '*')));
    }

    #[test]
    fn paths() {
        assert!(is_path("/") && is_path("/a/") && is_path("/a/b/"));
        assert!(!is_path("") && !is_path("//") && !is_path("/a") && !is_path("a/") && !is_path("/ä/"));
    }

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
