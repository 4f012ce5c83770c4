//! Amazon Resource Names of IAM.

/// The parts of `arn:aws:iam::123456789876:role/path/Name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    pub(crate) partition: &'a str,
    pub(crate) account: &'a str,
    /// `role`, `user`, `policy`
    pub(crate) kind: &'a str,
    /// `path/`; often empty.
    pub(crate) path: &'a str,
    /// Without the path.
    pub(crate) name: &'a str,
}

impl<'a> Arn<'a> {
    /// The parts of an ARN of IAM, which has no region.
    pub(crate) fn parse(arn: &'a str) -> Option<Self> {
        let parts: Vec<_> = arn.splitn(6, ':').collect();
        let &["arn", partition, "iam", "", account, resource] = parts.as_slice() else { return None };
        let (kind, rest) = resource.split_once('/')?;
        let (path, name) = rest.split_at(rest.rfind('/').map_or(0, |at| at + 1));
        Some(Self { partition, account, kind, path, name })
    }

    /// Whether it can be the ARN of a managed policy, AWS's or an account's.
    pub(crate) fn is_policy(&self) -> bool {
        let is_account = self.account == "aws"
            || self.account.len() == 12 && self.account.bytes().all(|b| b.is_ascii_digit());
        is_account
            && self.kind == "policy"
            && self.path.bytes().all(|byte| byte.is_ascii_graphic())
            && !self.name.is_empty()
            && self.name.chars().all(is_name_character)
    }
}

/// Whether IAM takes a character in the names of its resources.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub(crate) fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_+=,.@-".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let arn = Arn::parse("arn:aws-cn:iam::123456789876:role/a/b/Name").unwrap();
        let expected =
            Arn { partition: "aws-cn", account: "123456789876", kind: "role", path: "a/b/", name: "Name" };
        assert_eq!(arn, expected);
        for other in ["", "*", "123456789876", "arn:aws:iam::123456789876:root", "arn:aws:s3:::bucket/key"] {
            assert_eq!(Arn::parse(other), None, "{other}");
        }
    }

    #[test]
    fn policies() {
        let is_policy = |arn| Arn::parse(arn).is_some_and(|arn| arn.is_policy());
        assert!(is_policy("arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"));
        assert!(is_policy("arn:aws:iam::aws:policy/service-role/AWSLambdaRole"));
        assert!(is_policy("arn:aws:iam::123456789876:policy/EngineerBoundary"));
        for other in [
            "arn:aws:iam::12345:policy/X",
            "arn:aws:iam::123456789876:role/X",
            "arn:aws:iam::aws:policy/",
            "arn:aws:iam::aws:policy/a b",
            "arn:aws:iam::aws:policy/a\n/b",
            "arn:aws:iam::aws:policy/é/b",
            "arn:aws:iam::aws:policy/*",
        ] {
            assert!(!is_policy(other), "{other}");
        }
    }
}
