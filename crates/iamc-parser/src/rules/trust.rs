//! `trust`: who may assume a role.

use iamc_model::check::is_trusted;
use iamc_model::declaration::{TrustDecl, TrustKind};
use iamc_model::text::Segment;
use iamc_model::{Diagnostic, Spanned, Text, codes};

use super::{conditions, statement};
use crate::read::{Items, Reader, Section, Value};

const EXAMPLE: &str = "{ service = \"ec2.amazonaws.com\" }";

const KINDS: [TrustKind; 3] = [TrustKind::Service, TrustKind::Aws, TrustKind::Federated];

/// The entries of a `trust`. An entry that is wrong in any way is reported and left out.
pub(crate) fn trust<'a>(reader: &mut Reader<'a>, value: Value<'a>) -> Vec<TrustDecl> {
    let items = reader.filled_array(value, "an array of tables", EXAMPLE).into_iter().flatten();
    items.filter_map(|item| reader.sound(|reader| entry(reader, item))).collect()
}

fn entry<'a>(reader: &mut Reader<'a>, item: Value<'a>) -> Option<TrustDecl> {
    let mut section = reader.section(item, "a trust entry", EXAMPLE)?;
    let named = named(reader, &mut section);
    let actions = match named {
        Some((TrustKind::Federated, _)) => section.require(
            reader,
            &["actions"],
            "write `actions = [\"sts:AssumeRoleWithWebIdentity\"]`, or `[\"sts:AssumeRoleWithSAML\"]`",
        ),
        _ => section.take(reader, "actions"),
    };
    let conditions = section.take(reader, "conditions");
    section.finish(reader);

    let principals = named.and_then(|(kind, value)| principals(reader, kind, value));
    let example = match named {
        Some((TrustKind::Federated, _)) => "\"sts:AssumeRoleWithWebIdentity\"",
        _ => "\"sts:AssumeRole\"",
    };
    let actions = match actions {
        Some(value) => actions_of_sts(reader, value, example),
        None => Some(vec![Spanned::builtin("sts:AssumeRole".to_owned())]),
    };
    let conditions = conditions.map_or(Some(vec![]), |value| conditions::conditions(reader, value));
    let (kind, _) = named?;
    Some(TrustDecl {
        span: item.span,
        kind,
        principals: principals?,
        actions: actions?,
        conditions: conditions?,
    })
}

/// The one key that names who is trusted.
fn named<'a>(reader: &mut Reader<'a>, section: &mut Section<'a>) -> Option<(TrustKind, Value<'a>)> {
    let given = KINDS.map(|kind| section.take(reader, kind.key()).map(|value| (kind, value)));
    let given: Vec<_> = given.into_iter().flatten().collect();
    match given.as_slice() {
        [] => {
            let help = "write `service = \"…\"`, `aws = \"…\"` or `federated = \"…\"`";
            section.lacks(&["service", "aws", "federated"], help);
            None
        }
        [one] => Some(*one),
        [(_, first), (_, second), ..] => {
            let message = format!("`{}` and `{}` in one trust entry", first.key.value, second.key.value);
            let diagnostic =
                Diagnostic::new(&codes::CONFLICTING_KEYS, message, second.key.span, "only one of them")
                    .also(first.key.span, "the other")
                    .help("write an entry for each");
            reader.report(diagnostic);
            None
        }
    }
}

fn principals<'a>(reader: &mut Reader<'a>, kind: TrustKind, value: Value<'a>) -> Option<Vec<Text>> {
    let items = match value.node.is_str() {
        true => Items::only(value),
        false => reader.filled_array(value, "a string or an array of strings", "\"…\"")?,
    };
    Some(items.filter_map(|item| principal(reader, kind, item)).collect())
}

fn principal<'a>(reader: &mut Reader<'a>, kind: TrustKind, item: Value<'a>) -> Option<Text> {
    let text = reader.text(item)?;
    let holds_wildcard = text.segments.iter().any(|segment| match segment {
        Segment::Literal(literal) => literal.contains(['*', '?']),
        Segment::Placeholder(_) => false,
    });
    if holds_wildcard {
        let message = match text.as_literal() {
            Some("*") => "everyone is trusted".to_owned(),
            _ => format!("`{text}` trusts whoever matches it"),
        };
        let help = "name who is trusted in full; narrow it further with `conditions`";
        reader.error(&codes::TRUST_IN_EVERYONE, message, item.span, "a wildcard for a principal", help);
        return None;
    }
    if sample(&text).is_some_and(|sample| !is_trusted(kind, &sample)) {
        let message = format!("`{text}` cannot be trusted as `{}`", kind.key());
        let (label, help) = what_to_trust(kind);
        reader.error(&codes::INVALID_VALUE, message, item.span, label, help);
        return None;
    }
    statement::characters(reader, &text).then_some(text)
}

/// The text with an account and a partition in the place of iamc's own placeholders for them; none where
/// it has others, whose values are not known yet.
fn sample(text: &Text) -> Option<String> {
    let fill = |name: &str| match name {
        "account" => Some("123456789012".into()),
        "partition" => Some("aws".into()),
        _ => None,
    };
    text.fill(|placeholder| fill(&placeholder.name)).ok()
}

/// What a principal of this kind is not, and what to write.
fn what_to_trust(kind: TrustKind) -> (&'static str, &'static str) {
    match kind {
        TrustKind::Service => ("no service's name", "write the whole name, as in `ec2.amazonaws.com`"),
        TrustKind::Aws => (
            "no account, user or role",
            "write the 12 digits of an account, or the ARN of a role or a user, \
             as in `arn:aws:iam::{account}:role/NAME`",
        ),
        TrustKind::Federated => (
            "no identity provider",
            "write the provider's ARN, as in \
             `arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com`",
        ),
    }
}

/// IAM takes no actions but those of STS here.
fn actions_of_sts<'a>(
    reader: &mut Reader<'a>,
    value: Value<'a>,
    example: &str,
) -> Option<Vec<Spanned<String>>> {
    let actions = statement::actions(reader, value, example)?;
    for action in &actions {
        let is_of_sts =
            action.split_once(':').is_some_and(|(service, _)| service.eq_ignore_ascii_case("sts"));
        if !is_of_sts {
            let message = format!("`{}` is no way to assume a role", action.value);
            let help = "write `sts:AssumeRole`, `sts:AssumeRoleWithWebIdentity` or another action of `sts`";
            reader.error(&codes::INVALID_ACTION, message, action.span, "not an action of STS", help);
        }
    }
    Some(actions)
}
