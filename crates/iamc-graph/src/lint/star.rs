//! Placeholders directly before a `*`: a short value widens what is matched.

use iamc_model::text::{Placeholder, Segment};
use iamc_model::{Diagnostic, Project, Span, Text, codes};

use super::texts;

/// `placeholder-before-star` at the words in the source, whoever fills them. No filled value holds a
/// `*`, so that none can come of filling.
pub(super) fn check(project: &Project) -> Vec<Diagnostic> {
    let texts = texts::of(project).into_iter();
    texts.flat_map(|(text, subject)| before_star(text).map(move |found| report(found, subject))).collect()
}

fn before_star(text: &Text) -> impl Iterator<Item = &Placeholder> {
    text.segments.windows(2).filter_map(|pair| match pair {
        [Segment::Placeholder(placeholder), Segment::Literal(after)] if after.starts_with('*') => {
            Some(placeholder)
        }
        _ => None,
    })
}

fn report(placeholder: &Placeholder, subject: Span) -> Diagnostic {
    let name = &placeholder.name;
    let message = format!("`{{{name}}}` stands directly before a `*`");
    Diagnostic::new(&codes::PLACEHOLDER_BEFORE_STAR, message, placeholder.span, "a short value widens this")
        .help(format!("put a character between them, as in `{{{name}}}/*`"))
        .subject(subject)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_lints;

    #[test]
    fn placeholders_before_a_star() {
        let files = "\
--- engineers.toml
[engineer]
Jane = { policies = ['Read', 'List'] }
--- iamc.toml
[variables]
a = 'x'
--- policies/a.toml
[template.T]
parameters = ['b']
actions = ['s3:ListBucket']
resources = ['*']
conditions.StringLike.'s3:prefix' = ['{b}*']
[policy.List]
template = 'T'
with = { b = '{a}' }
[policy.Read]
actions = ['s3:GetObject']
resources = ['arn:aws:s3:::{a}*', 'arn:aws:s3:::{a}/*', 'arn:aws:s3:::{a}{a}*']
";
        let expected = "\
            placeholder-before-star: {b}
            placeholder-before-star: {a}
            placeholder-before-star: {a}";
        check_lints(files, expected);
    }
}
