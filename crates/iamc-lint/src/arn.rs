//! The fields of an ARN: `arn:partition:service:region:account:resource`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use crate::written::{HOLE, has_wildcard};

/// An ARN, or a pattern of ARNs, cut at its first five colons. A colon inside of a `${…}` is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    pub(crate) partition: &'a str,
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    pub(crate) account: &'a str,
    /// What is left, colons included.
    pub(crate) resource: &'a str,
}

impl<'a> Arn<'a> {
    /// The fields; none of a text that has fewer than six.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let [_, partition, service, region, account, resource] = fields(text).try_into().ok()?;
        Some(Self { partition, service, region, account, resource })
    }

    /// Whether it covers everything of a service, or of several: `arn:aws:s3:::*`.
    pub(crate) fn is_whole_service(&self) -> bool {
        let is_any = |field: &str| field.bytes().all(|byte| byte == b'*');
        is_any(self.region) && is_any(self.account) && self.resource == "*"
    }
}

impl std::fmt::Display for Arn<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

/// How many of the six fields a text has.
pub(crate) fn count_fields(text: &str) -> usize {
    fields(text).len()
}

fn fields(text: &str) -> Vec<&str> {
    let mut fields = Vec::with_capacity(6);
    let (mut start, mut is_variable) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' if text[..at].ends_with('$') => is_variable = true,
            b'}' => is_variable = false,
            b':' if !is_variable && fields.len() < 5 => {
                fields.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    fields.push(&text[start..]);
    fields
}

/// Whether a field stands for more than its own characters.
pub(crate) fn is_open(field: &str) -> bool {
    has_wildcard(field) || is_filled_later(field)
}

/// Whether a field holds a policy variable, or a placeholder that a principal fills.
pub(crate) fn is_filled_later(field: &str) -> bool {
    field.contains("${") || field.contains(HOLE)
}

/// What stands before the first character of a field that is not its own.
pub(crate) fn literal_start(field: &str) -> &str {
    let end = field.find(['*', '?', HOLE]).into_iter().chain(field.find("${")).min();
    &field[..end.unwrap_or(field.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_cut_at_five_colons() {
        let arn = Arn::of("arn:aws:logs:*:${aws:PrincipalAccount}:log-group:a:*").unwrap();
        assert_eq!((arn.account, arn.resource), ("${aws:PrincipalAccount}", "log-group:a:*"));
        assert_eq!(arn.to_string(), "arn:aws:logs:*:${aws:PrincipalAccount}:log-group:a:*");
        assert_eq!(Arn::of("arn:aws:s3:::*").map(|arn| arn.is_whole_service()), Some(true));
        assert_eq!((Arn::of("arn:aws:s3*"), count_fields("arn:aws:s3*")), (None, 3));
    }

    #[test]
    fn literal_starts() {
        assert_eq!(literal_start("role/a*"), "role/a");
        assert_eq!(literal_start("user/${aws:username}*"), "user/");
        assert_eq!(literal_start("key"), "key");
    }
}
