//! Variables that IAM does not have: `${account}`, where `{account}` was meant.

use iamc_model::text::Segment;
use iamc_model::{Diagnostic, Project, Span, Text, codes};

use super::texts;

/// `bad-variable` at the text in which it stands. IAM's variables are `${prefix:key}`, and `${*}`,
/// `${?}` and `${$}` for the characters themselves; `${AWS::AccountId}` is CloudFormation's.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(super) fn check(project: &Project) -> Vec<Diagnostic> {
    let texts = texts::of(project).into_iter();
    texts.flat_map(|(text, subject)| unknown(text).map(move |name| report(name, text, subject))).collect()
}

fn unknown(text: &Text) -> impl Iterator<Item = &str> {
    let literals = text.segments.iter().filter_map(|segment| match segment {
        Segment::Literal(literal) => Some(literal),
        Segment::Placeholder(_) => None,
    });
    let names = literals.flat_map(|literal| literal.split("${").skip(1));
    names.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).filter(|name| !is_known(name))
}

fn is_known(name: &str) -> bool {
    matches!(name, "*" | "?" | "$") || name.contains(':') && !name.starts_with("AWS::")
}

fn report(name: &str, text: &Text, subject: Span) -> Diagnostic {
    let message = format!("`${{{name}}}` is not a policy variable of IAM's");
    Diagnostic::new(&codes::BAD_VARIABLE, message, text.span, format!("`${{{name}}}` reaches IAM as it is"))
        .help(help(name))
        .subject(subject)
}

fn help(name: &str) -> String {
    let placeholder = match name {
        "AWS::AccountId" => "account",
        "AWS::Partition" => "partition",
        _ => name,
    };
    let is_name = placeholder.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    match is_name && !placeholder.is_empty() {
        true => format!("write `{{{placeholder}}}`, without the `$`, to have iamc fill it"),
        false => {
            "write `{name}` for a placeholder; IAM's own variables are such as `${aws:username}`".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_lints;

    #[test]
    fn variables_that_iam_does_not_have() {
        let files = "\
--- engineers.toml
[engineer]
Jane = { policies = ['Read'] }
--- policies/a.toml
[policy.Read]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::a/${account}/${aws:username}', 'arn:aws:s3:::${*}${?}${$}', 'arn:aws:s3:::${AWS::AccountId}']
conditions.StringEquals.'aws:username' = ['${saml:sub}', '${var.user}', \"${aws:PrincipalTag/team, 'x'}\"]
";
        let expected = "\
            bad-variable: 'arn:aws:s3:::a/${account}/${aws:username}'
            bad-variable: 'arn:aws:s3:::${AWS::AccountId}'
            bad-variable: '${var.user}'";
        check_lints(files, expected);
    }
}
