//! Placeholders directly before a `*`: a short value widens what is matched.

use iamc_model::declaration::{ConditionDecl, PolicyBody, PrincipalDecl, StatementDecl, TrustDecl};
use iamc_model::text::{Placeholder, Segment};
use iamc_model::{Diagnostic, PrincipalKind, Project, Span, Text, codes};

/// `placeholder-before-star` at the words in the source, whoever fills them. No filled value holds a
/// `*`, so that none can come of filling.
pub(super) fn check(project: &Project) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for template in &project.templates {
        found.extend(all(statement(&template.statement), template.name.span));
    }
    for policy in &project.policies {
        let texts: Vec<&Text> = match &policy.body {
            PolicyBody::Statement(own) => statement(own).collect(),
            PolicyBody::Template { conditions, .. } => values(conditions).collect(),
        };
        found.extend(all(texts.into_iter(), policy.name.span));
    }
    found.extend(project.principals.iter().flat_map(principal));
    for kind in PrincipalKind::ALL {
        found.extend(all(trust(project.settings.defaults(kind).trust.as_deref()), Span::BUILTIN));
    }
    found
}

fn principal(principal: &PrincipalDecl) -> Vec<Diagnostic> {
    all(trust(principal.attributes.trust.as_deref()), principal.name.span)
}

fn statement(statement: &StatementDecl) -> impl Iterator<Item = &Text> {
    statement.resources.items.iter().chain(values(&statement.conditions))
}

fn values(conditions: &[ConditionDecl]) -> impl Iterator<Item = &Text> {
    conditions.iter().flat_map(|condition| &condition.values)
}

fn trust(trust: Option<&[TrustDecl]>) -> impl Iterator<Item = &Text> {
    let entries = trust.unwrap_or_default().iter();
    entries.flat_map(|entry| entry.principals.iter().chain(values(&entry.conditions)))
}

fn all<'a>(texts: impl Iterator<Item = &'a Text>, subject: Span) -> Vec<Diagnostic> {
    texts.flat_map(before_star).map(|placeholder| report(placeholder, subject)).collect()
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
