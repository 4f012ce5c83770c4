//! Checks on texts whose placeholders have been filled. What is written out was checked when it was
//! read.

use iamc_model::check::{
    invalid_character, is_condition_value, is_resource, unclosed_variable, wanted_condition_value,
};
use iamc_model::{Diagnostic, Operator, Text, codes};

/// What is wrong with a filled resource.
pub(super) fn resource(text: &Text, value: &str) -> Vec<Diagnostic> {
    let no_arn = (!is_resource(value)).then(|| {
        let message = format!("`{value}` is neither `*` nor an ARN");
        Diagnostic::new(&codes::INVALID_RESOURCE, message, text.span, format!("becomes `{value}`"))
            .help("write an ARN that begins with `arn:`")
    });
    no_arn.into_iter().chain(characters(text, value)).collect()
}

/// What is wrong with a filled value of a condition.
pub(super) fn condition_value(operator: Operator, text: &Text, value: &str) -> Vec<Diagnostic> {
    let unfit = (!is_condition_value(operator, value)).then(|| {
        let message = format!("`{operator}` cannot compare `{value}`");
        Diagnostic::new(&codes::INVALID_CONDITION_VALUE, message, text.span, format!("becomes `{value}`"))
            .help(format!("`{operator}` takes {}", wanted_condition_value(operator)))
    });
    unfit.into_iter().chain(characters(text, value)).collect()
}

/// What IAM does not take in any text of a policy.
pub(super) fn characters(text: &Text, value: &str) -> Vec<Diagnostic> {
    let invalid = invalid_character(value).map(|(_, character)| {
        let message = format!("IAM does not take U+{:04X} in a policy", u32::from(character));
        Diagnostic::new(&codes::INVALID_CHARACTER, message, text.span, format!("becomes `{value}`"))
            .help("use characters of Latin-1 only, U+0020 to U+00FF")
    });
    let unclosed = unclosed_variable(value).map(|_| {
        let message = format!("`${{` is not closed in `{value}`");
        Diagnostic::new(&codes::UNCLOSED_VARIABLE, message, text.span, "a policy variable without its `}`")
            .help("write `${name}`")
    });
    invalid.into_iter().chain(unclosed).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_filling_makes_of_texts() {
        let files = "\
--- engineers.toml
[engineer]
Jane = { policies = ['Read'] }
--- iamc.toml
[variables]
arn = 'data'
office = 'berlin'
city = '東京'
--- policies/a.toml
[policy.Read]
actions = ['s3:GetObject']
resources = ['{arn}/*', 'arn:aws:s3:::{city}']
conditions.IpAddress.'aws:SourceIp' = ['{office}']
[policy.Unheld]
actions = ['s3:GetObject']
resources = ['{arn}']
";
        let expected = "\
            invalid-resource: '{arn}/*'
            invalid-character: 'arn:aws:s3:::{city}'
            invalid-condition-value: '{office}'
            invalid-resource: '{arn}'";
        check(files, expected);
    }
}
