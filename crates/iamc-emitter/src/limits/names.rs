//! Names that AWS does not take.

use iamc_model::graph::Principal;
use iamc_model::settings::Category;
use iamc_model::text::Segment;
use iamc_model::{Diagnostic, Settings, Span, Text, codes};

use super::resources::{Kind, Resource, patterns as naming_patterns, resources};
use crate::arn::is_name_character;
use crate::stack::Stack;

/// Characters of the settings' own that no name can have: reported once, whoever bears the name.
pub(super) fn patterns(settings: &Settings) -> Vec<Diagnostic> {
    let naming = naming_patterns(&settings.naming);
    let of_patterns =
        naming.into_iter().filter_map(|(key, kind, _, pattern)| pattern_report(key, kind, pattern));
    of_patterns.chain(settings.categories.iter().filter_map(category_report)).collect()
}

fn pattern_report(key: &str, kind: Kind, pattern: &Text) -> Option<Diagnostic> {
    if let Some(first) = stack_start(kind, pattern) {
        let message = format!("`naming.{key}` begins with `{first}`, and the name of a stack with a letter");
        return Some(invalid(message, pattern.span, "not a letter"));
    }
    let literals = pattern.segments.iter().filter_map(|segment| match segment {
        Segment::Literal(literal) => Some(literal.as_str()),
        Segment::Placeholder(_) => None,
    });
    let wrong = literals.flat_map(str::chars).find(|&character| !is_taken(kind, character))?;
    let message = format!(
        "`naming.{key}` holds `{}`, which no name of a {} can have",
        wrong.escape_debug(),
        kind.noun()
    );
    Some(invalid(message, pattern.span, "makes names that AWS does not take").help(allowed(kind)))
}

/// What a stack's name begins with, if it cannot.
fn stack_start(kind: Kind, pattern: &Text) -> Option<char> {
    let Some(Segment::Literal(literal)) = pattern.segments.first() else { return None };
    let first = literal.chars().next().filter(|first| !first.is_ascii_alphabetic())?;
    (kind == Kind::Stack && is_taken(kind, first)).then_some(first)
}

fn category_report(category: &Category) -> Option<Diagnostic> {
    let wrong = category.name.chars().find(|&character| !is_name_character(character))?;
    let message =
        format!("a category's name holds `{}`, which no managed policy's can have", wrong.escape_debug());
    Some(
        invalid(message, category.name.span, "stands in the names of managed policies")
            .help(allowed(Kind::ManagedPolicy)),
    )
}

fn is_taken(kind: Kind, character: char) -> bool {
    match kind {
        Kind::Stack => character.is_ascii_alphanumeric() || character == '-',
        _ => is_name_character(character),
    }
}

fn allowed(kind: Kind) -> &'static str {
    match kind {
        Kind::Stack => "use letters, digits and `-`",
        _ => "use letters, digits and `_+=,.@-`",
    }
}

fn invalid(message: String, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(&codes::INVALID_RESOURCE_NAME, message, span, label)
}

/// Names of a principal's resources that are too long, that hold what only its own name can have
/// brought in, or that leave nothing for a logical id.
pub(super) fn names(settings: &Settings, principal: &Principal, stack: &Stack) -> Vec<Diagnostic> {
    let resources = resources(&settings.naming, stack);
    resources.iter().filter_map(|resource| name_report(resource, principal)).collect()
}

fn name_report(resource: &Resource<'_>, principal: &Principal) -> Option<Diagnostic> {
    let (noun, name) = (resource.kind.noun(), resource.name);
    let length = name.chars().count();
    let longest = resource.kind.longest();
    let pattern = resource.pattern.map_or(Span::BUILTIN, |pattern| pattern.span);
    let report = if length > longest {
        let message =
            format!("the {noun} `{name}` has a name of {length} characters, where AWS takes {longest}");
        invalid(message, principal.span, &format!("{} too many", length - longest))
            .help("choose a shorter name, or a shorter pattern in `[naming]`")
    } else if let Some(wrong) = principal.name.chars().find(|&character| !is_taken(resource.kind, character))
    {
        let message = format!("the {noun} `{name}` has a name with `{wrong}`, which AWS does not take there");
        invalid(message, principal.span, &format!("holds `{wrong}`")).help(allowed(resource.kind))
    } else if resource.kind == Kind::Stack && !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let message = format!("the stack `{name}` has a name that does not begin with a letter");
        invalid(message, principal.span, "has no letter at its beginning")
            .help(format!("begin `naming.{}-stack` with a letter", principal.kind.key()))
    } else if resource.logical_id.is_some_and(str::is_empty) {
        let message = format!("the {noun} `{name}` has no letter or digit to make a logical id of");
        invalid(message, principal.span, "has neither letter nor digit").help("use a letter in the name")
    } else {
        return None;
    };
    Some(report.also(pattern, "by this pattern"))
}
