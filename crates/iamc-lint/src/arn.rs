//! The fields of an ARN: `arn:partition:service:region:account:resource`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use crate::written::HOLE;

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
        let mut fields = Fields::of(text);
        let [_, partition, service, region, account] =
            [fields.next()?, fields.next()?, fields.next()?, fields.next()?, fields.next()?];
        Some(Self { partition, service, region, account, resource: fields.rest? })
    }

    /// Whether it stands for itself alone.
    pub(crate) fn is_literal(&self) -> bool {
        ![self.partition, self.service, self.region, self.account, self.resource].into_iter().any(is_open)
    }

    /// Its text.
    pub(crate) fn text(&self) -> String {
        ["arn", self.partition, self.service, self.region, self.account, self.resource].join(":")
    }

    /// Whether it covers everything of a service, or of several: `arn:aws:s3:::*`.
    pub(crate) fn is_whole_service(&self) -> bool {
        let is_any = |field: &str| field.bytes().all(|byte| byte == b'*');
        is_any(self.region) && is_any(self.account) && self.resource == "*"
    }
}

/// How many of the six fields a text has.
pub(crate) fn count_fields(text: &str) -> usize {
    Fields::of(text).take(6).count()
}

/// What stands between the colons of a text, those inside of `${…}` not counted.
struct Fields<'a> {
    /// What is not given out yet.
    rest: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn of(text: &'a str) -> Self {
        Self { rest: Some(text) }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (mut is_variable, mut last) = (false, 0);
        let colon = rest.bytes().position(|byte| {
            match byte {
                b'{' if last == b'$' => is_variable = true,
                b'}' => is_variable = false,
                _ => {}
            }
            last = byte;
            byte == b':' && !is_variable
        });
        self.rest = colon.map(|at| &rest[at + 1..]);
        Some(colon.map_or(rest, |at| &rest[..at]))
    }
}

/// Whether a field stands for more than its own characters.
pub(crate) fn is_open(field: &str) -> bool {
    literal_start(field).len() < field.len()
}

/// Whether a field holds a policy variable, or a placeholder that a principal fills.
pub(crate) fn is_filled_later(field: &str) -> bool {
    field.contains(HOLE) || field.contains('$') && field.contains("${")
}

/// What stands before the first character of a field that is not its own.
pub(crate) fn literal_start(field: &str) -> &str {
    let is_end = |(at, byte): (usize, u8)| match byte {
        b'*' | b'?' => true,
        b'$' => field.as_bytes().get(at + 1) == Some(&b'{'),
        byte => byte == HOLE as u8,
    };
    let end = field.bytes().enumerate().position(is_end);
    &field[..end.unwrap_or(field.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_cut_at_five_colons() {
        let arn = Arn::of("arn:aws:logs:*:${aws:PrincipalAccount}:log-group:a:*").unwrap();
        assert_eq!((arn.account, arn.resource), ("${aws:PrincipalAccount}", "log-group:a:*"));
        assert_eq!(arn.text(), "arn:aws:logs:*:${aws:PrincipalAccount}:log-group:a:*");
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
