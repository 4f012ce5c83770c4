//! The texts of a project that become parts of policies.

use iamc_model::declaration::{ConditionDecl, PolicyBody, StatementDecl, TrustDecl};
use iamc_model::{PrincipalKind, Project, Span, Text};

/// The resources, condition values and trusted principals, each as it is written, with the name of its
/// declaration.
pub(super) fn of(project: &Project) -> Vec<(&Text, Span)> {
    let mut texts = Vec::new();
    for template in &project.templates {
        add(&mut texts, statement(&template.statement), template.name.span);
    }
    for policy in &project.policies {
        match &policy.body {
            PolicyBody::Statement(own) => add(&mut texts, statement(own), policy.name.span),
            PolicyBody::Template { conditions, .. } => add(&mut texts, values(conditions), policy.name.span),
        }
    }
    for principal in &project.principals {
        add(&mut texts, trust(principal.attributes.trust.as_deref()), principal.name.span);
    }
    for kind in PrincipalKind::ALL {
        add(&mut texts, trust(project.settings.defaults(kind).trust.as_deref()), Span::BUILTIN);
    }
    texts
}

fn add<'a>(texts: &mut Vec<(&'a Text, Span)>, more: impl Iterator<Item = &'a Text>, subject: Span) {
    texts.extend(more.map(|text| (text, subject)));
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
