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

/// Names of a principal's resources that are too long, that begin as no stack's can, or that leave
/// nothing for a logical id. Which characters they hold, the patterns say: a principal's own name has
/// only those that every resource takes.
pub(super) fn names(settings: &Settings, principal: &Principal, stack: &Stack) -> Vec<Diagnostic> {
    let resources = resources(&settings.naming, stack);
    resources.iter().filter_map(|resource| name_report(resource, principal)).collect()
}

fn name_report(resource: &Resource<'_>, principal: &Principal) -> Option<Diagnostic> {
    let report = too_long(resource, principal)
        .or_else(|| wrong_start(resource, principal))
        .or_else(|| no_logical_id(resource, principal))?;
    let pattern = resource.pattern.map_or(Span::BUILTIN, |pattern| pattern.span);
    Some(report.also(pattern, "by this pattern"))
}

fn too_long(resource: &Resource<'_>, principal: &Principal) -> Option<Diagnostic> {
    let longest = resource.kind.longest();
    let length = resource.name.chars().count();
    let over = length.checked_sub(longest).filter(|&over| over > 0)?;
    let message = format!("{} has a name of {length} characters, where AWS takes {longest}", resource.noun());
    let help = "choose a shorter name, or a shorter pattern in `[naming]`";
    Some(invalid(message, principal.span, &format!("{over} too many")).help(help))
}

fn wrong_start(resource: &Resource<'_>, principal: &Principal) -> Option<Diagnostic> {
    let is_literal = matches!(resource.pattern?.segments.first(), Some(Segment::Literal(_)));
    let is_letter = resource.name.starts_with(|first: char| first.is_ascii_alphabetic());
    let is_wrong = resource.kind == Kind::Stack && !is_literal && !is_letter;
    let message = format!("{} has a name that does not begin with a letter", resource.noun());
    let help = || format!("begin `naming.{}-stack` with a letter", principal.kind.key());
    is_wrong.then(|| invalid(message, principal.span, "does not begin with a letter").help(help()))
}

fn no_logical_id(resource: &Resource<'_>, principal: &Principal) -> Option<Diagnostic> {
    resource.logical_id.filter(|id| id.is_empty())?;
    let message = format!("{} has no letter or digit to make a logical id of", resource.noun());
    Some(invalid(message, principal.span, "has neither letter nor digit").help("use a letter in the name"))
}

#[cfg(test)]
mod tests {
    use iamc_model::{PrincipalKind, Spanned};

    use super::*;
    use crate::testing::Case;

    #[test]
    fn the_longest_names() {
        let mut case = Case::default();
        case.engineer(&"A".repeat(64 - "PersonalRole".len()), &[]);
        case.check(&[]);
        let long = "B".repeat(65 - "PersonalRole".len());
        case.engineer(&long, &[]);
        case.check(&[("invalid-resource-name", &long)]);
    }

    #[test]
    fn a_pattern_is_reported_once() {
        let mut case = Case::default();
        case.engineer("JaneDoe", &[]);
        case.engineer("JohnDoe", &[]);
        case.settings.naming.engineer_role = case.pattern("Role of ", "engineer", "");
        case.settings.naming.engineer_stack = case.pattern("1-", "engineer", "");
        case.settings.naming.engineer_instance_profile = case.pattern("é", "engineer", "");
        let rule = "invalid-resource-name";
        let [role, stack, profile] = ["Role of {engineer}", "1-{engineer}", "é{engineer}"];
        case.check(&[(rule, role), (rule, stack), (rule, profile)]);
    }

    #[test]
    fn stacks_take_any_principal() {
        let mut case = Case::default();
        case.principal(PrincipalKind::Role, "Build-1", &[]);
        case.principal(PrincipalKind::Role, "Deploy_Web", &[]);
        case.engineer("jane.doe", &[]);
        case.check(&[]);
    }

    #[test]
    fn a_stack_begins_with_a_letter() {
        let mut case = Case::default();
        case.engineer("1st", &[]);
        case.settings.naming.engineer_stack = case.pattern("", "engineer", "");
        case.check(&[("invalid-resource-name", "1st")]);
    }

    #[test]
    fn a_logical_id_is_not_empty() {
        let mut case = Case::default();
        case.engineer("@", &[]);
        case.settings.naming.engineer_role = case.pattern("", "engineer", "");
        case.settings.naming.engineer_stack = Text::literal("one", Span::BUILTIN);
        let rule = "invalid-resource-name";
        case.check(&[(rule, "@")]);
    }

    #[test]
    fn categories_stand_in_names() {
        let mut case = Case::default();
        case.settings.categories[0].name = Spanned::new("S 3".into(), case.place("S 3"));
        case.check(&[("invalid-resource-name", "S 3")]);
    }
}
